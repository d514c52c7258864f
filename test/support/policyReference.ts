/** The page `docs/policy-reference.md`, written from the description of the language and the catalogue of problems. */
import { policyLanguage } from '../../src/policy/language.js';
import { PROBLEM_CODES } from '../../src/policy/problemCodes.js';
import type { Field, Fields, Shape, TextSort } from '../../src/policy/shape.js';
import { completePolicy } from './completePolicy.js';
import { leftOut } from './policySchema.js';

const TINY = `version: 1
agreement: {id: NDA-7, title: Non-disclosure agreement, zone: Europe/Berlin, contact: legal@helio.example}
parties:
  - {id: helio, name: Helio Motors AG}
  - {id: north, name: Northlight Vision Inc.}
assets:
  - {id: camera-net, owner: north, tier: confidential, paths: ["perception/camera/**"]}
guardrails:
  - id: no-copy
    covers: camera-net
    actions: [copy, move, export]
    effect: deny
    what: Do not take the camera code to another place.
    why: The agreement permits inspection only.
    instead: Ask Northlight for an interface.
`;

const SORTS: Readonly<Record<TextSort, string>> = {
  text: 'text',
  sentence: 'a plain sentence',
  id: 'an id',
  clause: 'a clause number in quotes',
  moment: 'a [date or instant](#dates-and-durations)',
  duration: 'a [duration](#dates-and-durations)',
  hours: 'hours, as `PT72H`',
  zone: 'an IANA time zone',
  address: 'an address',
  member: 'an address or a pattern of addresses',
  selector: 'a [selector](#people)',
  cover: 'an entry of [`covers`](#what-a-rule-covers)',
  destination: 'a [destination](#destinations)',
  pattern: 'a [path pattern](#paths)',
  marker: 'one word',
  link: 'an https link',
  iri: 'an IRI',
  sha256: '64 hexadecimal digits',
  path: 'a path',
  endpoint: 'an https address',
  domain: 'a domain',
  sshkey: 'an SSH public key',
};

/** How a value is written, in words. */
function writtenAs(shape: Shape): string {
  switch (shape.kind) {
    case 'text':
      return SORTS[shape.sort];
    case 'count':
      return 'a whole number';
    case 'flag':
      return '`true` or `false`';
    case 'version':
      return '`1`';
    case 'choice':
      return shape.of.map((word) => `\`${word}\``).join(', ');
    case 'list':
      return shape.of.kind === 'choice'
        ? `one or several of ${writtenAs(shape.of)}`
        : `${writtenAs(shape.of)}${shape.single ? ', or a list of them' : ', in a list'}`;
    case 'map':
      return shape.keys.kind === 'choice' ? `an action with ${writtenAs(shape.of)}` : 'numbers with their headings';
    case 'either':
      return `${writtenAs(shape.word)}; or ${writtenAs(shape.map)}`;
    case 'entry':
      return `\`{${Object.keys(shape.fields).join(', ')}}\``;
  }
}

const cell = (text: string) => text.replace(/\|/g, '\\|').replace(/\n/g, ' ');

function table(fields: Fields): string {
  const rows = Object.entries(fields).map(([key, field]) => {
    const meaning = `${field.about} *${capital(writtenAs(field.shape))}.*`;
    return `| \`${key}\` | ${cell(meaning)} | \`${cell(field.example)}\` | ${cell(leftOut(field) ?? '**required**')} |`;
  });
  return ['| Field | Meaning | Example | Left out |', '|---|---|---|---|', ...rows].join('\n');
}

const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);

/** The lines of the complete policy that belong to a section. */
function sectionOf(key: string): string | undefined {
  const found = new RegExp(`^${key}:[^\\n]*\\n(?:[ ][^\\n]*\\n)*`, 'm').exec(completePolicy);
  return found?.[0];
}

function section(key: string, field: Field): string {
  const { shape } = field;
  const fields =
    shape.kind === 'list' && shape.of.kind === 'entry'
      ? shape.of.fields
      : shape.kind === 'entry'
        ? shape.fields
        : undefined;
  const otherwise = leftOut(field);
  const lines = [
    `### ${key}`,
    '',
    `${field.about}${otherwise === undefined ? ' Required.' : ` Left out: ${otherwise}.`}`,
    '',
  ];
  lines.push('```yaml', (sectionOf(key) ?? `${key}: ${field.example}\n`).trimEnd(), '```', '');
  if (fields !== undefined) {
    lines.push(table(fields), '');
    for (const [name, inner] of Object.entries(fields)) {
      const nested = inner.shape.kind === 'list' ? inner.shape.of : inner.shape;
      const entry = nested.kind === 'either' ? nested.map : nested;
      if (entry.kind !== 'entry') continue;
      lines.push(`Each entry of \`${name}\`:`, '', table(entry.fields), '');
    }
  } else {
    lines.push(`Written as ${writtenAs(shape)}.`, '');
  }
  return lines.join('\n');
}

function problems(): string {
  const rows = Object.entries(PROBLEM_CODES).map(
    ([code, { severity, about }]) => `| \`${code}\` | ${severity} | ${cell(about)} |`,
  );
  return ['| Code | Severity | Meaning |', '|---|---|---|', ...rows].join('\n');
}

/** The whole page. */
export function policyReference(): string {
  const fields = Object.entries(policyLanguage.fields) as unknown as readonly (readonly [string, Field])[];
  return `<!-- Written by \`npm run generate\` from src/policy/language.ts and src/policy/problemCodes.ts. Change those. -->
<!-- prettier-ignore-start -->

# The policy file

\`developer-terms.yaml\` lies at the root of a repository in which two or more companies build together. It says, in a form
that both people and tools can read, what the developer terms of their agreement say: whose code is where, who may do what
with it, for what purpose and until when, which course comes first, what is never allowed, and why.

It does not replace the agreement. Every rule can cite the clause that it rests on, and where the two differ, the signed
paper counts.

## A first policy

This is a whole policy. Everything else has a default.

\`\`\`yaml
${TINY.trimEnd()}
\`\`\`

It says: the files below \`perception/camera\` are Northlight's and confidential. Northlight's people may do with them what
they like. Helio's people are *recipients*: without a grant they may do nothing with these files, and even with one they may
not copy them elsewhere.

## How a decision is made

One question is asked, the same way everywhere: *may this person do this to this code, now?* The answer is one of four
effects, from kind to strict: \`allow\`, \`warn\` (people are told), \`justify\` (a reason is asked for and kept) and
\`deny\`. For every asset that covers the code:

1. **Walls** keep the people of one side from the assets of another, owners included.
2. **Training** keeps people from the code until they have passed the course.
3. **Guardrails** say what must not be done. A guardrail beats every grant.
4. **Grants** are the only source of permission for a recipient. The owner needs none.

The strictest effect counts. **Waivers** lift a wall, a course or a guardrail for somebody, for a while; they never create a
permission. The order in the file never matters, and neither does how specific a rule is.

The **actions** are:

| Action | What is meant |
|---|---|
| \`view\` | the code becomes visible to a person or to an assistant that reads files |
| \`edit\` | the code is changed or deleted |
| \`copy\` | the text, or something recognisably made from it, appears outside the asset |
| \`move\` | a rename or cut takes the text outside the asset |
| \`use\` | code outside the asset imports, includes, links or calls something inside it |
| \`prompt\` | the text or its path goes to a language model |
| \`export\` | the text leaves the workspace: a push, an archive, a patch, a paste elsewhere |
| \`publish\` | an export to a public place |
| \`unmark\` | a marker is removed or altered, or a change of paths ends the protection |

\`any\` means all nine. Granting any action except \`use\` also grants \`view\`.

## How it is written

YAML 1.2, saved as UTF-8, at most 1 MiB. Keys are single lower-case words.

- **Quote clause numbers**: \`"4.10"\`. Without quotes YAML reads 4.10 as the number 4.1.
- **Quote sentences with a comma or a colon** when they stand inside braces: \`{why: "Licensed for inspection, not copying."}\`.
- **Quote what begins with \`*\` or \`!\`**: \`"*@north.example"\`, \`"!perception/camera/api/**"\`.
- Where a field takes a list, a single entry may stand without its brackets, unless the table says *in a list*.
- Anchors, aliases, tags and repeated keys are errors, so that what a line says never depends on another line.
- Any entry may carry \`clause\`.

### People

Fields such as \`to\`, \`who\`, \`for\`, \`except\` and \`above\` select people:

| Selector | Whom it means |
|---|---|
| \`helio-fusion\` | the members of the team with that id |
| \`"team:helio/tent-*"\` | every team of the party \`helio\` whose id fits the pattern |
| \`"party:north"\` | everybody in a team of \`north\` |
| \`"person:ana@helio.example"\` | one person; \`"person:*@helio.example"\` by pattern |
| \`everyone\` | everybody, the owner's people included |
| \`recipients\` | everybody who is not of a party that owns the asset |

Addresses compare without case. A \`*\` never reaches a sub-domain that it does not spell out: \`*@helio.example\` is not
\`ana@safety.helio.example\`.

### What a rule covers

\`covers\` takes the id of an asset, \`tier:NAME\`, \`"tier:NAME+"\` (that tier and all above) or \`all\`.

### Destinations

\`into\` limits a rule to places where the code goes: a path pattern (\`perception/fusion/**\`), \`"remote:HOST/PATH"\` or
\`"tool:NAME"\`. A \`!\` in front leaves a place out. In \`remote:\` and \`tool:\` one \`*\` stands for anything.

### Paths

Patterns begin at the root of the repository, with \`/\` between folders on every platform. \`*\` stands for anything within
one folder or file name, \`**\` for any number of folders, \`{a,b}\` for either. Files whose names begin with a dot count like
any others, and so does case. A \`!\` carves files out: of this asset only, and wherever it stands in the list.

Inside a file, a line with \`TERMS-BEGIN asset=ID\` opens a region and a line with \`TERMS-END\` closes it; \`TERMS-FILE
asset=ID\` near the top covers the whole file. They may stand in any comment.

### Dates and durations

A bare date is a whole day in the agreement's time zone: \`from\` begins at its midnight, \`until\` includes the day. An
instant carries its offset, \`2026-06-30T12:00:00+02:00\`; \`until\` ends just before it.

A duration is \`P30D\` (days), \`P2W\` (weeks), \`P6M\` (months), \`P1Y\` (years) or their sum \`P1Y6M\`. The day of the event
does not count, and the last day counts to its end; where a month is too short, its last day counts. Hours are written
\`PT72H\` and run from the instant. Days and hours cannot be mixed.

## The sections

${fields.map(([key, field]) => section(key, field)).join('\n')}
## A complete example

\`\`\`yaml
${completePolicy.trimEnd()}
\`\`\`

## Problems

What \`devterms lint\` and the editor say about a policy. An error keeps the policy from being used: the last good one stays
in force until it is mended. Warnings and notices do not.

${problems()}

<!-- prettier-ignore-end -->
`;
}
