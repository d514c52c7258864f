/**
 * The one description of `developer-terms.yaml`. The types, the checks, the JSON Schema in `media/` and
 * `docs/policy-reference.md` all come from here. What a single value cannot say about itself (references, overlaps,
 * what a rule reaches) is checked in `checks/`.
 */
import {
  choice,
  count,
  defaulted,
  entry,
  flag,
  list,
  map,
  optional,
  required,
  some,
  text,
  type EitherShape,
  type EntryShape,
  type TextShape,
  type ChoiceShape,
  type MapShape,
  type ValueOf,
  type VersionShape,
} from './shape.js';

export const ACTIONS = ['view', 'edit', 'copy', 'move', 'use', 'prompt', 'export', 'publish', 'unmark'] as const;
export type Action = (typeof ACTIONS)[number];

/** Kindest first: the index is the rank. */
export const EFFECTS = ['allow', 'warn', 'justify', 'deny'] as const;
export type Effect = (typeof EFFECTS)[number];

export const DUTIES = ['log', 'redact', 'notify', 'attribute'] as const;
export type Duty = (typeof DUTIES)[number];

/** Words that stand for groups of people and can be no team's id. */
export const SELECTOR_WORDS = ['everyone', 'recipients'] as const;

/** For how long the last known records of a store count that cannot be asked, where the policy does not say. */
export const DEFAULT_OFFLINE = 'P3D';

const effect = choice(EFFECTS);
const action = choice(ACTIONS);
const actions = some(choice([...ACTIONS, 'any']), 1);
const selectors = some(text('selector'), 1);
const noSelectors = some(text('selector'));
const covers = some(text('cover'), 1);
const destinations = some(text('destination'), 1);
const moment = text('moment');
const duration = text('duration');

const clause = optional(
  text('clause'),
  '"6.2"',
  'The clause of the agreement that this rests on, as a quoted string. Shown to people beside the rule.',
);
const contact = (whose: string) =>
  optional(text(), 'legal@north.example', `Whom to ask about ${whose}.`, "the agreement's contact");
const id = (noun: string, example: string) =>
  required(
    text('id'),
    example,
    `The name by which other entries, decisions and reports call this ${noun}. Letters, digits, dots, dashes and underscores.`,
  );

const agreement = entry('agreement', {
  id: required(text(), 'JDA-2026-014', 'The number or short name of the signed paper.'),
  title: required(text(), 'Joint Development Agreement, Schedule D', 'The title of the signed paper.'),
  from: optional(
    moment,
    '2026-01-15',
    'The first day in force. Clips every grant and waiver that would begin earlier.',
    'open',
  ),
  until: optional(
    moment,
    '2027-06-30',
    'The last day in force; a bare date includes the whole day. Clips every grant and waiver that would end later.',
    'open',
  ),
  zone: optional(
    text('zone'),
    'Europe/Berlin',
    "The time zone in which a bare date begins and ends, whatever zone the person's machine is in.",
    'UTC, with a warning when the policy writes a bare date',
  ),
  survives: optional(
    duration,
    'P5Y',
    'How long guardrails, walls and training outlive the end of the agreement.',
    'without limit',
  ),
  clauses: optional(
    map(text('clause'), text()),
    '{"3.2": Permitted use for integration, "6.2": No copying of source}',
    'The clauses that rules may cite, each with its heading. Once this is here, citing any other number is an error.',
    'any number may be cited',
  ),
  contact: optional(text(), 'legal-ip@helio.example', 'Whom to ask when a rule names nobody.', 'none, with a warning'),
  status: defaulted(
    choice(['live', 'suspended', 'ended']),
    'live',
    'suspended',
    '`suspended` puts every grant to sleep while the duties of confidentiality go on; `ended` ends the term now.',
  ),
  clause,
});

const party = entry('party', {
  id: id('party', 'north'),
  name: required(text(), 'Northlight Vision Inc.', "The company's full name."),
  role: optional(text(), 'camera supplier', 'What the company does in this co-build. Shown to people.'),
  competes: defaulted(some(text('id')), [], '[kestrel]', 'The parties that this one competes with.'),
  custodian: optional(text(), 'nina.legal@north.example', "The person who answers for this party's assets."),
  clause,
});

const member: EitherShape<
  TextShape,
  EntryShape<{
    person: ReturnType<typeof required<TextShape>>;
    from: ReturnType<typeof optional<TextShape>>;
    until: ReturnType<typeof optional<TextShape>>;
  }>,
  'person'
> = {
  kind: 'either',
  word: text('member'),
  lift: 'person',
  map: entry('member', {
    person: required(text('member'), 'mia@helio.example', 'An address, or a pattern of addresses.'),
    from: optional(moment, '2026-04-01', 'The first day in the team.', 'from the start'),
    until: optional(moment, '2026-03-31', 'The last day in the team.', 'to the end'),
  }),
};

const team = entry('team', {
  id: id('team', 'helio-fusion'),
  party: required(text('id'), 'helio', 'The party that the team belongs to.'),
  members: required(
    list(member),
    '[ana@helio.example, "*@safety.helio.example", {person: mia@helio.example, until: 2026-03-31}]',
    'The people in the team: addresses, patterns of addresses, or a person with the days between which they belong to it. ' +
      'Addresses compare without case. A `*` never reaches a sub-domain that the pattern does not spell out.',
  ),
  clause,
});

const ungranted: EitherShape<ChoiceShape<Effect>, MapShape<Action, ChoiceShape<Effect>>> = {
  kind: 'either',
  word: effect,
  map: map(action, effect),
};

const tier = entry('tier', {
  name: id('tier', 'restricted'),
  label: optional(
    text(),
    'HIGHLY CONFIDENTIAL - SOURCE CODE',
    'The legend that counsel uses for this tier. Shown to people in place of the name.',
    'the name',
  ),
  ungranted: defaulted(
    ungranted,
    'deny',
    '{view: warn, use: justify}',
    'What a recipient without a grant gets: one effect, or an effect for some actions, the others being denied.',
  ),
  named: defaulted(
    flag,
    false,
    'true',
    'Whether only people named one by one (`person:` without wildcards) can be given access.',
    '`false`; `true` for the built-in tier `sealed`',
  ),
  clause,
});

const asset = entry('asset', {
  id: id('asset', 'camera-net'),
  owner: required(
    some(text('id'), 1),
    'north',
    'The party that discloses the asset, or a list of parties that own it jointly.',
  ),
  tier: defaulted(text('id'), 'restricted', 'sealed', 'The tier of protection, one of `tiers`.'),
  paths: defaulted(
    some(text('pattern')),
    [],
    '["perception/camera/**", "!perception/camera/api/**"]',
    "Which files belong to the asset: patterns from the repository's root, `/` on every platform. `!` carves files out, " +
      'of this asset only and wherever it stands in the list.',
    'none: only regions marked in files belong to it',
  ),
  about: optional(text(), 'The perception network for the front camera.', 'What the asset is. Shown to people.'),
  tags: defaulted(some(text()), [], '[EAR99]', 'Short labels, such as an export classification. Shown to people.'),
  delegates: defaulted(flag, false, 'true', 'Whether a policy that extends this one may grant access to the asset.'),
  clause,
});

const wall = entry('wall', {
  id: id('wall', 'suppliers'),
  sides: required(
    list(
      entry('side', {
        name: id('side', 'camera'),
        who: required(selectors, '["party:north", tent-camera]', 'The people of this side.'),
        assets: required(some(text('id'), 1), '[camera-net, camera-weights]', 'The assets of this side.'),
      }),
      2,
    ),
    '[{name: camera, who: ["party:north"], assets: [camera-net]}, {name: radar, who: ["party:kestrel"], assets: [radar-track]}]',
    'Two or more sides. Nobody of one side touches the assets of another.',
  ),
  above: defaulted(noSelectors, [], '[helio-fusion]', 'The people who may stand over all sides.', 'nobody'),
  blocks: defaulted(actions, ['any'], '[view, edit, copy]', 'The actions that the wall blocks.'),
  cooling: optional(
    duration,
    'P180D',
    "How long somebody stays behind the wall after leaving the other side, or after last seeing the other side's assets.",
  ),
  waivable: defaulted(flag, false, 'true', 'Whether an approver may lift the wall for somebody.'),
  contact: contact('the wall'),
  clause,
});

const course = entry('course', {
  id: id('course', 'dt-2026'),
  title: required(text(), 'Developer terms', 'The title of the course.'),
  covers: required(covers, '["tier:confidential+"]', 'The assets that may not be touched without the course.'),
  actions: required(actions, '[edit, copy, export, prompt]', 'The actions that need the course.'),
  for: defaulted(selectors, ['everyone'], '[helio-fusion]', 'Whom the course binds.'),
  repeat: optional(duration, 'P1Y', 'How long a pass counts; after that the course is due again.', 'once is enough'),
  remind: optional(duration, 'P30D', 'How long before the due day people are reminded.', 'no reminder'),
  grace: optional(
    duration,
    'P14D',
    'How long an overdue refresher only warns. There is no grace before a first pass.',
    'none',
  ),
  since: optional(moment, '2026-03-01', 'Passes before this day no longer count, since the course changed.', 'none'),
  effect: defaulted(effect, 'deny', 'justify', 'What happens without a current pass.'),
  activity: optional(
    text('iri'),
    'https://learn.helio.example/courses/dt-2026',
    "The course's identifier in a learning record store, and the achievement of its badges.",
    'none: such records cannot name the course',
  ),
  formerly: defaulted(
    some(text()),
    [],
    '[dt-2025, "https://learn.helio.example/courses/dt-2025"]',
    'What else the course is called in records: earlier ids, identifiers in a record store, names in an export.',
  ),
  url: optional(text('link'), 'https://learn.helio.example/dt-2026', 'Where to take the course: an https link.'),
  minutes: optional(count, '8', 'How many minutes the course takes.'),
  lesson: optional(
    choice(['accepted']),
    'accepted',
    "Whether passing the editor's own lesson counts as passing the course.",
    'it does not count',
  ),
  waivable: defaulted(flag, false, 'true', 'Whether an approver may lift the course for somebody.'),
  contact: contact('the course'),
  clause,
});

const guardrail = entry('guardrail', {
  id: id('guardrail', 'no-supplier-copy'),
  covers: required(covers, '["tier:restricted+"]', 'The assets that the guardrail protects.'),
  actions: required(actions, '[copy, move]', 'The actions that it is about.'),
  effect: required(
    effect,
    'deny',
    'What happens: `warn` tells, `justify` asks for a reason, `deny` refuses, `allow` only carries duties.',
  ),
  what: required(
    text('sentence'),
    'Do not copy supplier source to another place.',
    'What must not be done, in a plain sentence. Quote it when it has a comma or a colon in it.',
  ),
  why: required(
    text('sentence'),
    '"The supplier licensed inspection, not reproduction."',
    'Why, in a plain sentence for an engineer.',
  ),
  instead: required(
    text('sentence'),
    'Call the published interface or ask the supplier for a header.',
    'What to do instead, in a plain sentence.',
  ),
  who: defaulted(
    selectors,
    ['recipients'],
    'everyone',
    'Whom it binds. `recipients` are all who are not of an owning party; `everyone` includes the owner.',
  ),
  except: defaulted(noSelectors, [], '["team:helio/legal-*"]', 'Whom it does not bind.', 'nobody'),
  into: optional(
    destinations,
    '["tool:*", "!tool:helio-onprem"]',
    'Only when the code goes to one of these places: a path pattern, `remote:HOST/PATH` or `tool:NAME`; `!` leaves one out. ' +
      'Where the destination is not known, the guardrail applies.',
    'anywhere',
  ),
  from: optional(moment, '2026-02-01', 'The first day it binds.', 'open'),
  until: optional(moment, '2026-12-31', 'The last day it binds.', 'open'),
  duties: defaulted(
    some(choice(DUTIES)),
    [],
    '[log, notify]',
    'What comes along with the effect: `log` records the act, `redact` replaces the words of `redact`, `notify` tells the ' +
      'contact, `attribute` asks for attribution.',
  ),
  waivable: defaulted(flag, true, 'false', 'Whether an approver may lift it for somebody.'),
  contact: contact('the guardrail'),
  clause,
});

const grant = entry('grant', {
  id: id('grant', 'fusion-camera'),
  to: required(selectors, '[helio-fusion]', 'The people who are permitted.'),
  covers: required(covers, '[camera-net]', 'The assets that they are permitted to touch.'),
  actions: required(actions, '[view, use]', 'What they may do. Granting any action except `use` also grants `view`.'),
  purpose: optional(
    some(text(), 1),
    '[integration]',
    'The purposes for which the grant holds. A person who has stated none is asked for one.',
    'any purpose',
  ),
  into: optional(
    destinations,
    '["perception/fusion/**"]',
    'Only when the code goes to one of these places. Does not limit `view`.',
    'anywhere',
  ),
  from: optional(moment, '2026-01-15', 'The first day it holds.', 'open'),
  until: optional(moment, '2026-06-30', 'The last day it holds.', 'the end of the agreement'),
  grace: optional(duration, 'P7D', 'How long after its end the grant still holds, with a warning.', 'none'),
  contact: contact('the grant'),
  clause,
});

const approver = entry('approver', {
  person: required(text('address'), 'nina.legal@north.example', 'The address of the person.'),
  party: required(text('id'), 'north', "The party on whose assets this person may waive rules, and on nobody else's."),
  keys: defaulted(
    some(text('sshkey')),
    [],
    'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIBWEwlUlVnyxnZ5y7JiaziMAPVFU/Qx+C8Zq5LQGBnJo',
    'The SSH public keys with which the person signs course registers.',
  ),
  clause,
});

const waiver = entry('waiver', {
  id: id('waiver', 'w-001'),
  lifts: required(
    some(text('id'), 1),
    '[no-supplier-copy]',
    'The guardrails, walls or courses that are lifted, by their id.',
  ),
  to: required(selectors, '["person:ben@helio.example"]', 'The people for whom they are lifted.'),
  covers: required(covers, '[camera-net]', 'The assets for which they are lifted.'),
  actions: required(actions, '[copy]', 'The actions for which they are lifted.'),
  into: optional(
    destinations,
    '["perception/fusion/tmp/**"]',
    'Only when the code goes to one of these places.',
    'anywhere',
  ),
  from: optional(moment, '2026-05-01', 'The first day of the waiver.', 'open'),
  until: required(moment, '2026-05-14', 'The last day of the waiver. There is no waiver without an end.'),
  by: required(
    text('address'),
    'nina.legal@north.example',
    'Who gave it: one of `approvers`, of a party that owns the assets, and not one of the people it is for.',
  ),
  reason: required(text(), 'One-off latency harness agreed on 29 April.', 'Why it was given.'),
  signed: required(moment, '2026-04-30', 'The day on which it was given.'),
  clause,
});

const parent = entry('parent policy', {
  path: required(text('path'), 'terms/group.yaml', "The parent's file, as a path from the repository's root."),
  sha256: required(
    text('sha256'),
    '3a6eb0790f39ac87c94f3856b2dd2c5d110e6811602261a9a923d3bb23adc8b7',
    'The SHA-256 of the file, in 64 lower-case hexadecimal digits: a parent that changed unseen is refused.',
  ),
});

/** A public key as a JWK writes it. Private parts and shared secrets have no place in a policy. */
const signingKey = entry('signing key', {
  kty: required(choice(['OKP', 'EC', 'RSA']), 'OKP', 'The kind of key: `OKP` (Ed25519), `EC` or `RSA`.'),
  crv: optional(choice(['Ed25519', 'P-256', 'P-384', 'P-521']), 'Ed25519', 'The curve of an `OKP` or `EC` key.'),
  x: optional(text(), '11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo', 'The first coordinate of an `OKP` or `EC` key.'),
  y: optional(text(), 'x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0', 'The second coordinate of an `EC` key.'),
  n: optional(text(), 'sXchDaQebHnPiGvyDOAT4saGEUetSyo9MKLOoWFsueri', 'The modulus of an `RSA` key.'),
  e: optional(text(), 'AQAB', 'The exponent of an `RSA` key.'),
  kid: optional(text(), 'key-2026', 'The name that badges call the key by.'),
});

const record = entry('record source', {
  kind: required(
    choice(['file', 'xapi', 'badge']),
    'file',
    'Where the records are: a register in a file, a learning record store (xAPI), or signed badges.',
  ),
  path: optional(
    some(text('path'), 1),
    'terms/training.csv',
    "`file`: the register, YAML or CSV, from the repository's root. `badge`: files with signed badges. Or a list of them.",
  ),
  columns: optional(
    entry('columns', {
      person: defaulted(text(), 'person', 'E-mail', "The column with the person's address."),
      course: defaulted(text(), 'course', 'Course id', "The column with the course's id."),
      passed: defaulted(text(), 'passed', 'Completed on', 'The column with the day or instant of the pass.'),
    }),
    '{person: E-mail, course: Course id, passed: Completed on}',
    '`file`: what an export calls its columns.',
    'person, course, passed',
  ),
  signed: defaulted(
    flag,
    false,
    'true',
    '`file`: whether the register counts only with the SSH signature of an approver beside it, in FILE.sig.',
  ),
  endpoint: optional(
    text('endpoint'),
    'https://lrs.helio.example/xapi/',
    '`xapi`: the address of the learning record store, below which `statements` lies. https only.',
  ),
  account: optional(
    entry('account', {
      home: required(text('iri'), 'https://learn.helio.example', 'The home page of the accounts.'),
      domain: optional(
        text('domain'),
        'helio.example',
        'The accounts are called by what stands before the @ of addresses in this domain, and nobody else has one.',
        'accounts are called by whole addresses',
      ),
    }),
    '{home: "https://learn.helio.example", domain: helio.example}',
    '`xapi`: people are known to the store by an account.',
    'by their address (`mbox`)',
  ),
  authority: defaulted(
    some(text('iri')),
    [],
    '["mailto:lms@helio.example", "https://learn.helio.example"]',
    "`xapi`: only statements that one of these vouches for count: a mailto: address, or the home page of the authority's account.",
    'every authority that the store accepts',
  ),
  courses: optional(some(text('id'), 1), '[dt-2026]', 'The courses that this source has records of.', 'all courses'),
  offline: optional(
    duration,
    'P7D',
    '`xapi`: for how long the last known records count while the store cannot be asked. After that nobody is known to have passed.',
    `\`${DEFAULT_OFFLINE}\``,
  ),
  issuer: optional(
    text('iri'),
    'https://learn.helio.example/issuer',
    '`badge`: the `issuer` that a badge has to name.',
  ),
  keys: defaulted(
    list(signingKey),
    [],
    '[{kty: OKP, crv: Ed25519, x: 11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo}]',
    '`badge`: the public keys of the issuer. Only these count, whatever key a badge names.',
  ),
  clause,
});

const raci = entry('responsibility', {
  task: required(text(), 'terms', 'What is to be done.'),
  responsible: defaulted(some(text()), [], 'product lead', 'Who does it.', 'nobody'),
  accountable: defaulted(some(text()), [], 'legal', 'Who answers for it.', 'nobody'),
  consulted: defaulted(some(text()), [], '[engineering]', 'Who is asked before.', 'nobody'),
  informed: defaulted(some(text()), [], '[field]', 'Who is told after.', 'nobody'),
});

const version: VersionShape = { kind: 'version' };

/** The shape of the whole file. */
export const policyLanguage = entry('policy', {
  version: required(version, '1', 'The version of the policy language.'),
  extends: defaulted(
    list(parent),
    [],
    '[{path: terms/group.yaml, sha256: 3a6eb0790f39ac87c94f3856b2dd2c5d110e6811602261a9a923d3bb23adc8b7}]',
    'Parent policies. This policy may add to them and tighten them, never loosen them.',
  ),
  agreement: required(agreement, '{id: JDA-2026-014, title: Joint Development Agreement}', 'The signed paper.'),
  parties: required(list(party, 1), '[{id: north, name: Northlight Vision Inc.}]', 'The companies that are bound.'),
  teams: defaulted(
    list(team),
    [],
    '[{id: north-core, party: north, members: [nia@north.example]}]',
    'The people of each company, in groups that rules can name.',
  ),
  tiers: defaulted(
    list(tier, 1),
    [
      { name: 'confidential', ungranted: 'deny', named: false },
      { name: 'restricted', ungranted: 'deny', named: false },
      { name: 'sealed', ungranted: 'deny', named: true },
    ],
    '[{name: confidential, label: CONFIDENTIAL}, {name: restricted, label: SOURCE CODE}]',
    'The levels of protection, lowest first. The order is the rank.',
    'confidential, restricted, sealed',
  ),
  defaults: defaulted(
    entry('defaults', {
      unlisted: defaulted(effect, 'allow', 'warn', 'The effect on code that no asset covers.'),
      unknown: defaulted(effect, 'deny', 'justify', 'The effect for a person who is in no team.'),
    }),
    { unlisted: 'allow', unknown: 'deny' },
    '{unlisted: allow, unknown: deny}',
    'What happens where no rule speaks.',
  ),
  markers: defaulted(
    entry('markers', {
      begin: defaulted(text('marker'), 'TERMS-BEGIN', 'TERMS-BEGIN', 'The word that opens a region.'),
      end: defaulted(text('marker'), 'TERMS-END', 'TERMS-END', 'The word that closes a region.'),
    }),
    { begin: 'TERMS-BEGIN', end: 'TERMS-END' },
    '{begin: TERMS-BEGIN, end: TERMS-END}',
    'The words of the markers that open and close a protected region inside a file.',
  ),
  assets: defaulted(
    list(asset),
    [],
    '[{id: camera-net, owner: north, paths: ["perception/camera/**"]}]',
    'What is protected, and whose it is.',
  ),
  walls: defaulted(
    list(wall),
    [],
    '[{id: suppliers, sides: [{name: camera, who: ["party:north"], assets: [camera-net]}, {name: radar, who: ["party:kestrel"], assets: [radar-track]}]}]',
    'Separations between people who work on rival assets.',
  ),
  training: defaulted(
    list(course),
    [],
    '[{id: dt-2026, title: Developer terms, covers: ["tier:confidential+"], actions: [edit]}]',
    'The courses that come before access.',
  ),
  identity: defaulted(
    choice(['git', 'github', 'microsoft']),
    'git',
    'github',
    "Who the editor takes a person to be: the address that git's `user.email` claims, or a signed-in account.",
  ),
  records: defaulted(list(record), [], '[{kind: file, path: terms/training.csv}]', 'Where course records come from.'),
  guardrails: defaulted(
    list(guardrail),
    [],
    '[{id: no-publication, covers: all, actions: publish, effect: deny, what: Do not publish., why: Nothing here is public., instead: Ask both legal contacts.}]',
    'What must not be done. A guardrail beats every grant.',
  ),
  grants: defaulted(
    list(grant),
    [],
    '[{id: fusion-camera, to: [helio-fusion], covers: [camera-net], actions: [view, use]}]',
    'The only source of permission for a recipient.',
  ),
  approvers: defaulted(
    list(approver),
    [],
    '[{person: nina.legal@north.example, party: north}]',
    'The people who may waive a rule.',
  ),
  waivers: defaulted(
    list(waiver),
    [],
    '[{id: w-001, lifts: [no-supplier-copy], to: ["person:ben@helio.example"], covers: [camera-net], actions: [copy], until: 2026-05-14, by: nina.legal@north.example, reason: Latency harness., signed: 2026-04-30}]',
    'Rules lifted for somebody, for a while. A waiver removes a prohibition; it never creates a permission.',
  ),
  redact: defaulted(
    list(
      entry('redaction', {
        find: required(text(), 'Project Lodestar', 'The word or phrase to replace.'),
        say: required(text(), 'the project', 'What to put in its place.'),
        clause,
      }),
    ),
    [],
    '[{find: Project Lodestar, say: the project}]',
    'The words that the duty `redact` replaces.',
  ),
  evidence: defaulted(
    entry('evidence', {
      record: defaulted(
        some(choice([...ACTIONS, 'any'])),
        [],
        '[view, edit, copy]',
        'The actions that are recorded.',
        'nothing',
      ),
      keep: optional(duration, 'P7Y', 'How long records are kept.', 'for ever'),
      share: defaulted(some(text('id')), [], '[north, helio]', 'The parties that may see the records.', 'nobody'),
      clause,
    }),
    { record: [], share: [] },
    '{record: [view, edit, copy], keep: P7Y, share: [north, helio]}',
    'What is written down. No code is ever recorded, only places and hashes.',
    'nothing is recorded, with a warning where an asset is above the lowest tier',
  ),
  breach: defaulted(
    entry('breach', {
      notify: defaulted(
        text('hours'),
        'PT72H',
        'PT24H',
        'How soon the contacts are told, counted from first knowledge.',
      ),
      contacts: defaulted(some(text('address')), [], '[legal-ip@helio.example]', 'Who is told.', 'nobody'),
      steps: defaulted(
        some(text()),
        [],
        '["Stop the export.", "Tell the contacts.", "Keep the evidence."]',
        'What to do, in order.',
      ),
      clause,
    }),
    { notify: 'PT72H', contacts: [], steps: [] },
    '{notify: PT24H, contacts: [legal-ip@helio.example]}',
    'What happens when code went where it must not.',
  ),
  review: defaulted(
    entry('review', {
      every: defaulted(duration, 'P6M', 'P3M', 'How often the policy is reviewed.'),
      next: optional(moment, '2026-04-15', 'The day of the next review. Once it has passed, a notice says so.'),
      raci: defaulted(
        list(raci),
        [],
        '[{task: terms, responsible: product lead, accountable: legal}]',
        'Who is responsible, accountable, consulted and informed.',
      ),
      clause,
    }),
    { every: 'P6M', raci: [] },
    '{every: P3M, next: 2026-04-15}',
    'When these terms are looked at again, and by whom.',
  ),
  exit: defaulted(
    entry('exit', {
      dispose: defaulted(duration, 'P30D', 'P60D', 'How long after the end the code has to be disposed of.'),
      certify: optional(text('address'), 'hanna.legal@helio.example', 'Who signs that it was disposed of.'),
      keep: defaulted(some(text()), [], '[backups]', 'What may be kept.', 'nothing'),
      clause,
    }),
    { dispose: 'P30D', keep: [] },
    '{dispose: P30D, certify: hanna.legal@helio.example}',
    'What happens to the code when the agreement ends.',
  ),
});

/** The content of a policy as the rest of the engine reads it: defaults filled in, every "one or several" a list. */
export type PolicyContent = ValueOf<typeof policyLanguage>;
export type Agreement = PolicyContent['agreement'];
export type Party = PolicyContent['parties'][number];
export type Team = PolicyContent['teams'][number];
export type Member = Team['members'][number];
export type Tier = PolicyContent['tiers'][number];
export type Asset = PolicyContent['assets'][number];
export type Wall = PolicyContent['walls'][number];
export type Course = PolicyContent['training'][number];
export type Guardrail = PolicyContent['guardrails'][number];
export type Grant = PolicyContent['grants'][number];
export type RecordSource = PolicyContent['records'][number];
export type SigningKey = RecordSource['keys'][number];
export type Approver = PolicyContent['approvers'][number];
export type Waiver = PolicyContent['waivers'][number];
