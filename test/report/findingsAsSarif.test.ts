import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import type { CheckResult } from '../../src/check/Finding.js';
import { findingsAsSarif, type SarifContext } from '../../src/report/findingsAsSarif.js';
import { checked, decided, finding, guardrail, policy } from '../support/findings.js';

interface Sarif {
  readonly runs: readonly {
    readonly tool: { readonly driver: { readonly rules: readonly Rule[] } };
    readonly versionControlProvenance?: readonly { readonly repositoryUri: string }[];
    readonly results: readonly Result[];
  }[];
}
interface Rule {
  readonly id: string;
  readonly name: string;
  readonly help: { readonly text: string; readonly markdown: string };
}
interface Result {
  readonly ruleId: string;
  readonly ruleIndex: number;
  readonly level: string;
  readonly message: { readonly text: string };
  readonly partialFingerprints: Record<string, string>;
  readonly suppressions: readonly { readonly kind: string; readonly justification: string }[];
  readonly baselineState?: string;
  readonly locations: readonly {
    readonly physicalLocation: {
      readonly artifactLocation: { readonly uri: string };
      readonly region: Record<string, number>;
    };
  }[];
}

// The schema as OASIS publishes it with errata 01; this copy came with @microsoft/sarif-multitool-linux 5.7.0.
const schema = JSON.parse(
  readFileSync(join(import.meta.dirname, '../fixtures/report/sarif-schema-2.1.0.json'), 'utf8'),
) as object;
const ajv = new Ajv2020({ strict: false, allErrors: true });
formats.default(ajv);
const isSarif = ajv.compile(schema);

function sarifOf(result: CheckResult, context: Partial<SarifContext> = {}): Sarif['runs'][number] {
  const log = JSON.parse(JSON.stringify(findingsAsSarif(result, policy, { version: '0.1.0', ...context }))) as Sarif;
  assert.ok(isSarif(log), JSON.stringify(isSarif.errors, undefined, 1));
  const [run] = log.runs;
  assert.ok(run);
  return run;
}

describe('Findings as SARIF', () => {
  it('are valid by the published schema, whatever was found, nothing included', () => {
    const provenance = { repository: 'https://git.example/a/b', revision: 'f'.repeat(40), branch: 'main' };
    sarifOf(checked());
    sarifOf(checked(finding(), finding({ kind: 'policy-loosened', decision: decided([]) })), {
      provenance,
      hasBaseline: true,
    });
  });

  it('notice a schema that they do not keep, so that the test above means something', () => {
    const log = findingsAsSarif(checked(finding()), policy, { version: '0.1.0' }) as { runs: { columnKind: string }[] };
    for (const run of log.runs) run.columnKind = 'bytes';
    assert.ok(!isSarif(log));
  });

  it('have a rule for every rule of the policy that was met, with what, why, instead, clause and contact', () => {
    const other = decided([{ rule: 'default:ungranted', effect: 'deny' }]);
    const { tool, results } = sarifOf(checked(finding(), finding({ decision: other }), finding()));
    assert.deepEqual(
      tool.driver.rules.map(({ id, name }) => [id, name]),
      [
        ['guardrail:no-reuse', 'GuardrailNoReuse'],
        ['default:ungranted', 'DefaultUngranted'],
      ],
    );
    assert.deepEqual(
      results.map(({ ruleId, ruleIndex }) => [ruleId, ruleIndex]),
      [
        ['guardrail:no-reuse', 0],
        ['default:ungranted', 1],
        ['guardrail:no-reuse', 0],
      ],
    );
    const { text, markdown } = tool.driver.rules[0]?.help ?? { text: '', markdown: '' };
    for (const part of ['What: Do not copy', 'Why: It is theirs', 'Instead: Call', 'Clause: 6.2', 'Ask: legal@partner'])
      assert.ok(text.includes(part), part);
    assert.ok(markdown.includes('**What:** Do not copy \\<supplier\\> code'), markdown);
  });

  it('encode paths, so that spaces, signs and letters of any language lead to the file', () => {
    const uriOf = (path: string): string | undefined =>
      sarifOf(checked(finding({ path }))).results[0]?.locations[0]?.physicalLocation.artifactLocation.uri;
    assert.equal(uriOf('src/a b.ts'), 'src/a%20b.ts');
    assert.equal(uriOf('c:/50%#?.ts'), 'c%3A/50%25%23%3F.ts');
    assert.equal(uriOf('maß/日本.ts'), 'ma%C3%9F/%E6%97%A5%E6%9C%AC.ts');
    assert.equal(uriOf('new\nline\ud800'), 'new%0Aline%EF%BF%BD');
  });

  it('give lines from 1 and columns in UTF-16, and no line that nothing was found in', () => {
    const regionOf = (start: [number, number], end: [number, number]) =>
      sarifOf(
        checked(
          finding({ range: { start: { line: start[0], column: start[1] }, end: { line: end[0], column: end[1] } } }),
        ),
      ).results[0]?.locations[0]?.physicalLocation.region;
    assert.deepEqual(regionOf([4, 1], [9, 17]), { startLine: 4, startColumn: 1, endLine: 9, endColumn: 17 });
    assert.deepEqual(regionOf([4, 1], [10, 1]), { startLine: 4, startColumn: 1, endLine: 9 });
  });

  it('carry the fingerprint under the name that GitHub reads', () => {
    const [result] = sarifOf(checked(finding())).results;
    assert.equal(result?.partialFingerprints['primaryLocationLineHash'], '0123456789abcdef0123456789abcdef:1');
    assert.equal(result?.partialFingerprints['developerTerms/v1'], '0123456789abcdef0123456789abcdef');
  });

  it('are suppressed from outside where a waiver, a baseline or a reason has settled them, and say who and why', () => {
    const [waiver] = policy.waivers;
    assert.ok(waiver);
    const known = { reason: 'Older than the agreement', owner: 'ann@x.example', until: '2026-06-30' };
    const { results } = sarifOf(
      checked(
        finding({ outcome: 'waived', effect: 'allow', decision: decided([], [waiver.id]) }),
        finding({ outcome: 'known', known }),
        finding({ outcome: 'justified', reason: 'A defect at the customer', effect: 'justify' }),
        finding(),
      ),
      { hasBaseline: true },
    );
    assert.deepEqual(
      results.map(({ suppressions }) => suppressions.map(({ kind }) => kind)),
      [['external'], ['external'], ['external'], []],
    );
    const [first, second, third] = results.map(({ suppressions }) => suppressions[0]?.justification ?? '');
    assert.ok(first?.includes(waiver.by) && first.includes(waiver.reason), first);
    assert.equal(second, 'Known until 30 June 2026, ann@x.example: Older than the agreement.');
    assert.equal(third, 'Reason given: A defect at the customer.');
    assert.ok(results[0]?.ruleId.endsWith(`:${waiver.lifts[0]}`), results[0]?.ruleId);
    assert.deepEqual(
      results.map(({ level }) => level),
      ['note', 'note', 'note', 'error'],
    );
    assert.deepEqual(
      results.map(({ baselineState }) => baselineState),
      ['new', 'unchanged', 'new', 'new'],
    );
  });

  it('say which state of which repository was looked at, where that is known', () => {
    const repository = 'https://git.example/a/b';
    assert.equal(
      sarifOf(checked(), { provenance: { repository } }).versionControlProvenance?.[0]?.repositoryUri,
      repository,
    );
    assert.equal(sarifOf(checked()).versionControlProvenance, undefined);
  });

  it('say of a finding whose time in the baseline is over that it is', () => {
    const known = { reason: 'r', owner: 'ann@x.example', until: '2025-06-30' };
    const [result] = sarifOf(checked(finding({ known, decision: decided([guardrail]) }))).results;
    assert.match(result?.message.text ?? '', /It was known until 30 June 2025 \(ann@x\.example\): that time is over\./);
    assert.deepEqual(result?.suppressions, []);
  });
});
