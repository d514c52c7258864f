import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { decide } from '../../src/decision/decide.js';
import { EFFECTS, type PolicyContent } from '../../src/policy/language.js';
import { loadPolicy } from '../../src/policy/loadPolicy.js';
import type { Policy } from '../../src/policy/Policy.js';
import { printPolicy } from '../../src/policy/printPolicy.js';
import type { Files } from '../../src/ports.js';
import { pathCoverOf } from '../../src/regions/pathCover.js';
import type { Region } from '../../src/regions/Region.js';
import { asks, courses, facts, grants, guardrails, policies, waivers, walls } from '../support/arbitraryPolicy.js';

const RUNS = 400;
const ASKS = 25;
const hash = (bytes: Uint8Array) => Promise.resolve(createHash('sha256').update(bytes).digest('hex'));

/** A parent that passes every check: nothing ends before it begins, and waivers lift rules that there are. */
const parents = policies.map((policy): PolicyContent => {
  const dated = <T extends { readonly from?: string | undefined; readonly until?: string | undefined }>(entry: T): T =>
    entry.from !== undefined && entry.until !== undefined && entry.from > entry.until
      ? { ...entry, from: entry.until, until: entry.from }
      : entry;
  const ids = [policy.guardrails, policy.training, policy.walls].flat().map(({ id }) => id);
  return {
    ...policy,
    // Code that no asset covers may become the child's own, with the child's own grants.
    defaults: { ...policy.defaults, unlisted: 'allow' },
    guardrails: policy.guardrails.map(dated),
    grants: policy.grants.map(dated),
    waivers: policy.waivers
      .map((waiver) => dated({ ...waiver, lifts: waiver.lifts.filter((id) => ids.includes(id)) }))
      .filter(({ lifts }) => lifts.length > 0),
  };
});

const SECTIONS = ['guardrails', 'grants', 'training', 'walls', 'assets', 'waivers'] as const;
type Section = (typeof SECTIONS)[number];

/** What a child says: one inherited entry with one field from a random other, or one entry more. */
const changes = fc
  .record({
    section: fc.constantFrom<Section>(...SECTIONS),
    isNew: fc.boolean(),
    pick: fc.nat(),
    guardrails,
    grants,
    training: courses,
    walls,
    waivers,
    assets: fc
      .record({
        paths: fc.subarray(['notes/**', 'free/**', '!both/**'], { minLength: 1 }),
        tier: fc.constantFrom('open', 'restricted', 'sealed'),
      })
      .map((fields) => ({ id: '', owner: ['kestrel'], tags: [], delegates: false, ...fields })),
  })
  .map((change) => (parent: PolicyContent): Partial<PolicyContent> => {
    const fresh: { readonly id: string } = change[change.section];
    const inherited: readonly { readonly id: string }[] = parent[change.section];
    const entry = inherited[change.pick % inherited.length];
    if (change.isNew || entry === undefined) return { [change.section]: [{ ...fresh, id: 'new' }] };
    const fields = Object.entries(fresh).filter(([key]) => key !== 'id');
    const [field, value] = fields[change.pick % fields.length] ?? ['id', entry.id];
    return { [change.section]: [{ ...entry, [field]: value as unknown }] };
  });

/** The texts of a parent and of a child that extends it, as files of a repository. */
function files(texts: Readonly<Record<string, string>>): Files {
  return {
    read: (path) => Promise.resolve(texts[path] === undefined ? undefined : new TextEncoder().encode(texts[path])),
    target: (path) => Promise.resolve(path),
  };
}

function ask(policy: Policy, question: Parameters<typeof decide>[2], known: Parameters<typeof decide>[3]) {
  const regions = pathCoverOf(policy)
    .assetsOf(question.file)
    .map((asset): Region => ({ asset, known: true, by: 'path', lines: { start: 1, end: 1 } }));
  return decide(policy, { path: question.file, regions, problems: [] }, question, known);
}

describe('a policy that extends another', function () {
  this.timeout(180_000);

  it('never decides looser than its parent, when it is accepted', async () => {
    let accepted = 0;
    await fc.assert(
      fc.asyncProperty(
        parents,
        changes,
        fc.array(asks, { minLength: ASKS, maxLength: ASKS }),
        facts,
        async (base, change, questions, known) => {
          const parentText = printPolicy(base);
          const sha256 = await hash(new TextEncoder().encode(parentText));
          const own = { version: 1, extends: [{ path: 'base.yaml', sha256 }], ...change(base) };
          const childText = printPolicy(own as unknown as PolicyContent);
          const tree = files({ 'base.yaml': parentText, 'developer-terms.yaml': childText });
          const { policy: parent } = await loadPolicy('base.yaml', tree, hash);
          const { policy: child } = await loadPolicy('developer-terms.yaml', tree, hash);
          if (parent === undefined || child === undefined) return;
          accepted += 1;
          for (const question of questions) {
            const before = ask(parent, question, known);
            const after = ask(child, question, known);
            assert.ok(
              EFFECTS.indexOf(after.effect) >= EFFECTS.indexOf(before.effect),
              `${before.effect} (${before.rules.join()}) became ${after.effect} (${after.rules.join()}): ${JSON.stringify(question)}\n${parentText}\n${childText}`,
            );
          }
        },
      ),
      { numRuns: RUNS },
    );
    assert.ok(accepted > RUNS / 10, `${accepted} of ${RUNS} were accepted`);
  });
});
