import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { readFileSync } from 'node:fs';
import { policyLanguage } from '../../src/policy/language.js';
import { parsePolicy } from '../../src/policy/parsePolicy.js';
import type { Fields } from '../../src/policy/shape.js';
import { completePolicy } from '../support/completePolicy.js';
import { generatedFiles } from '../support/generatedFiles.js';
import { exampleValue, policySchema } from '../support/policySchema.js';
import { schemaFaults } from './jsonSchema.js';

const errorsOf = (text: string) =>
  parsePolicy(text)
    .problems.filter(({ severity, code }) => severity === 'error' && code !== 'parents-not-read')
    .map(({ code, message }) => `${code} ${message}`);

type Plain = Record<string, unknown>;
const complete = () => exampleValue(completePolicy) as Plain;
const fixture = (name: string) => readFileSync(new URL(`../fixtures/policy/${name}`, import.meta.url), 'utf8');

/** Every field of the language, with the way to it: `guardrails.0.what`. */
function* fieldsOf(
  fields: Fields,
  way: readonly (string | number)[],
): Generator<{ way: readonly (string | number)[]; example: string }> {
  for (const [key, field] of Object.entries(fields)) {
    const here = [...way, key];
    yield { way: here, example: field.example };
    const inner = field.shape.kind === 'list' ? field.shape.of : field.shape;
    const step = field.shape.kind === 'list' ? [...here, 0] : here;
    const entry = inner.kind === 'either' ? inner.map : inner;
    if (entry.kind === 'entry') yield* fieldsOf(entry.fields, step);
  }
}

/** The complete policy with one field as its example writes it. */
function withExample(way: readonly (string | number)[], example: string): string {
  const policy = complete();
  let at: Plain = policy;
  for (const [index, step] of way.slice(0, -1).entries()) {
    let next = at[step];
    if (typeof next === 'string') at[step] = next = { person: next };
    if (next === undefined) at[step] = next = typeof way[index + 1] === 'number' ? [{}] : {};
    at = next as Plain;
  }
  at[way.at(-1) ?? ''] = exampleValue(example);
  return JSON.stringify(policy);
}

describe('what is generated from the description of the language', () => {
  it('is up to date: otherwise run `npm run generate`', async () => {
    for (const [path, text] of await generatedFiles()) assert.equal(await readFile(path, 'utf8'), text, String(path));
  });

  it('has a complete example without a problem worth more than a notice', () => {
    assert.deepEqual(
      parsePolicy(completePolicy).problems.filter(({ severity }) => severity !== 'notice'),
      [],
    );
  });

  it('has an example for every field that parses where it stands', () => {
    let count = 0;
    for (const { way, example } of fieldsOf(policyLanguage.fields, [])) {
      count += 1;
      if (way[0] === 'extends' || way[0] === 'records') continue;
      // Whether the names in it exist is another question, which the sections' examples answer.
      const own = errorsOf(withExample(way, example)).filter(
        (error) => !/^(unknown-(asset|team|party|rule|tier|clause)|duplicate-id) /.test(error),
      );
      assert.deepEqual(own, [], `${way.join('.')}: ${example}`);
    }
    assert.ok(count > 120, String(count));
  });

  it('has only examples on the page that parse, with the complete example around them', async () => {
    const page = await readFile(new URL('../../docs/policy-reference.md', import.meta.url), 'utf8');
    const blocks = [...page.matchAll(/^```yaml\n([\s\S]*?)^```/gm)].map(([, text]) => text ?? '');
    assert.ok(blocks.length > 20);
    for (const block of blocks) {
      const text = block.startsWith('version: 1\nagreement')
        ? block
        : JSON.stringify({ ...complete(), ...(exampleValue(block) as Plain) });
      assert.deepEqual(errorsOf(text), [], block);
    }
  });
});

describe('the JSON Schema', () => {
  const schema = policySchema();

  it('accepts what the parser accepts', () => {
    for (const text of [completePolicy, fixture('automotive-perception.yaml')]) {
      assert.deepEqual(schemaFaults(schema, exampleValue(text)), []);
    }
    for (const { way, example } of fieldsOf(policyLanguage.fields, [])) {
      if (way[0] === 'extends' || way[0] === 'records') continue;
      assert.deepEqual(schemaFaults(schema, exampleValue(withExample(way, example))), [], way.join('.'));
    }
  });

  it('accepts a child that states nothing but its parent', () => {
    const link = { path: 'base.yaml', sha256: '0'.repeat(64) };
    assert.deepEqual(schemaFaults(schema, { version: 1, extends: [link] }), []);
    assert.notDeepEqual(schemaFaults(schema, { version: 1 }), []);
  });

  it('refuses unknown keys, other words and wrong types', () => {
    const faults = (change: (policy: Plain) => void) => {
      const policy = complete();
      change(policy);
      return schemaFaults(schema, policy);
    };
    assert.deepEqual(
      faults((policy) => (policy['gaurdrails'] = [])),
      ['/gaurdrails is unknown'],
    );
    assert.deepEqual(
      faults((policy) => ((policy['guardrails'] as Plain[])[0]!['effect'] = 'block')),
      ['/guardrails/0/effect is not in the list'],
    );
    assert.deepEqual(
      faults((policy) => ((policy['agreement'] as Plain)['until'] = '30.6.2026')),
      ['/agreement/until does not match'],
    );
    assert.deepEqual(
      faults((policy) => ((policy['grants'] as Plain[])[0]!['clause'] = 3.2)),
      ['/grants/0/clause is no string'],
    );
  });
});
