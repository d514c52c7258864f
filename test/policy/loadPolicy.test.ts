import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { loadPolicy } from '../../src/policy/loadPolicy.js';
import { UserError, type Files } from '../../src/ports.js';

const sha256 = (bytes: Uint8Array) => Promise.resolve(createHash('sha256').update(bytes).digest('hex'));
const hashOf = (text: string) => createHash('sha256').update(text).digest('hex');
const tree = (texts: Readonly<Record<string, string>>): Files => ({
  read: (path) => Promise.resolve(texts[path] === undefined ? undefined : new TextEncoder().encode(texts[path])),
  target: (path) => Promise.resolve(path),
});

const parent = `version: 1
agreement:
  id: JDA-1
  title: Joint Development
  zone: Europe/Berlin
  contact: legal@helio.example
  clauses: {"3.2": Permitted use, "6.2": No copying}
parties:
  - {id: helio, name: Helio}
  - {id: north, name: North}
teams:
  - {id: helio-all, party: helio, members: [ana@helio.example, ben@helio.example]}
  - {id: north-all, party: north, members: [nia@north.example]}
assets:
  - {id: net, owner: north, paths: ["net/**", "!net/api/**"]}
  - {id: open, owner: north, paths: ["open/**"], delegates: true}
walls:
  - id: apart
    sides:
      - {name: a, who: [north-all], assets: [net]}
      - {name: b, who: [helio-all], assets: [open]}
    cooling: P90D
    clause: "3.2"
training:
  - {id: basics, title: Basics, covers: all, actions: edit, repeat: P1Y, grace: P14D, clause: "3.2"}
guardrails:
  - {id: no-copy, covers: "tier:restricted", actions: copy, effect: justify, what: No copies., why: Licence., instead: Ask., clause: "6.2"}
grants:
  - {id: reads, to: [helio-all], covers: [net], actions: [view], until: 2026-06-30, clause: "3.2"}
approvers: [{person: nina@north.example, party: north}]
evidence: {record: [view]}
breach: {notify: PT48H}
`;

const child = (rest: string, hash = hashOf(parent)) =>
  `version: 1\nextends: [{path: base.yaml, sha256: ${hash}}]\n${rest}`;
const load = (rest: string, more: Readonly<Record<string, string>> = {}) =>
  loadPolicy(
    'developer-terms.yaml',
    tree({ 'base.yaml': parent, 'developer-terms.yaml': child(rest), ...more }),
    sha256,
  );
const rejected = async (rest: string) =>
  (await load(rest)).problems
    .filter(({ severity }) => severity === 'error')
    .map(({ code, range: { start }, message }) => `${code} ${start.line}:${start.column} ${message}`);

describe('a policy that extends another', () => {
  it('has everything of its parent, and of every entry knows the file', async () => {
    const { policy, problems } = await load('assets:\n  - {id: own, owner: helio, paths: ["own/**"]}\n');
    assert.deepEqual(problems, []);
    assert.deepEqual(
      policy?.assets.map(({ id }) => id),
      ['net', 'open', 'own'],
    );
    assert.equal(policy?.agreement.zone, 'Europe/Berlin');
    assert.equal(policy?.places['asset:net']?.file, 'base.yaml');
    assert.deepEqual(policy?.places['asset:own'], {
      file: 'developer-terms.yaml',
      range: { start: { line: 4, column: 10 }, end: { line: 4, column: 13 } },
    });
    assert.equal(policy?.places['clause:6.2']?.file, 'base.yaml');
  });

  it('may tighten: effect, tier, cooling, refreshers, clocks, paths, waivability, people', async () => {
    const { policy, problems } = await load(`
agreement: {id: JDA-1, title: Joint Development, clauses: {"9.9": New}}
tiers: [{name: confidential}, {name: restricted}, {name: sealed, named: true}]
assets:
  - {id: open, owner: north, paths: ["more/**"]}
  - {id: own, owner: helio, tier: restricted, paths: ["own/**"]}
walls:
  - {id: apart, sides: [{name: a, who: [north-all], assets: [net]}, {name: b, who: [helio-all], assets: [open, own]}], cooling: P180D}
training:
  - {id: basics, title: Basics, covers: all, actions: [edit, copy], repeat: P6M, grace: P7D}
guardrails:
  - {id: no-copy, covers: "tier:restricted", actions: [copy, move], effect: deny, who: everyone, waivable: false, what: No copies., why: Licence., instead: Ask.}
  - {id: own-rule, covers: own, actions: any, effect: warn, what: Careful., why: New., instead: Ask., clause: "9.9"}
grants:
  - {id: reads, to: [helio-all], covers: [net], actions: [view], purpose: [integration], until: 2026-05-31}
  - {id: own-grant, to: [north-all], covers: [own], actions: [view], clause: "9.9"}
  - {id: delegated, to: [helio-all], covers: [open], actions: [view], clause: "9.9"}
breach: {notify: PT24H}
`);
    assert.deepEqual(
      problems.filter(({ severity }) => severity === 'error'),
      [],
    );
    const copy = policy?.guardrails.find(({ id }) => id === 'no-copy');
    assert.deepEqual([copy?.effect, copy?.who, copy?.waivable, copy?.clause], ['deny', ['everyone'], false, '6.2']);
    assert.deepEqual(policy?.assets.find(({ id }) => id === 'open')?.paths, ['open/**', 'more/**']);
    assert.deepEqual(policy?.assets.find(({ id }) => id === 'net')?.paths, ['net/**', '!net/api/**']);
    assert.equal(policy?.walls[0]?.cooling, 'P180D');
    assert.equal(policy?.training[0]?.repeat, 'P6M');
    assert.equal(policy?.grants[0]?.until, '2026-05-31');
    assert.equal(policy?.breach.notify, 'PT24H');
    assert.equal(policy?.places['guardrail:no-copy']?.file, 'developer-terms.yaml');
  });

  const guardrail = (change: string) =>
    `guardrails:\n  - {id: no-copy, covers: "tier:restricted", actions: copy, effect: justify, what: No copies., why: Licence., instead: Ask.${change}}\n`;
  const looser: readonly (readonly [string, string, RegExp])[] = [
    [
      'a lower effect',
      guardrail('').replace('justify', 'warn'),
      /^loosens-parent 4:69 This lowers the effect of the inherited guardrail `no-copy`\. .* the parent has justify\.$/,
    ],
    [
      'a new exception',
      guardrail(', except: helio-all'),
      /^loosens-parent .* This excepts people from the inherited guardrail `no-copy`/,
    ],
    [
      'an earlier end of a guardrail',
      guardrail(', until: 2026-12-31'),
      /^loosens-parent .* This changes the end of the inherited guardrail/,
    ],
    [
      'a destination',
      guardrail(', into: "tool:*"'),
      /^loosens-parent .* This changes the places of the inherited guardrail/,
    ],
    [
      'other words',
      guardrail('').replace('No copies.', 'Some copies.'),
      /^replaces-parent 4:84 The inherited guardrail `no-copy` has No copies\. here/,
    ],
    [
      'a new carve-out',
      'assets:\n  - {id: net, owner: north, paths: ["net/**", "!net/x/**"]}\n',
      /^loosens-parent 4:36 This changes `paths` of the inherited asset `net`/,
    ],
    [
      'a lower tier',
      'assets:\n  - {id: net, owner: north, tier: confidential}\n',
      /^loosens-parent 4:35 This lowers the tier of the inherited asset `net`/,
    ],
    [
      'a tier in which a rule no longer covers',
      'assets:\n  - {id: net, owner: north, tier: sealed}\n',
      /^loosens-parent 4:35 In the tier `sealed`, `net` would escape the inherited rule `no-copy`/,
    ],
    [
      'another owner',
      'assets:\n  - {id: net, owner: helio}\n',
      /^replaces-parent 4:22 The inherited asset `net` has north here/,
    ],
    [
      'a grant over an inherited asset',
      'grants:\n  - {id: x, to: helio-all, covers: net, actions: copy}\n',
      /^loosens-parent 4:36 This grant covers the inherited asset `net`, which the parent does not delegate/,
    ],
    [
      'a grant over everything',
      'grants:\n  - {id: x, to: helio-all, covers: all, actions: copy}\n',
      /^loosens-parent 4:36 This grant covers the inherited asset `net`/,
    ],
    [
      'a later end of a grant',
      'grants:\n  - {id: reads, to: [helio-all], covers: [net], actions: [view], until: 2026-07-01}\n',
      /^loosens-parent 4:73 This changes the end of the inherited grant `reads`/,
    ],
    [
      'more people in a grant',
      'grants:\n  - {id: reads, to: [helio-all, north-all], covers: [net], actions: [view]}\n',
      /^loosens-parent 4:21 This gives more people the inherited grant `reads`/,
    ],
    [
      'somebody above a wall',
      'walls:\n  - {id: apart, above: helio-all, sides: [{name: a, who: [north-all], assets: [net]}, {name: b, who: [helio-all], assets: [open]}]}\n',
      /^loosens-parent 4:24 This puts people above the inherited wall `apart`/,
    ],
    [
      'shorter cooling',
      'walls:\n  - {id: apart, cooling: P10D, sides: [{name: a, who: [north-all], assets: [net]}, {name: b, who: [helio-all], assets: [open]}]}\n',
      /^loosens-parent 4:26 This shortens the cooling-off/,
    ],
    [
      'a rarer refresher',
      'training:\n  - {id: basics, title: Basics, covers: all, actions: edit, repeat: P2Y}\n',
      /^loosens-parent 4:69 This makes people refresh less often/,
    ],
    [
      'longer grace',
      'training:\n  - {id: basics, title: Basics, covers: all, actions: edit, grace: P30D}\n',
      /^loosens-parent 4:68 This lengthens the grace/,
    ],
    [
      'a new approver',
      'approvers: [{person: eve@north.example, party: north}]\n',
      /^loosens-parent 3:22 eve@north\.example could waive rules on the inherited asset `net`/,
    ],
    [
      'a waiver of an inherited rule',
      'waivers:\n  - {id: w, lifts: no-copy, to: helio-all, covers: net, actions: copy, until: 2026-05-01, by: nina@north.example, reason: Why., signed: 2026-04-01}\n',
      /^loosens-parent 4:20 This waiver lifts the inherited rule `no-copy` for the inherited asset `net`/,
    ],
    [
      'a new person of an inherited party',
      'teams:\n  - {id: more, party: north, members: [eve@north.example]}\n',
      /^loosens-parent 4:40 eve@north\.example is not of north in the parent/,
    ],
    [
      'another zone',
      'agreement: {id: JDA-1, title: Joint Development, zone: UTC}\n',
      /^replaces-parent 3:56 The inherited agreement has Europe\/Berlin here/,
    ],
    [
      'another clause text',
      'agreement: {id: JDA-1, title: Joint Development, clauses: {"6.2": Copying}}\n',
      /^replaces-parent 3:67 The parent calls clause 6\.2 "No copying"/,
    ],
    [
      'a lower default',
      'defaults: {unknown: allow}\n',
      /^loosens-parent 3:21 This changes `unknown` of the inherited `defaults`/,
    ],
    [
      'other marker words',
      'markers: {begin: SECRET}\n',
      /^replaces-parent 3:18 The inherited `markers` has TERMS-BEGIN here/,
    ],
    [
      'a longer breach clock',
      'breach: {notify: PT72H}\n',
      /^loosens-parent 3:18 This changes `notify` of the inherited `breach`/,
    ],
  ];
  for (const [name, rest, expected] of looser) {
    it(`is rejected with ${name}`, async () => {
      const problems = await rejected(rest);
      assert.equal(problems.length, 1, problems.join('\n'));
      assert.match(problems[0] ?? '', expected);
      assert.equal((await load(rest)).policy, undefined);
    });
  }

  it('is refused when a parent is missing, changed, invalid, unreadable or its own descendant', async () => {
    const only = async (files: Readonly<Record<string, string>>) => {
      const { policy, problems } = await loadPolicy('a.yaml', tree(files), sha256);
      assert.equal(policy, undefined);
      return problems
        .filter(({ severity, file }) => severity === 'error' && file === 'a.yaml')
        .map(({ code, message }) => `${code} ${message}`);
    };
    assert.deepEqual(await only({ 'a.yaml': child('') }), [
      'missing-parent The parent cannot be used: There is no file base.yaml. Create it, or name the file that holds the policy.',
    ]);
    const changed = `${parent}# changed\n`;
    assert.deepEqual(await only({ 'a.yaml': child(''), 'base.yaml': changed }), [
      `parent-hash base.yaml is not the file that was agreed on: its SHA-256 is ${hashOf(changed)}. Read what changed in it; if that is agreed, enter this hash.`,
    ]);
    const broken = parent.replace('owner: north', 'owner: nobody');
    assert.match(
      (await only({ 'a.yaml': child('', hashOf(broken)), 'base.yaml': broken }))[0] ?? '',
      /^parent-invalid base\.yaml has an error, first on line 15: There is no party `nobody`/,
    );
    const own =
      'version: 1\nextends: [{path: a.yaml, sha256: 0000000000000000000000000000000000000000000000000000000000000000}]\n';
    assert.deepEqual(await only({ 'a.yaml': own }), [
      'parent-cycle a.yaml extends a.yaml. Delete this parent, or the link back to it.',
    ]);
    const unreadable: Files = {
      read: () => Promise.reject(new UserError('permission denied')),
      target: (path) => Promise.resolve(path),
    };
    const { problems } = await loadPolicy('a.yaml', unreadable, sha256);
    assert.deepEqual(
      problems.map(({ code, file, range, message }) => [code, file, range.start, message]),
      [['unreadable', 'a.yaml', { line: 1, column: 1 }, 'a.yaml cannot be read: permission denied']],
    );
  });

  it('is refused when more than eight policies stand above one another, at the parent that is one too many', async () => {
    const texts: Record<string, string> = {};
    let above = '';
    for (let level = 10; level >= 0; level--) {
      const link = above === '' ? '' : `extends: [{path: p${level + 1}.yaml, sha256: ${hashOf(above)}}]\n`;
      above = `version: 1\n${link}agreement: {id: A, title: T, zone: UTC, contact: l@n.example}\nparties: [{id: north, name: North}]\n`;
      texts[`p${level}.yaml`] = above;
    }
    const { policy, problems } = await loadPolicy('p0.yaml', tree(texts), sha256);
    assert.equal(policy, undefined);
    assert.deepEqual(
      problems
        .filter(({ code }) => code === 'too-many-parents')
        .map(({ file, range, message }) => [file, range, message]),
      [
        [
          'p7.yaml',
          { start: { line: 2, column: 18 }, end: { line: 2, column: 25 } },
          'There are more than 8 policies above one another. Merge some of them.',
        ],
      ],
    );
  });

  it('follows parents of parents, and several parents that fit together', async () => {
    const middle = child('assets:\n  - {id: mid, owner: helio, paths: ["mid/**"]}\n');
    const side =
      parent.slice(0, parent.indexOf('assets:')) + 'assets:\n  - {id: side, owner: north, paths: ["side/**"]}\n';
    const text = `version: 1
extends:
  - {path: middle.yaml, sha256: ${hashOf(middle)}}
  - {path: side.yaml, sha256: ${hashOf(side)}}
assets: [{id: leaf, owner: helio, paths: ["leaf/**"]}]
`;
    const { policy, problems } = await loadPolicy(
      'a.yaml',
      tree({ 'a.yaml': text, 'middle.yaml': middle, 'side.yaml': side, 'base.yaml': parent }),
      sha256,
    );
    assert.deepEqual(
      problems.filter(({ severity }) => severity === 'error'),
      [],
    );
    assert.deepEqual(
      policy?.assets.map(({ id }) => `${id} ${policy.places[`asset:${id}`]?.file ?? ''}`),
      ['net base.yaml', 'open base.yaml', 'mid middle.yaml', 'side side.yaml', 'leaf a.yaml'],
    );
  });

  it('tells its own mistakes even when a parent is missing, and nothing about names that it cannot know', async () => {
    const { problems } = await loadPolicy(
      'a.yaml',
      tree({
        'a.yaml': child(
          'guardrails: [{id: x, covers: net, actions: cpoy, effect: deny, what: A., why: B., instead: C.}]\n',
        ),
      }),
      sha256,
    );
    assert.deepEqual(
      problems.map(({ code }) => code),
      ['missing-parent', 'unknown-word'],
    );
  });
});
