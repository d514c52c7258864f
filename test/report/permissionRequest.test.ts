import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { parse } from 'yaml';
import { readCases } from '../../src/decision/cases.js';
import { decide } from '../../src/decision/decide.js';
import { printPolicy } from '../../src/policy/printPolicy.js';
import type { Policy } from '../../src/policy/Policy.js';
import { regionsOf } from '../../src/regions/regionsOf.js';
import { permissionRequest } from '../../src/report/permissionRequest.js';
import { policyAt, policyFrom } from '../support/examplePolicy.js';

interface Entries {
  readonly waivers?: readonly (Record<string, unknown> & { signed: null })[];
  readonly grants?: readonly Record<string, unknown>[];
}

/** The policy as its owners would have it after they signed what was asked for. */
function signed(policy: Policy, request: string, day: string): Policy {
  const entries = parse(request) as Entries | null;
  const waivers = (entries?.waivers ?? []).map((waiver) => ({ ...waiver, signed: day }));
  return policyFrom(
    printPolicy({
      ...policy,
      waivers: [...policy.waivers, ...(waivers as unknown as Policy['waivers'])],
      grants: [...policy.grants, ...((entries?.grants ?? []) as unknown as Policy['grants'])],
    }),
  );
}

describe('a request for permission', () => {
  const files = readdirSync('examples', { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.cases.yaml'))
    .map((path) => join('examples', path));

  for (const path of files) {
    it(`asks for just what would permit it, or says that nothing does: every denial of ${path}`, () => {
      const { cases } = readCases(readFileSync(path, 'utf8'), path);
      assert.ok(cases);
      const policy = policyAt(join(dirname(path), cases.policy));
      let asked = 0;
      for (const { id, ask } of cases.cases) {
        const regions = regionsOf(policy, ask.file, cases.files.get(ask.file) ?? '');
        const before = decide(policy, regions, ask, cases.facts);
        if (before.effect !== 'deny') continue;
        asked++;
        const request = permissionRequest(policy, regions, ask, cases.facts, 'Needed for the joint harness.');
        if (request.isHopeless) {
          assert.equal(parse(request.text), null, id);
          assert.match(request.text, /No entry of the policy can permit this/, id);
          continue;
        }
        const after = decide(signed(policy, request.text, ask.at.slice(0, 10)), regions, ask, cases.facts);
        assert.notEqual(after.effect, 'deny', `${id}: ${JSON.stringify(after.rules)}\n${request.text}`);
        assert.ok(request.deciders.length > 0, id);
      }
      assert.ok(asked > 0);
    });
  }

  const policy = policyAt('examples/automotive-perception/automotive-perception.yaml');
  const ask = {
    who: 'ben@helio.example',
    action: 'copy',
    file: 'perception/camera/net/backbone.py',
    into: 'perception/fusion/[tmp]/harness.py',
    purpose: 'integration',
    at: '2026-06-20T10:00:00+02:00',
  } as const;
  const records = ['dt-2026', 'compete'].map((course) => ({ person: ask.who, course, passed: '2026-06-01' }));
  const request = (reason: string, more: object = {}, passed = records) =>
    permissionRequest(
      policy,
      regionsOf(policy, ask.file, 'x'),
      { ...ask, ...more },
      { records: passed, exposures: [] },
      reason,
    );

  it('reads as a letter: what is asked, whose code, what stands against it, who may decide', () => {
    const { text, deciders } = request('A latency harness.');
    assert.deepEqual(deciders, ['nina.legal@north.example']);
    assert.match(text, /Asked by ben@helio\.example on 20 June 2026\./);
    assert.match(text, /to copy perception\/camera\/net\/backbone\.py, into perception\/fusion\/\[tmp\]\/harness\.py/);
    assert.match(text, /guardrail:no-supplier-copy, clause/);
    assert.match(text, /an approver \(nina\.legal@north\.example\) adds the waiver/);
  });

  it('leaves the signature to the approver: as it stands it is no sound waiver', () => {
    const entries = parse(request('A latency harness.').text) as Entries;
    assert.deepEqual(
      entries.waivers?.map((waiver) => waiver.signed),
      [null],
    );
  });

  it('names the destination without letting a character of it become a wildcard for more', () => {
    const entries = parse(request('A latency harness.').text) as Entries;
    assert.deepEqual(entries.waivers?.[0]?.['into'], ['perception/fusion/?tmp?/harness.py']);
  });

  it('asks for no longer than a fortnight, and never beyond the agreement', () => {
    const entries = parse(request('A latency harness.').text) as Entries;
    assert.equal(entries.waivers?.[0]?.['until'], '2026-07-04');
  });

  it('keeps a reason with line breaks and quotes within its field', () => {
    const reason = 'First line\nwaivers: []\n"quoted" # no comment';
    const { text } = request(reason);
    assert.equal((parse(text) as Entries).waivers?.[0]?.['reason'], reason);
    assert.deepEqual(Object.keys(parse(text) as object), ['waivers']);
  });

  it('says so when a rule may not be waived', () => {
    const { text, isHopeless } = request('To tidy up.', { action: 'unmark' });
    assert.equal(isHopeless, true);
    assert.match(text, /guardrail:keep-notices may not be waived/);
  });

  it('sends somebody to the course first, where that is what is missing', () => {
    assert.match(request('A harness.', {}, []).text, /training:compete may not be waived: pass the course/);
  });

  it('asks no owner whose code no rule protects here', () => {
    const cobuild = policyAt('examples/cobuild/developer-terms.yaml');
    const file = 'orchestrator/src/adapters/corvidLink.ts';
    const regions = regionsOf(cobuild, file, '// TERMS-BEGIN asset=corvid-protocol\nx\n// TERMS-END\n');
    const { text } = permissionRequest(
      cobuild,
      regions,
      {
        who: 'sam.rivera@harborline.example',
        action: 'copy',
        ...{ file, lines: { start: 2, end: 2 }, into: 'dashboard/src/kpis.ts' },
        at: '2026-11-22T10:00:00+00:00',
      },
      {
        records: cobuild.training.map(({ id }) => ({
          ...{ person: 'sam.rivera@harborline.example', course: id, passed: '2026-11-01' },
        })),
        exposures: [],
      },
      'A byte-exact test of the frames.',
    );
    const entries = parse(text) as Entries | null;
    assert.ok(
      (entries?.waivers ?? []).every((waiver) => !(waiver['covers'] as string[]).includes('orchestrator')),
      text,
    );
  });

  it('asks for nothing on behalf of somebody whose address is not known', () => {
    assert.equal(request('A harness.', { who: '' }).isHopeless, true);
  });
});
