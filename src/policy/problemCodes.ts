/** Every problem that a policy file can have: how grave it is, and a sentence about it for the reference page. */
import type { Severity } from './Problem.js';

interface Kind {
  readonly severity: Severity;
  readonly about: string;
}

const error = (about: string): Kind => ({ severity: 'error', about });
const warning = (about: string): Kind => ({ severity: 'warning', about });
const notice = (about: string): Kind => ({ severity: 'notice', about });

export const PROBLEM_CODES = {
  // The file as bytes.
  'not-utf8': error('The file is not UTF-8 text.'),
  'too-large': error('The file is larger than 1 MiB.'),
  unreadable: error('The file cannot be read.'),
  // The file as YAML.
  'empty-file': error('There is nothing in the file.'),
  'yaml-syntax': error('The text is not YAML 1.2.'),
  tab: error('A line is indented with a tab; YAML allows spaces only.'),
  unclosed: error('A quote, bracket or brace is not closed.'),
  'needs-quotes': error(
    'A value has to be quoted, because YAML gives its first characters or its colon another meaning.',
  ),
  indentation: error('A line is indented in a way that makes it part of something else.'),
  'missing-space': error('The space behind a colon is missing, so that YAML sees no key.'),
  'bad-escape': error('A backslash between double quotes begins an escape that does not exist.'),
  'duplicate-key': error('A key stands twice in the same entry.'),
  anchor: error('The file uses an anchor (`&name`). A policy says everything where it applies.'),
  alias: error('The file uses an alias (`*name`).'),
  tag: error('The file uses a YAML tag (`!name`).'),
  'several-documents': error('The file holds more than one YAML document.'),
  directive: error('The file has a YAML directive (`%…`) in front of the document.'),
  'bad-key': error('A key is not a plain word.'),
  'too-deep': error('Entries are nested deeper than the policy language ever needs.'),
  'too-many-problems': error('There are more problems than are worth listing.'),
  // The file as a policy.
  'unknown-version': error('The version of the policy language is not 1.'),
  'unknown-key': error('A key does not exist at this place.'),
  'missing-key': error('A key that is required here is missing.'),
  'wrong-type': error('A value is of another kind than the key takes.'),
  'unknown-word': error('A value is none of the words that the key takes.'),
  'empty-value': error('A key has no value.'),
  'empty-list': error('A list needs more entries than it has.'),
  'cut-sentence': error('An unquoted comma inside `{ }` cuts a sentence in two.'),
  'cut-by-hash': warning('A `#` in an unquoted text begins a comment and cuts the text short.'),
  'unquoted-clause': error('A clause number is not quoted, so that YAML reads 4.10 as 4.1.'),
  'bad-id': error('An id has characters that ids cannot have, or is a word of the language.'),
  'duplicate-id': error('Two entries of one kind have the same id.'),
  'bad-date': error('A date or instant does not exist or is written in another way.'),
  'bad-duration': error('A duration is not written as the language writes durations.'),
  'bad-zone': error('A time zone is not in the IANA database.'),
  'bad-address': error('An address is not of the form name@host.'),
  'bad-selector': error('A selector of people is not of a known form.'),
  'bad-cover': error('An entry of `covers` is not of a known form.'),
  'bad-destination': error('An entry of `into` is not of a known form.'),
  'bad-pattern': error('A path pattern cannot match, or would take too long to match.'),
  'bad-marker': error('A marker word cannot be found reliably in a file.'),
  'bad-link': error('A link is not an https link.'),
  'bad-iri': error('An identifier is not an absolute IRI.'),
  'bad-hash': error('A SHA-256 is not 64 hexadecimal digits.'),
  'bad-path': error('A path leads out of the repository or is not a relative path with `/`.'),
  'bad-endpoint': error('The address of a record store is not an https address, or holds more than an address.'),
  'bad-ssh-key': error('An SSH public key cannot be read, or is of a kind that cannot be checked.'),
  'bad-signing-key': error("A badge issuer's key is not a whole public key."),
  'from-after-until': error('Something ends before it begins.'),
  'unknown-party': error('There is no party of that id.'),
  'unknown-team': error('There is no team of that id.'),
  'unknown-tier': error('There is no tier of that name.'),
  'unknown-asset': error('There is no asset of that id.'),
  'unknown-course': error('There is no course of that id.'),
  'unknown-rule': error('A waiver lifts a rule that does not exist.'),
  'ambiguous-lift': error('A waiver lifts an id that two rules of different kinds have.'),
  'wall-overlap': error('The same asset or people stand on two sides of a wall.'),
  'too-many-patterns': error('There are more path patterns than can be matched in time.'),
  // Parents.
  'parents-not-read': error('A policy that extends others was read without them.'),
  'missing-parent': error('A parent policy is not there or cannot be read.'),
  'parent-hash': error('A parent policy is not the one whose SHA-256 is given.'),
  'parent-cycle': error('A policy extends itself, by way of its parents.'),
  'parent-invalid': error('A parent policy has errors of its own.'),
  'too-many-parents': error('There are more parents than can be followed.'),
  'loosens-parent': error('A policy loosens what it inherits.'),
  'replaces-parent': error('A policy replaces what it inherits.'),
  // What is no mistake, but probably not meant.
  'repeated-entry': warning('The same thing stands twice in a list.'),
  'outside-agreement': warning('A grant or waiver lies wholly outside the term of the agreement.'),
  clipped: notice('A grant or waiver is written to last longer than the agreement, and ends with it.'),
  'only-exclusions': warning('The paths of an asset only carve files out.'),
  'covers-nothing': warning('A rule covers no asset.'),
  'selects-nobody': warning('A selector of people selects nobody.'),
  'unknown-person': warning('A person that a rule names is in no team.'),
  'binds-nobody': warning('A guardrail binds nobody.'),
  'not-named': warning(
    'A grant or waiver selects people by team or pattern for a tier in which only named people count.',
  ),
  'void-waiver': warning('A waiver has no effect, because of who gave it or because the rule cannot be waived.'),
  'purpose-free': warning(
    'A grant without a purpose gives the same as one with a purpose, so that the purpose is never asked for.',
  ),
  'no-repeat': warning('A course has a reminder or a grace but never falls due again.'),
  'long-reminder': warning('A course reminds people for as long as a pass counts.'),
  'needless-key': warning('A record source has a key that its kind has no use for.'),
  'no-activity': warning('A record store or badges are to know of a course that has no `activity`.'),
  'no-signer': warning('A register has to be signed, and no approver has a key.'),
  'no-wall': warning('Two parties compete and both disclose assets, and no wall stands between these.'),
  'foreign-approver': warning("An approver belongs to another party's team."),
  'nothing-to-redact': warning('A guardrail has the duty `redact`, and the policy lists no words to redact.'),
  // What depends on the day.
  'grant-over': warning('A grant has ended.'),
  'waiver-over': warning('A waiver has ended.'),
  'guardrail-over': warning('A guardrail has ended.'),
  'agreement-over': warning('The agreement has ended.'),
  'review-overdue': notice('The review of the policy is overdue.'),
  // What depends on the tree.
  'pattern-matches-nothing': warning('A path pattern matches no file of the tree.'),
  'asset-matches-nothing': warning('No file of the tree belongs to an asset.'),
  'rule-matches-nothing': warning('A rule covers no file of the tree.'),
  'no-zone': warning('The policy writes bare dates and names no time zone, so they are days in UTC.'),
  'no-contact': warning('The agreement names nobody to ask.'),
  'no-clause': warning('A wall, course, guardrail or grant cites no clause, though the clauses are listed.'),
  'no-evidence': warning('An asset is above the lowest tier and nothing is recorded.'),
  'two-parties': error('A person belongs to teams of two parties at the same time.'),
  'unknown-clause': error('A cited clause is not among the clauses of the agreement.'),
} as const satisfies Record<string, Kind>;

export type ProblemCode = keyof typeof PROBLEM_CODES;
