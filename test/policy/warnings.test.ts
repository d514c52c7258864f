import assert from 'node:assert/strict';
import { parsePolicy } from '../../src/policy/parsePolicy.js';
import type { Policy } from '../../src/policy/Policy.js';
import type { Problem } from '../../src/policy/Problem.js';
import { policyWarningsAt } from '../../src/policy/warningsAt.js';
import { warningsInTree } from '../../src/policy/warningsInTree.js';
import { createPatternIndex } from '../../src/regions/patternIndex.js';

const text = `version: 1
agreement: {id: A-1, title: Agreement, until: 2026-12-31, zone: Europe/Berlin, contact: legal@helio.example}
parties: [{id: helio, name: Helio}, {id: north, name: North}]
teams: [{id: fusion, party: helio, members: [ana@helio.example]}]
assets:
  - {id: net, owner: north, paths: ["net/**", "!net/api/**", "old/**"]}
  - {id: gone, owner: north, paths: ["gone/**"]}
  - {id: marked, owner: north}
guardrails:
  - {id: rule, covers: gone, actions: copy, effect: deny, what: A., why: B., instead: C., until: 2026-03-31}
grants:
  - {id: reads, to: fusion, covers: net, actions: view, until: 2026-06-30}
approvers: [{person: nia@north.example, party: north}]
waivers:
  - {id: w, lifts: rule, to: fusion, covers: gone, actions: copy, until: 2026-05-31, by: nia@north.example, reason: Test., signed: 2026-04-30}
evidence: {record: view}
review: {next: 2026-04-15}
`;
const policy = parsePolicy(text).policy as Policy;
const say = ({ code, severity, range: { start, end }, message }: Problem) =>
  `${severity} ${code} ${start.line}:${start.column}-${end.line}:${end.column} ${message}`;
const at = (instant: string) => policyWarningsAt(policy, instant).map(say);

describe('what a policy says on a day', () => {
  it('is nothing while everything is in force', () => {
    assert.deepEqual(at('2026-03-31T12:00:00+02:00'), []);
  });

  it('is what has ended, each at its date', () => {
    assert.deepEqual(at('2026-07-01T12:00:00+02:00'), [
      'warning guardrail-over 10:98-10:108 The guardrail `rule` ended on 31 March 2026 and binds nobody any more. Extend it or delete it.',
      'warning grant-over 12:64-12:74 The grant `reads` ended on 30 June 2026. Extend it or delete it.',
      'warning waiver-over 15:74-15:84 The waiver `w` ended on 31 May 2026. Delete it, or have a new one signed.',
      'notice review-overdue 17:16-17:26 The review was due on 15 April 2026. Review the terms, and enter the next date.',
    ]);
  });

  it('counts the days of the agreement’s zone, not of the one who asks', () => {
    const codes = (instant: string) => policyWarningsAt(policy, instant).map(({ code }) => code);
    assert.ok(!codes('2026-07-01T06:59:00+09:00').includes('grant-over'), '23:59 on 30 June in Berlin');
    assert.ok(codes('2026-07-01T07:00:00+09:00').includes('grant-over'), 'midnight in Berlin');
  });

  it('is the end of the agreement, once it has come, in place of every grant’s', () => {
    assert.ok(
      at('2027-01-01T00:00:00+01:00').includes(
        'warning agreement-over 2:47-2:57 The agreement ended on 31 December 2026. No grant holds any more; extend it, or follow `exit`.',
      ),
    );
    assert.ok(!at('2027-01-01T00:00:00+01:00').some((each) => each.includes('grant-over')));
  });

  it('is nothing for an instant without an offset', () => {
    assert.deepEqual(at('2027-01-01'), []);
  });
});

describe('what a policy says of a tree', () => {
  const tree = (paths: readonly string[], marked?: readonly string[]) =>
    warningsInTree(policy, {
      paths,
      matcher: createPatternIndex,
      ...(marked === undefined ? {} : { marked: new Set(marked) }),
    }).map(say);

  it('is which patterns, assets and rules match nothing in it', () => {
    assert.deepEqual(tree(['net/a.c', 'net/api/b.h', 'src/c.c']), [
      'warning pattern-matches-nothing 6:62-6:70 `old/**` matches no file of this tree. Correct it or delete it.',
      'warning asset-matches-nothing 7:10-7:14 No file of this tree belongs to `gone`, so nothing protects it. Correct its paths or delete it.',
      'warning pattern-matches-nothing 7:38-7:47 `gone/**` matches no file of this tree. Correct it or delete it.',
      'warning rule-matches-nothing 10:24-10:28 The guardrail `rule` covers nothing of this tree. Correct `covers`, or the paths of its assets.',
    ]);
  });

  it('is that an exclusion carves out nothing', () => {
    assert.ok(
      tree(['net/a.c', 'old/x', 'gone/y']).includes(
        'warning pattern-matches-nothing 6:47-6:60 `!net/api/**` carves out no file of this tree. Correct it or delete it.',
      ),
    );
  });

  it('is that an asset whose files are all carved out has none', () => {
    assert.ok(
      tree(['net/api/b.h', 'gone/y']).some((each) => each.startsWith('warning asset-matches-nothing 6:10-6:13')),
    );
  });

  it('asks for markers only where the files have been read', () => {
    assert.ok(!tree(['net/a.c']).some((each) => each.includes('`marked`')));
    assert.ok(
      tree(['net/a.c'], ['net']).some((each) =>
        each.includes('No file and no marked region of this tree belongs to `marked`'),
      ),
    );
    assert.ok(
      !tree(['net/a.c'], ['marked', 'gone']).some(
        (each) => each.includes('matches-nothing 7:10') || each.includes('`marked`'),
      ),
    );
  });
});
