import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { parsePolicy } from '../../src/policy/parsePolicy.js';

const example = readFileSync(new URL('../fixtures/policy/automotive-perception.yaml', import.meta.url), 'utf8');

const tiny = `version: 1
agreement: {id: A-1, title: Agreement}
parties: [{id: north, name: North}, {id: helio, name: Helio}]
assets: [{id: net, owner: north, paths: [net/**]}]
guardrails:
  - {id: no-copy, covers: net, actions: copy, effect: deny, what: Do not copy., why: It is North's., instead: Ask.}
`;

/** The problems as a person would point at them: code and place. */
const found = (text: string) =>
  parsePolicy(text).problems.map(
    ({ code, range: { start, end } }) => `${code} ${start.line}:${start.column}-${end.line}:${end.column}`,
  );
const errors = (text: string) =>
  parsePolicy(text)
    .problems.filter(({ severity }) => severity === 'error')
    .map(({ message }) => message);

describe('parsePolicy', () => {
  it('reads a tiny policy and fills in every default', () => {
    const { policy, problems } = parsePolicy(tiny);
    assert.deepEqual(
      problems.filter(({ severity }) => severity === 'error'),
      [],
    );
    assert.ok(policy !== undefined);
    assert.deepEqual(policy.defaults, { unlisted: 'allow', unknown: 'deny' });
    assert.deepEqual(policy.markers, { begin: 'TERMS-BEGIN', end: 'TERMS-END' });
    assert.deepEqual(
      policy.tiers.map(({ name, named }) => [name, named]),
      [
        ['confidential', false],
        ['restricted', false],
        ['sealed', true],
      ],
    );
    assert.deepEqual(policy.assets[0], {
      id: 'net',
      owner: ['north'],
      tier: 'restricted',
      paths: ['net/**'],
      tags: [],
      delegates: false,
    });
    assert.deepEqual(policy.guardrails[0]?.who, ['recipients']);
    assert.deepEqual(policy.guardrails[0]?.actions, ['copy']);
    assert.equal(policy.guardrails[0]?.waivable, true);
    assert.equal(policy.breach.notify, 'PT72H');
  });

  it('reads the policy of the automotive co-build without an error', () => {
    const { policy, problems } = parsePolicy(example);
    assert.deepEqual(
      problems.filter(({ severity }) => severity === 'error'),
      [],
    );
    assert.deepEqual(policy?.teams[3]?.members, [
      { person: 'raj@helio.example' },
      { person: 'mia@helio.example', from: '2026-04-01' },
    ]);
    assert.deepEqual(policy?.agreement.clauses?.['10.2'], 'Notice of unauthorised disclosure');
    assert.deepEqual(policy?.assets.at(-1)?.owner, ['helio', 'north', 'kestrel']);
  });

  it('says where every named entry is written', () => {
    const { policy } = parsePolicy(tiny, { file: 'terms/a.yaml' });
    assert.deepEqual(policy?.places['guardrail:no-copy'], {
      file: 'terms/a.yaml',
      range: { start: { line: 6, column: 10 }, end: { line: 6, column: 17 } },
    });
    assert.deepEqual(Object.keys(policy?.places ?? {}).sort(), [
      'asset:net',
      'guardrail:no-copy',
      'party:helio',
      'party:north',
    ]);
  });

  it('points at an unknown key, at any depth, and offers the nearest known one', () => {
    const text = tiny.replace('effect: deny', 'efect: deny');
    const { policy, problems } = parsePolicy(text);
    assert.equal(policy, undefined);
    const problem = problems.find(({ code }) => code === 'unknown-key');
    assert.equal(problem?.message, 'There is no key `efect` here. Did you mean `effect`?');
    assert.deepEqual(problem?.range, { start: { line: 6, column: 47 }, end: { line: 6, column: 52 } });
    assert.deepEqual(problem?.fix, { title: "Change to 'effect'", range: problem.range, text: 'effect' });
    assert.ok(!problems.some(({ code }) => code === 'missing-key'), 'the missing key is the misspelt one');
  });

  it('points at a bad value, not at its entry', () => {
    assert.ok(found(tiny.replace('effect: deny', 'effect: denied')).includes('unknown-word 6:55-6:61'));
    assert.ok(found(tiny.replace('owner: north', 'owner: nroth')).includes('unknown-party 4:27-4:32'));
    assert.ok(found(tiny.replace('covers: net', 'covers: [net, rada]')).includes('unknown-asset 6:33-6:37'));
  });

  it('reports every problem, not only the first', () => {
    const text = tiny
      .replace('effect: deny', 'effect: denied')
      .replace('owner: north', 'owner: nroth')
      .replace('version: 1', 'version: 2');
    assert.equal(errors(text).length, 3);
  });

  it('refuses what YAML allows and a policy does not', () => {
    assert.ok(found('version: 1\nversion: 1\n').includes('duplicate-key 2:1-2:8'));
    assert.equal(parsePolicy('').problems[0]?.code, 'empty-file');
    assert.equal(parsePolicy('version: 1\n\tagreement: x\n').policy, undefined);
  });

  it('keeps 4.10 from becoming 4.1', () => {
    const text = tiny.replace('id: no-copy', 'id: no-copy, clause: 4.10');
    const problem = parsePolicy(text).problems.find(({ code }) => code === 'unquoted-clause');
    assert.equal(problem?.message, 'Quote the clause number: "4.10". Without quotes YAML reads it as 4.1.');
    assert.equal(problem?.fix?.text, '"4.10"');
  });

  it('sees that a comma has cut a sentence in two', () => {
    const text = tiny.replace('Do not copy.', 'Do not copy, ever');
    const problems = parsePolicy(text).problems.filter(({ severity }) => severity === 'error');
    assert.deepEqual(
      problems.map(({ code, message }) => [code, message]),
      [['cut-sentence', 'The comma before "ever" cuts `what` in two. Quote the sentence.']],
    );
    assert.equal(problems[0]?.fix?.text, '"Do not copy, ever"');
  });

  it('warns of a rule without clause where the clauses are listed, and refuses an unlisted one', () => {
    const listed = tiny.replace('title: Agreement', 'title: Agreement, clauses: {"6.2": No copying}');
    assert.ok(found(listed).includes('no-clause 6:10-6:17'));
    assert.ok(found(listed.replace('id: no-copy', 'clause: "6.3", id: no-copy')).includes('unknown-clause 6:14-6:19'));
  });
});
