import assert from 'node:assert/strict';
import { decodePolicy } from '../../src/policy/decodePolicy.js';
import { parsePolicy } from '../../src/policy/parsePolicy.js';
import type { Problem } from '../../src/policy/Problem.js';
import { PROBLEM_CODES } from '../../src/policy/problemCodes.js';

/** A policy in which nothing is wrong; each case changes one thing. */
const base = `version: 1
agreement:
  id: JDA-1
  title: Joint Development
  from: 2026-01-15
  until: 2027-06-30
  zone: Europe/Berlin
  contact: legal@helio.example
parties:
  - {id: helio, name: Helio, competes: north}
  - {id: north, name: North}
teams:
  - {id: fusion, party: helio, members: [ana@helio.example]}
  - {id: core, party: north, members: [nia@north.example]}
tiers: [{name: confidential}, {name: restricted}, {name: sealed, named: true}]
assets:
  - {id: net, owner: north, paths: ["net/**"]}
  - {id: sealed-net, owner: north, tier: sealed, paths: ["sealed/**"]}
  - {id: own, owner: helio, paths: ["own/**"]}
walls:
  - id: apart
    sides:
      - {name: a, who: core, assets: net}
      - {name: b, who: fusion, assets: own}
training:
  - {id: basics, title: Basics, covers: net, actions: edit, repeat: P1Y}
guardrails:
  - {id: no-copy, covers: net, actions: copy, effect: deny, what: Stop., why: Law., instead: Ask.}
grants:
  - {id: reads, to: fusion, covers: net, actions: view, purpose: integration}
approvers: [{person: nia@north.example, party: north}]
waivers:
  - {id: w, lifts: no-copy, to: fusion, covers: net, actions: copy, until: 2026-12-31, by: nia@north.example, reason: Test., signed: 2026-04-30}
evidence: {record: view}
`;

const say = ({ code, range: { start, end }, message, fix }: Problem) =>
  `${code} ${start.line}:${start.column}-${end.line}:${end.column} ${message}${
    fix === undefined
      ? ''
      : ` [${fix.title} => ${fix.range.start.line}:${fix.range.start.column}-${fix.range.end.line}:${fix.range.end.column} ${fix.text}]`
  }`;

/** The base with `from` written as `to`. */
const changed = (from: string, to: string): string => {
  assert.ok(base.includes(from), from);
  return base.replace(from, () => to);
};

const ACTIVITY = ', activity: "urn:basics"';
/** The base with a source of records, whose course has `more`. */
const withRecords = (source: string, more = ''): string =>
  changed('repeat: P1Y}\n', `repeat: P1Y${more}}\nrecords: [${source}]\n`);

type Case = readonly [text: string, ...problems: string[]];
const cases: Readonly<Record<string, readonly Case[]>> = {
  'empty-file': [
    [
      '',
      'empty-file 1:1-1:1 The policy is empty. Begin with `version: 1`, then `agreement:`, `parties:`, `assets:` and `guardrails:`.',
    ],
    [
      '# nothing\n',
      'empty-file 1:1-1:1 The policy is empty. Begin with `version: 1`, then `agreement:`, `parties:`, `assets:` and `guardrails:`.',
    ],
  ],
  'unknown-version': [
    [
      changed('version: 1', 'version: 2'),
      'unknown-version 1:10-1:11 This is not a version of the policy language that is known here. Write `version: 1`. [Change to 1 => 1:10-1:11 1]',
    ],
  ],
  'wrong-type': [
    [
      changed('version: 1', 'version: "1"'),
      'wrong-type 1:10-1:13 Write the version as a number, without quotes: `version: 1`. [Change to 1 => 1:10-1:13 1]',
    ],
    [
      changed('name: North}', 'name: 2026}'),
      'wrong-type 11:23-11:27 Quote 2026: `name` takes a text, and without quotes YAML takes this for a number. [Put it in quotes => 11:23-11:27 "2026"]',
    ],
    [
      changed('named: true', 'named: yes'),
      'wrong-type 15:73-15:76 `named` takes `true` or `false`, without quotes. [Change to true => 15:73-15:76 true]',
    ],
    [
      changed('repeat: P1Y}', 'minutes: ten}'),
      'wrong-type 26:70-26:73 `minutes` takes a whole number above zero, without quotes.',
    ],
    [
      'version: 1\nagreement: [a]\nparties: {id: a, name: A}\n',
      'wrong-type 2:12-2:15 `agreement` takes keys with values: an agreement has `id`, `title`; this is a list.',
      'wrong-type 3:1-3:8 `parties` takes a list of parties. Begin each with `- `, or put them in [ ].',
    ],
  ],
  'unknown-key': [
    [
      changed('agreement:', 'agremeent:'),
      "unknown-key 2:1-2:10 There is no key `agremeent` here. Did you mean `agreement`? [Change to 'agreement' => 2:1-2:10 agreement]",
    ],
    [
      changed('effect: deny', 'efect: deny'),
      "unknown-key 28:47-28:52 There is no key `efect` here. Did you mean `effect`? [Change to 'effect' => 28:47-28:52 effect]",
    ],
    [
      changed('{name: sealed, named: true}', '{name: sealed, ungranted: {veiw: warn}, named: true, colour: red}'),
      "unknown-key 15:78-15:82 There is no key `veiw` here. Did you mean `view`? [Change to 'view' => 15:78-15:82 view]",
      'unknown-key 15:104-15:110 There is no key `colour` here. A tier has `name`, `label`, `ungranted`, `named`, `clause`.',
    ],
  ],
  'missing-key': [
    [withRecords('{kind: file}'), 'missing-key 27:12-27:16 A record source of kind `file` needs `path`. Add it.'],
    [
      changed(', why: Law.', ''),
      'missing-key 28:6-28:8 The guardrail `no-copy` has no `why`. Add it: Why, in a plain sentence for an engineer.',
    ],
    [
      changed('version: 1\n', ''),
      'missing-key 1:1-1:10 The policy has no `version`. Add it: The version of the policy language.',
    ],
  ],
  'unknown-word': [
    [
      changed('effect: deny', 'effect: denied'),
      "unknown-word 28:55-28:61 `denied` is not known here. Write one of allow, warn, justify, deny. Did you mean `deny`? [Change to 'deny' => 28:55-28:61 deny]",
    ],
    [
      changed('actions: edit', 'actions: [edit, cpoy]'),
      "unknown-word 26:62-26:66 `cpoy` is not known here. Write one of view, edit, copy, move, use, prompt, export, publish, unmark, any. Did you mean `copy`? [Change to 'copy' => 26:62-26:66 copy]",
    ],
  ],
  'empty-value': [
    [changed('title: Joint Development', 'title:'), 'empty-value 4:3-4:8 `title` has no value. Write one.'],
    [changed('instead: Ask.', 'instead: ""'), 'empty-value 28:94-28:96 `instead` has no value. Write one.'],
    [
      changed(
        'teams:\n  - {id: fusion, party: helio, members: [ana@helio.example]}\n  - {id: core, party: north, members: [nia@north.example]}\n',
        'teams:\n',
      ),
      'empty-value 12:1-12:6 `teams` has no value. Write one, or leave the key out.',
    ],
  ],
  'empty-list': [
    [
      changed('covers: net, actions: copy, effect', 'covers: [], actions: copy, effect'),
      'empty-list 28:27-28:29 `covers` is empty. Name at least one.',
    ],
    [
      changed('      - {name: b, who: fusion, assets: own}\n', ''),
      'empty-list 23:7-23:42 `sides` needs at least 2 entries.',
    ],
  ],
  'cut-sentence': [
    [
      changed('what: Stop.', 'what: Stop, now, please'),
      'cut-sentence 28:73-28:84 The comma before "now" cuts `what` in two. Quote the sentence. [Quote the sentence => 28:67-28:84 "Stop, now, please"]',
    ],
  ],
  'cut-by-hash': [
    [
      changed('  title: Joint Development', '  title: Joint Development #14'),
      'cut-by-hash 4:28-4:31 YAML takes this for a comment, so `title` ends before it. Quote the whole text, or put a space after the # if it is a comment. [Put it in quotes => 4:10-4:31 "Joint Development #14"]',
    ],
  ],
  'unquoted-clause': [
    [
      changed('title: Basics', 'title: Basics, clause: 4.10'),
      'unquoted-clause 26:41-26:45 Quote the clause number: "4.10". Without quotes YAML reads it as 4.1. [Put it in quotes => 26:41-26:45 "4.10"]',
    ],
    [
      changed(
        '  contact: legal@helio.example\n',
        '  contact: legal@helio.example\n  clauses: {7: Walls, 4.10: Training}\n',
      ),
      'unquoted-clause 9:13-9:14 Quote the clause number: "7". Without quotes YAML takes it for a number, and 4.10 becomes 4.1. [Put it in quotes => 9:13-9:14 "7"]',
      'unquoted-clause 9:23-9:27 Quote the clause number: "4.10". Without quotes YAML reads it as 4.1. [Put it in quotes => 9:23-9:27 "4.10"]',
      'no-clause 22:9-22:14 The wall `apart` cites no clause. Add `clause:` with the number it rests on.',
      'no-clause 27:10-27:16 The course `basics` cites no clause. Add `clause:` with the number it rests on.',
      'no-clause 29:10-29:17 The guardrail `no-copy` cites no clause. Add `clause:` with the number it rests on.',
      'no-clause 31:10-31:15 The grant `reads` cites no clause. Add `clause:` with the number it rests on.',
    ],
  ],
  'missing-space': [
    [
      changed('effect: deny', 'effect:deny'),
      'missing-space 28:47-28:54 Put a space behind the colon. Without it YAML sees no key. [Insert a space => 28:54-28:54  ]',
    ],
  ],
  'needs-quotes': [
    [
      changed('to: fusion, covers: net, actions: view', 'to: [*@helio.example], covers: net, actions: view'),
      'needs-quotes 30:22-30:37 Quote `*@helio.example`: YAML gives a * at its start another meaning. [Put it in quotes => 30:22-30:37 "*@helio.example"]',
      'bad-selector 30:22-30:37 `*@helio.example` is an address; say that it is a person: person:*@helio.example. [Change to person:*@helio.example => 30:22-30:37 "person:*@helio.example"]',
    ],
  ],
  'too-deep': [
    [
      changed(
        'evidence: {record: view}',
        'evidence: {record: [[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]}',
      ),
      'too-deep 34:49-34:50 Entries are nested more than 32 deep here. No policy needs that; look for a bracket too many.',
    ],
  ],
  'bad-id': [
    [
      changed('{id: net,', '{id: my net!,'),
      'bad-id 17:10-17:17 `my net!` cannot be an id. Use letters, digits, dots, dashes and underscores, beginning with a letter or digit. [Change to my-net => 17:10-17:17 my-net]',
      'unknown-asset 23:38-23:41 There is no asset `net`. There is `my net!`, `sealed-net`, `own`.',
      'unknown-asset 26:41-26:44 There is no asset `net`. There is `my net!`, `sealed-net`, `own`.',
      'unknown-asset 28:27-28:30 There is no asset `net`. There is `my net!`, `sealed-net`, `own`.',
      'unknown-asset 30:37-30:40 There is no asset `net`. There is `my net!`, `sealed-net`, `own`.',
      'unknown-asset 33:49-33:52 There is no asset `net`. There is `my net!`, `sealed-net`, `own`.',
    ],
    [
      changed('{id: fusion, party', '{id: everyone, party'),
      'bad-id 13:10-13:18 `everyone` is a word of the language. Choose another id.',
      'unknown-team 24:24-24:30 There is no team `fusion`. There is `everyone`, `core`.',
      'unknown-team 30:21-30:27 There is no team `fusion`. There is `everyone`, `core`.',
      'unknown-team 33:33-33:39 There is no team `fusion`. There is `everyone`, `core`.',
    ],
  ],
  'duplicate-id': [
    [
      changed('{id: own, owner', '{id: net, owner'),
      'duplicate-id 19:10-19:13 There is an asset `net` already, on line 17. Give this one another id.',
      'unknown-asset 24:40-24:43 There is no asset `own`. There is `net`, `sealed-net`.',
    ],
    [
      changed('{name: b, who', '{name: a, who'),
      'duplicate-id 24:16-24:17 This wall has a side `a` already. Give this one another name.',
    ],
  ],
  'bad-date': [
    [
      changed('from: 2026-01-15', 'from: 2026-02-30'),
      'bad-date 5:9-5:19 `2026-02-30` is no day of the calendar. Correct the month or the day.',
    ],
    [
      changed('from: 2026-01-15', 'from: 2026/1/5'),
      'bad-date 5:9-5:17 Write `2026/1/5` as 2026-01-05. [Change to 2026-01-05 => 5:9-5:17 2026-01-05]',
    ],
    [
      changed('from: 2026-01-15', 'from: 2026-01-15T10:00'),
      'bad-date 5:9-5:25 `2026-01-15T10:00` has a time but no offset, so it names no instant. Add Z or an offset such as +02:00, or write the day alone.',
    ],
    [
      changed('from: 2026-01-15', 'from: next week'),
      'bad-date 5:9-5:18 `next week` is no date. Write a day as 2026-06-30, or an instant with its offset as 2026-06-30T12:00:00+02:00.',
    ],
  ],
  'bad-duration': [
    [
      changed('repeat: P1Y', 'repeat: P1DT2H'),
      'bad-duration 26:69-26:75 `P1DT2H` mixes days and hours, which are counted differently. Write whole days (P2D) or hours alone (PT48H).',
    ],
    [
      changed('repeat: P1Y', 'repeat: 30 days'),
      'bad-duration 26:69-26:76 Write `30 days` as P30D. [Change to P30D => 26:69-26:76 P30D]',
    ],
    [
      changed('repeat: P1Y', 'repeat: p1y'),
      'bad-duration 26:69-26:72 Write `p1y` in capitals. [Change to P1Y => 26:69-26:72 P1Y]',
    ],
    [
      changed('repeat: P1Y', 'repeat: PT30M'),
      'bad-duration 26:69-26:74 `PT30M` is too fine. The smallest unit is the hour, as in PT72H.',
    ],
    [
      changed('repeat: P1Y', 'repeat: yearly'),
      'bad-duration 26:69-26:75 `yearly` is no duration. Write P30D, P2W, P6M or P1Y, or hours as PT72H.',
    ],
    [
      changed('evidence: {record: view}', 'evidence: {record: view}\nbreach: {notify: P3D}'),
      'bad-duration 35:18-35:21 `P3D` is not a number of hours. Write it like PT72H.',
    ],
  ],
  'bad-zone': [
    [
      changed('Europe/Berlin', 'Europe/Berlinn'),
      'bad-zone 7:9-7:23 `Europe/Berlinn` is no time zone. Write its IANA name, such as Europe/Berlin or UTC.',
    ],
    [
      changed('Europe/Berlin', '"+02:00"'),
      'bad-zone 7:9-7:17 `+02:00` is no time zone. Write its IANA name, such as Europe/Berlin or UTC.',
    ],
  ],
  'bad-address': [
    [
      changed('members: [ana@helio.example]', 'members: [Ana <ana@helio.example>, ben]'),
      'bad-address 13:42-13:65 Write the address alone: ana@helio.example. [Change to ana@helio.example => 13:42-13:65 ana@helio.example]',
      'bad-address 13:67-13:70 `ben` is no address. Write it like ana@helio.example.',
    ],
    [
      changed('by: nia@north.example', 'by: "*@north.example"'),
      'bad-address 33:92-33:109 `*@north.example` is a pattern. Name one person here.',
    ],
  ],
  'bad-selector': [
    [
      changed(
        'to: fusion, covers: net, actions: view',
        'to: [ana@helio.example, "team:helio", "group:x"], covers: net, actions: view',
      ),
      'bad-selector 30:22-30:39 `ana@helio.example` is an address; say that it is a person: person:ana@helio.example. [Change to person:ana@helio.example => 30:22-30:39 person:ana@helio.example]',
      'bad-selector 30:41-30:53 `team:helio` is incomplete. Write team:PARTY/PATTERN, such as team:helio/tent-*; one team alone is written by its id.',
      'bad-selector 30:55-30:64 `group:x` selects nobody. Write a team id, team:PARTY/PATTERN, party:ID, person:ADDRESS, everyone or recipients.',
    ],
  ],
  'bad-cover': [
    [
      changed('covers: net, actions: view', 'covers: [net/**, "tier:"], actions: view'),
      'bad-cover 30:38-30:44 `net/**` looks like a path. Give these files to an asset by its paths, and name the asset here.',
      'bad-cover 30:46-30:53 `tier:` covers nothing. Write an asset id, tier:NAME, tier:NAME+ (that tier and above) or all.',
    ],
  ],
  'bad-destination': [
    [
      changed(
        'actions: view, purpose',
        'actions: view, into: ["tool:", "remote:https://git.example/x", "disk:x", ../x], purpose',
      ),
      'bad-destination 30:64-30:71 `tool:` names no place. Write tool:NAME.',
      'bad-destination 30:73-30:103 Write the remote without its protocol: remote:git.example/x. [Change to remote:git.example/x => 30:73-30:103 "remote:git.example/x"]',
      'bad-destination 30:105-30:113 `disk:` is no kind of place. Write a path pattern, remote:HOST/PATH or tool:NAME.',
      'bad-destination 30:115-30:119 `../x`: `..` leads out of the repository.',
    ],
  ],
  'bad-pattern': [
    [
      changed(
        '["own/**"]',
        '[/own/**, own/, "own\\\\x", "../x", "{a,b}{a,b}{a,b}{a,b}{a,b}{a,b}{a,b}", "+(a|+(b))", "{1..5000}"]',
      ),
      'bad-pattern 19:37-19:44 `/own/**`: patterns begin at the root of the repository; leave the first `/` out.',
      'bad-pattern 19:46-19:50 `own/`: it names a folder. Add `**` to mean the files in it.',
      'bad-pattern 19:52-19:60 `own\\x`: use `/` between folders, on every platform.',
      'bad-pattern 19:62-19:68 `../x`: `..` leads out of the repository.',
      'bad-pattern 19:70-19:107 `{a,b}{a,b}{a,b}{a,b}{a,b}{a,b}{a,b}`: its braces stand for more than 64 patterns. Split it into several.',
      'bad-pattern 19:109-19:120 `+(a|+(b))`: a group inside a group, such as `+(a|*(b))`, takes too long to match. Write the cases out.',
      'bad-pattern 19:122-19:133 `{1..5000}`: its braces stand for more than 64 patterns. Split it into several.',
    ],
  ],
  'bad-marker': [
    [
      changed('evidence:', 'markers: {begin: "TERMS BEGIN", end: X}\nevidence:'),
      'bad-marker 34:18-34:31 `TERMS BEGIN` cannot be a marker. Use one word of 3 to 64 characters without spaces or "=".',
      'bad-marker 34:38-34:39 `X` cannot be a marker. Use one word of 3 to 64 characters without spaces or "=".',
    ],
    [
      changed('evidence:', 'markers: {begin: TERMS, end: TERMS-END}\nevidence:'),
      'bad-marker 34:10-34:40 The marker words `TERMS` and `TERMS-END` cannot be told apart: neither may contain the other, or TERMS-FILE. Choose two different words.',
    ],
  ],
  'bad-link': [
    [
      changed('repeat: P1Y', 'repeat: P1Y, url: "http://learn.example/x"'),
      'bad-link 26:79-26:103 `http://learn.example/x` is not encrypted. Use https. [Change to https://learn.example/x => 26:79-26:103 "https://learn.example/x"]',
    ],
    [
      changed('repeat: P1Y', 'repeat: P1Y, url: learn.example'),
      'bad-link 26:79-26:92 `learn.example` is no link. Write it in full, beginning with https://.',
    ],
  ],
  'bad-iri': [
    [
      changed('repeat: P1Y', 'repeat: P1Y, activity: course seven'),
      'bad-iri 26:84-26:96 `course seven` is no absolute IRI. Write the whole identifier, such as https://learn.example/courses/terms.',
    ],
  ],
  'bad-hash': [
    [
      changed('version: 1\n', 'version: 1\nextends: [{path: a.yaml, sha256: ABC}]\n'),
      'parents-not-read 2:1-2:8 This policy extends others and means nothing without them. Read it together with its parents.',
      'bad-hash 2:34-2:37 A SHA-256 is 64 hexadecimal digits. `sha256sum FILE` prints it.',
    ],
  ],
  'bad-path': [
    [
      changed(
        'version: 1\n',
        'version: 1\nextends: [{path: ../a.yaml, sha256: 3a6eb0790f39ac87c94f3856b2dd2c5d110e6811602261a9a923d3bb23adc8b7}]\n',
      ),
      'parents-not-read 2:1-2:8 This policy extends others and means nothing without them. Read it together with its parents.',
      'bad-path 2:18-2:27 `../a.yaml` has to be a path inside the repository, from its root, with `/` between folders.',
    ],
  ],
  'from-after-until': [
    [
      changed('until: 2026-12-31', 'from: 2027-01-01, until: 2026-12-31'),
      'from-after-until 33:94-33:104 This waiver ends on 31 December 2026, before it begins on 1 January 2027. Correct one of the dates.',
    ],
    [
      changed('until: 2027-06-30', 'until: 2025-06-30'),
      'from-after-until 6:10-6:20 This agreement ends on 30 June 2025, before it begins on 15 January 2026. Correct one of the dates.',
    ],
  ],
  'unknown-party': [
    [
      changed('owner: helio,', 'owner: [helio, nroth],'),
      "unknown-party 19:30-19:35 There is no party `nroth`. Did you mean `north`? [Change to 'north' => 19:30-19:35 north]",
    ],
    [
      changed('party: north}]', 'party: kestrel}]'),
      'unknown-party 31:48-31:55 There is no party `kestrel`. There is `helio`, `north`.',
    ],
    [
      changed('competes: north', 'competes: helio'),
      'unknown-party 10:40-10:45 `helio` cannot compete with itself. Name the rival.',
    ],
  ],
  'unknown-team': [
    [
      changed('who: core', 'who: [core, fuson, north, evryone]'),
      "unknown-team 23:31-23:36 There is no team `fuson`. Did you mean `fusion`? [Change to 'fusion' => 23:31-23:36 fusion]",
      "unknown-team 23:38-23:43 `north` is a party, not a team. Write party:north to mean everybody in its teams. [Change to 'party:north' => 23:38-23:43 party:north]",
      "unknown-team 23:45-23:52 There is no team `evryone`. Did you mean `everyone`? [Change to 'everyone' => 23:45-23:52 everyone]",
    ],
  ],
  'unknown-tier': [
    [
      changed('owner: helio,', 'owner: helio, tier: restrcted,'),
      "unknown-tier 19:35-19:44 There is no tier `restrcted`. Did you mean `restricted`? [Change to 'restricted' => 19:35-19:44 restricted]",
    ],
    [
      changed('covers: net, actions: edit', 'covers: ["tier:top+"], actions: edit'),
      'unknown-tier 26:42-26:53 There is no tier `top`. There is `confidential`, `restricted`, `sealed`.',
    ],
    [
      changed('{name: restricted}, ', ''),
      "unknown-tier 17:6-17:8 This asset names no tier, and the default `restricted` is not among this policy's tiers. Add `tier:` with one of confidential, sealed.",
      "unknown-tier 19:6-19:8 This asset names no tier, and the default `restricted` is not among this policy's tiers. Add `tier:` with one of confidential, sealed.",
    ],
  ],
  'unknown-asset': [
    [
      changed('assets: own}', 'assets: [own, nett]}'),
      "unknown-asset 24:46-24:50 There is no asset `nett`. Did you mean `net`? [Change to 'net' => 24:46-24:50 net]",
    ],
    [
      changed('covers: net, actions: edit', 'covers: restricted, actions: edit'),
      "unknown-asset 26:41-26:51 `restricted` is a tier, not an asset. Write tier:restricted, or tier:restricted+ for that tier and above. [Change to 'tier:restricted' => 26:41-26:51 tier:restricted]",
    ],
  ],
  'unknown-rule': [
    [
      changed('lifts: no-copy', 'lifts: [no-copy, no-cpy]'),
      "unknown-rule 33:30-33:36 There is no guardrail, wall or course `no-cpy`. Did you mean `no-copy`? [Change to 'no-copy' => 33:30-33:36 no-copy]",
    ],
  ],
  'unknown-clause': [
    [
      changed(
        '  contact: legal@helio.example\n',
        '  contact: legal@helio.example\n  clauses: {"1.1": Scope}\n  clause: "1.2"\n',
      ),
      "unknown-clause 10:11-10:16 Clause 1.2 is not among the agreement's clauses. Did you mean 1.1? [Change to '1.1' => 10:11-10:16 \"1.1\"]",
      'no-clause 23:9-23:14 The wall `apart` cites no clause. Add `clause:` with the number it rests on.',
      'no-clause 28:10-28:16 The course `basics` cites no clause. Add `clause:` with the number it rests on.',
      'no-clause 30:10-30:17 The guardrail `no-copy` cites no clause. Add `clause:` with the number it rests on.',
      'no-clause 32:10-32:15 The grant `reads` cites no clause. Add `clause:` with the number it rests on.',
    ],
  ],
  'ambiguous-lift': [
    [
      changed('{id: basics,', '{id: no-copy,'),
      'ambiguous-lift 33:20-33:27 `no-copy` is a guardrail and a course. Give them different ids, so that it is plain what is lifted.',
    ],
  ],
  'wall-overlap': [
    [
      changed('assets: own}', 'assets: [own, net]}'),
      'wall-overlap 24:46-24:49 `net` stands on two sides of this wall, `a` and `b`. Leave it on one of them.',
    ],
    [
      changed('who: fusion', 'who: [fusion, core]'),
      'wall-overlap 24:33-24:37 `core` stands on two sides of this wall, `a` and `b`. Leave it on one of them.',
    ],
  ],
  'too-many-patterns': [
    [
      changed('["own/**"]', `[${Array.from({ length: 1001 }, (_, at) => `a${at}`).join(', ')}]`),
      'too-many-patterns 19:29-19:34 The asset `own` has more than 1000 path patterns. Use wider patterns, such as folder/**.',
    ],
  ],
  'two-parties': [
    [
      changed('members: [nia@north.example]', 'members: [nia@north.example, Ana@helio.example]'),
      'two-parties 14:59-14:76 Ana@helio.example is of two parties at the same time: of helio in fusion (line 13) and of north in core. Give one membership an end, or delete it.',
    ],
    [
      changed('members: [nia@north.example]', 'members: [nia@north.example, "a*@*.example"]'),
      'two-parties 14:59-14:73 ana@helio.example is, through `a*@*.example`, of two parties at the same time: of helio in fusion (line 13) and of north in core. Give one membership an end, or delete it.',
    ],
    [
      changed('members: [ana@helio.example]', 'members: [ana@helio.example, "*@north.example"]'),
      'two-parties 14:40-14:57 nia@north.example is, through `*@north.example`, of two parties at the same time: of helio in fusion (line 13) and of north in core. Give one membership an end, or delete it.',
    ],
  ],
  'parents-not-read': [
    [
      changed(
        'version: 1\n',
        'version: 1\nextends: [{path: a.yaml, sha256: 3a6eb0790f39ac87c94f3856b2dd2c5d110e6811602261a9a923d3bb23adc8b7}]\n',
      ),
      'parents-not-read 2:1-2:8 This policy extends others and means nothing without them. Read it together with its parents.',
    ],
  ],
  'repeated-entry': [
    [
      changed('["own/**"]', '["own/**", "own/**"]'),
      'repeated-entry 19:47-19:55 `own/**` stands in this list already. Delete it.',
    ],
  ],
  'outside-agreement': [
    [
      changed('purpose: integration', 'purpose: integration, from: 2027-07-01'),
      'outside-agreement 30:85-30:95 This grant is never in force: the agreement ends on 30 June 2027. Correct the dates or delete it.',
    ],
    [
      changed('purpose: integration', 'purpose: integration, until: 2026-01-14'),
      'outside-agreement 30:86-30:96 This grant is never in force: the agreement begins on 15 January 2026. Correct the dates or delete it.',
    ],
  ],
  clipped: [
    [
      changed('purpose: integration', 'purpose: integration, until: 2028-01-01'),
      'clipped 30:86-30:96 The agreement ends on 30 June 2027, and this grant ends with it.',
    ],
  ],
  'only-exclusions': [
    [
      changed('["own/**"]', '["!own/x/**"]'),
      'only-exclusions 19:36-19:49 `own` only carves files out, so no file belongs to it by its path. Add a pattern without `!`.',
    ],
  ],
  'covers-nothing': [
    [
      changed('covers: net, actions: edit', 'covers: "tier:confidential", actions: edit'),
      'covers-nothing 26:41-26:60 No asset is covered by this course. Correct `covers`, or add the asset.',
    ],
  ],
  'selects-nobody': [
    [
      changed('who: fusion', 'who: [fusion, "team:helio/x-*"]'),
      'selects-nobody 24:33-24:49 `team:helio/x-*` means no team, so the side `b` of the wall reaches nobody by it. Correct it, or add the team.',
    ],
  ],
  'unknown-person': [
    [
      changed(
        'to: fusion, covers: net, actions: view',
        'to: [fusion, "person:bob@helio.example"], covers: net, actions: view',
      ),
      'unknown-person 30:30-30:56 bob@helio.example is in no team, so this selects nobody of any party. Correct the address, or add the person to a team.',
    ],
  ],
  'binds-nobody': [
    [
      changed('instead: Ask.', 'instead: Ask., except: [recipients]'),
      'binds-nobody 28:108-28:120 `except` takes away everybody whom `no-copy` binds. Narrow it, or delete the guardrail.',
    ],
    [
      changed('owner: north, paths: ["net/**"]', 'owner: [north, helio], paths: ["net/**"]'),
      'no-wall 10:40-10:45 `helio` and `north` compete and both disclose assets, but no wall stands between these. Add one under `walls`.',
      'binds-nobody 28:10-28:17 `no-copy` binds recipients, but every party owns what it covers, so there are none. Write `who: everyone` to bind the owners.',
    ],
  ],
  'not-named': [
    [
      changed('covers: net, actions: view', 'covers: [net, sealed-net], actions: view'),
      'not-named 30:21-30:27 `fusion` gives nobody this grant for `sealed-net`: in the tier `sealed` people count only when they are named one by one. Write person:ADDRESS for each.',
    ],
  ],
  'void-waiver': [
    [
      changed('by: nia@north.example', 'by: ana@helio.example'),
      'void-waiver 33:92-33:109 The waiver `w` is void: ana@helio.example is none of the approvers.',
    ],
    [
      changed(
        'to: fusion, covers: net, actions: copy',
        'to: [fusion, "person:nia@north.example"], covers: [net, own], actions: copy',
      ),
      'void-waiver 33:129-33:146 The waiver `w` is void for `own`: nia@north.example approves for north, and the asset belongs to helio.',
      'void-waiver 33:129-33:146 The waiver `w` is void for nia@north.example: nobody waives a rule for themselves.',
    ],
    [
      changed('lifts: no-copy', 'lifts: [no-copy, apart]'),
      'void-waiver 33:30-33:35 The waiver `w` is void for `apart`, which cannot be waived. Only its owner can change that, with `waivable: true`.',
    ],
  ],
  'purpose-free': [
    [
      changed('approvers', '  - {id: wide, to: "party:helio", covers: "tier:restricted", actions: [edit]}\napprovers'),
      'purpose-free 30:66-30:77 The purpose is never asked for on `net`: the grant `wide` (line 31) gives the same people the same without a purpose. Narrow one of the two.',
    ],
  ],
  'no-repeat': [
    [
      changed('repeat: P1Y', 'grace: P14D'),
      'no-repeat 26:68-26:72 `grace` has no effect: the course never falls due again. Add `repeat`.',
    ],
  ],
  'long-reminder': [
    [
      changed('repeat: P1Y', 'repeat: P1M, remind: P40D'),
      'long-reminder 26:82-26:86 People are reminded for as long as the pass counts. Make `remind` shorter than `repeat`.',
    ],
  ],
  'bad-endpoint': [
    [
      withRecords('{kind: xapi, endpoint: "http://lrs.example/", courses: []}'),
      'bad-endpoint 27:34-27:55 `http://lrs.example/` is not encrypted, and credentials are sent there. Use https.',
      'empty-list 27:66-27:68 `courses` is empty. Name at least one.',
    ],
    [
      withRecords('{kind: xapi, endpoint: "https://me:pw@lrs.example/"}', ACTIVITY),
      'bad-endpoint 27:34-27:62 An endpoint has no name, password, `?` or `#` in it. Write its address alone; credentials are asked for.',
    ],
    [
      withRecords('{kind: xapi, endpoint: lrs.example}', ACTIVITY),
      'bad-endpoint 27:34-27:45 `lrs.example` is no address of a record store. Begin with https://.',
    ],
  ],
  'bad-ssh-key': [
    [
      changed('party: north}]', 'party: north, keys: ssh-dss AAAA}]'),
      'bad-ssh-key 31:61-31:73 `ssh-dss AAAA` is no SSH public key. Copy the line of the .pub file: ssh-ed25519 AAAA….',
    ],
    [
      changed('party: north}]', 'party: north, keys: "-----BEGIN OPENSSH PRIVATE KEY-----"}]'),
      'bad-ssh-key 31:61-31:98 This is a private key, which is now known to all who read this. Replace it, and write the public key (.pub).',
    ],
    [
      changed('party: north}]', 'party: north, keys: ssh-dss AAAAB3NzaC1kc3MAAAAA}]'),
      'bad-ssh-key 31:61-31:89 Signatures of the kind ssh-dss cannot be checked here. Use one of ssh-ed25519, ecdsa-sha2-nistp256, ecdsa-sha2-nistp384, ecdsa-sha2-nistp521, ssh-rsa.',
    ],
  ],
  'bad-signing-key': [
    [
      withRecords(
        '{kind: badge, issuer: "urn:i", keys: [{kty: EC, crv: Ed25519, x: a, y: b}, {kty: OKP, crv: Ed25519}, {kty: RSA, n: "a+b", e: AQAB}]}',
        ACTIVITY,
      ),
      'bad-signing-key 27:49-27:84 A signing key with `kty: EC` has one of the curves P-256, P-384, P-521. Correct it.',
      'bad-signing-key 27:86-27:110 A signing key with `kty: OKP` needs `x`. Correct it.',
      'bad-signing-key 27:112-27:141 A signing key with `kty: RSA` is written in base64url. Correct it.',
    ],
  ],
  'unknown-course': [
    [
      withRecords('{kind: file, path: r.csv, courses: [basic]}'),
      'unknown-course 27:47-27:52 There is no course `basic`. Did you mean `basics`?',
    ],
    [
      withRecords('{kind: file, path: r.csv, courses: [zzz]}'),
      'unknown-course 27:47-27:50 There is no course `zzz`. Name courses of `training`.',
    ],
  ],
  'needless-key': [
    [
      withRecords('{kind: file, path: r.csv, endpoint: "https://lrs.example/"}'),
      'needless-key 27:37-27:45 `endpoint` has no effect on a record source of kind `file`. Delete it.',
    ],
  ],
  'no-activity': [
    [
      withRecords('{kind: xapi, endpoint: "https://lrs.example/"}'),
      "no-activity 26:10-26:16 The record store under `records` cannot name `basics`. Add its `activity`, or leave the course out of that source's `courses`.",
    ],
  ],
  'no-signer': [
    [
      withRecords('{kind: file, path: r.csv, signed: true}'),
      'no-signer 27:45-27:49 No approver has `keys`, so that nobody can sign this register and it counts for nothing. Add the SSH public key of an approver.',
    ],
  ],
  'no-wall': [
    [
      changed(
        'walls:\n  - id: apart\n    sides:\n      - {name: a, who: core, assets: net}\n      - {name: b, who: fusion, assets: own}\n',
        '',
      ),
      'no-wall 10:40-10:45 `helio` and `north` compete and both disclose assets, but no wall stands between these. Add one under `walls`.',
    ],
  ],
  'foreign-approver': [
    [
      changed(
        '{person: nia@north.example, party: north}',
        '{person: nia@north.example, party: north}, {person: ana@helio.example, party: north}',
      ),
      'foreign-approver 31:91-31:96 ana@helio.example is in `fusion`, a team of helio, but approves for north. Name somebody of north.',
    ],
  ],
  'nothing-to-redact': [
    [
      changed('instead: Ask.', 'instead: Ask., duties: redact'),
      'nothing-to-redact 28:108-28:114 The duty `redact` has no words to replace. List them under `redact`.',
    ],
  ],
  'no-zone': [
    [
      changed('  zone: Europe/Berlin\n', ''),
      'no-zone 2:1-2:10 The agreement names no time zone, so every bare date is a day in UTC. Add `zone:`, such as Europe/Berlin.',
    ],
  ],
  'no-contact': [
    [
      changed('  contact: legal@helio.example\n', ''),
      'no-contact 2:1-2:10 Where a rule names nobody, there is nobody to ask. Add `contact:` with an address.',
    ],
  ],
  'no-clause': [
    [
      changed('  contact: legal@helio.example\n', '  contact: legal@helio.example\n  clauses: {"1.1": Scope}\n'),
      'no-clause 22:9-22:14 The wall `apart` cites no clause. Add `clause:` with the number it rests on.',
      'no-clause 27:10-27:16 The course `basics` cites no clause. Add `clause:` with the number it rests on.',
      'no-clause 29:10-29:17 The guardrail `no-copy` cites no clause. Add `clause:` with the number it rests on.',
      'no-clause 31:10-31:15 The grant `reads` cites no clause. Add `clause:` with the number it rests on.',
    ],
  ],
  'no-evidence': [
    [
      changed('evidence: {record: view}\n', ''),
      'no-evidence 17:10-17:13 `net` is in the tier `restricted`, and nothing is recorded. Name the actions to record under `evidence`, such as `record: [view, edit, copy]`.',
    ],
  ],
};

/** Codes that other tests look at, since they need bytes, YAML mistakes, parents, a day or a tree. */
const elsewhere = new Set([
  ...['not-utf8', 'unreadable', 'yaml-syntax', 'tab', 'unclosed', 'duplicate-key', 'anchor', 'alias', 'tag'],
  ...['several-documents', 'directive', 'indentation', 'bad-escape', 'bad-key'],
  ...['missing-parent', 'parent-hash', 'parent-cycle', 'parent-invalid', 'loosens-parent', 'replaces-parent'],
  ...['grant-over', 'waiver-over', 'guardrail-over', 'agreement-over', 'review-overdue'],
  ...['pattern-matches-nothing', 'asset-matches-nothing', 'rule-matches-nothing'],
]);

describe('every problem code', () => {
  it('begins from a policy without a problem', () => {
    assert.deepEqual(parsePolicy(base).problems.map(say), []);
  });

  it('has a test', () => {
    const tested = new Set([...Object.keys(cases), ...elsewhere, 'too-large', 'too-many-parents', 'too-many-problems']);
    assert.deepEqual(
      Object.keys(PROBLEM_CODES).filter((code) => !tested.has(code)),
      [],
    );
  });

  for (const [code, list] of Object.entries(cases)) {
    it(`${code} is told at its place, with what to change`, () => {
      for (const [text, ...expected] of list) {
        const { policy, problems } = parsePolicy(text);
        assert.deepEqual(problems.map(say), expected);
        assert.ok(problems.some((problem) => problem.code === code));
        assert.equal(
          policy === undefined,
          problems.some(({ severity }) => severity === 'error'),
        );
      }
    });
  }

  it('too-large is told of a text and of bytes', () => {
    const large = `${base}# ${'x'.repeat(1024 * 1024)}\n`;
    assert.deepEqual(parsePolicy(large).problems.map(say), [
      'too-large 1:1-1:1 The policy is over 1 MiB. Keep it under 1 MiB; move parts into a policy that it extends.',
    ]);
    assert.ok('problem' in decodePolicy(new TextEncoder().encode(large)));
  });

  it('too-many-problems ends a list that nobody would read', () => {
    const { problems } = parsePolicy(`${base}redact:\n${'  - {find: x}\n'.repeat(800)}`);
    assert.equal(problems.length, 501);
    assert.equal(problems.at(-1)?.message, 'There are 300 more problems. Mend the ones above first.');
  });

  it('is mended by its fix: what the fix writes no longer has the problem', () => {
    let mended = 0;
    for (const [text] of Object.values(cases).flat()) {
      for (const { code, range, fix } of parsePolicy(text).problems) {
        if (fix === undefined) continue;
        const lines = text.split('\n');
        const offset = ({ line, column }: { line: number; column: number }) =>
          lines.slice(0, line - 1).reduce((sum, each) => sum + each.length + 1, 0) + column - 1;
        const after = text.slice(0, offset(fix.range.start)) + fix.text + text.slice(offset(fix.range.end));
        const left = parsePolicy(after).problems.filter(
          (problem) =>
            problem.code === code &&
            problem.range.start.line === range.start.line &&
            problem.range.start.column === range.start.column,
        );
        assert.deepEqual(left.map(say), [], after);
        mended += 1;
      }
    }
    assert.ok(mended > 15, String(mended));
  });
});
