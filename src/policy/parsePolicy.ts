import type { Place } from '../ports.js';
import { Answers, type Checked } from './checks/CheckedContent.js';
import { checkDates } from './checks/dates.js';
import { checkGaps } from './checks/gaps.js';
import { checkRecords } from './checks/records.js';
import { checkPeople } from './checks/people.js';
import { checkReferences } from './checks/references.js';
import { checkContradictions, checkIntentions } from './checks/rules.js';
import { MAX_POLICY_BYTES } from './decodePolicy.js';
import { policyLanguage, type PolicyContent } from './language.js';
import { rememberPlaces } from './placeIn.js';
import type { ParsedPolicy, Policy } from './Policy.js';
import { ContentReader } from './readContent.js';
import { readYaml, type YamlTree } from './readYaml.js';
import { Report } from './Report.js';
import { Source, type MapNode, type SourceNode } from './Source.js';
import { Where } from './Where.js';

/** Where a policy lies when nobody says otherwise. */
export const POLICY_FILE = 'developer-terms.yaml';

export interface ParseOptions {
  /** The file's path from the repository's root, for the problems' places; `developer-terms.yaml` when left out. */
  readonly file?: string;
}

/**
 * Reads a policy. Gives the policy when there is no error, and always every problem that was found, in the order of the
 * file. Never throws. A policy that `extends` others gives no policy here, because half of it would be missing:
 * `loadPolicy` reads it with its parents.
 */
export function parsePolicy(text: string, options: ParseOptions = {}): ParsedPolicy {
  const read = readPolicy(text, options.file ?? POLICY_FILE);
  if (read.content === undefined) return { policy: undefined, problems: read.report.problems() };
  const { report, where, content, unread } = read;
  if (content.extends.length > 0) {
    report.add(
      'parents-not-read',
      where.ofKey(content, 'extends'),
      'This policy extends others and means nothing without them. Read it together with its parents.',
    );
    return { policy: undefined, problems: report.problems() };
  }
  checkContent({
    content,
    unread,
    add: (...problem) => report.add(...problem),
    at: (entry, key, index) => where.of(entry, key, index),
    atKey: (entry, key) => where.ofKey(entry, key),
    line: (span) => report.source.position(span.start).line,
    written: (span) => report.source.text.slice(span.start, span.end),
    hasErrors: () => report.hasErrors,
  });
  const problems = report.problems();
  if (report.hasErrors) return { policy: undefined, problems };
  const placeOf = (entry: object, key?: string, index?: number): Place | undefined =>
    where.node(entry) === undefined
      ? undefined
      : { file: report.source.file, range: report.source.range(where.of(entry, key, index)) };
  const policy: Policy = {
    ...content,
    places: placesOf(content, placeOf, (clauses, number) => ({
      file: report.source.file,
      range: report.source.range(where.ofKey(clauses, number)),
    })),
  };
  rememberPlaces(policy, placeOf);
  return { policy, problems };
}

/** One policy file as it is written, before anything it names is looked up. */
export type ReadPolicy =
  | { readonly report: Report; readonly content: undefined }
  | {
      readonly report: Report;
      readonly content: PolicyContent;
      readonly where: Where;
      readonly unread: ReadonlySet<string>;
    };

/** Reads one file without looking up what it names. */
export function readPolicy(text: string, file: string): ReadPolicy {
  const report = new Report(new Source(file, text.startsWith('\uFEFF') ? text.slice(1) : text));
  if (text.length > MAX_POLICY_BYTES) {
    report.add(
      'too-large',
      { start: 0, end: 0 },
      'The policy is over 1 MiB. Keep it under 1 MiB; move parts into a policy that it extends.',
    );
    return { report, content: undefined };
  }
  const tree = readYaml(report);
  const { root } = tree;
  if (root === undefined || (root.kind === 'scalar' && root.value === null) || root.kind === 'broken') {
    if (!report.hasErrors) {
      report.add(
        'empty-file',
        { start: 0, end: 0 },
        'The policy is empty. Begin with `version: 1`, then `agreement:`, `parties:`, `assets:` and `guardrails:`.',
      );
    }
    return { report, content: undefined };
  }
  const partial = tree.unsound.length > 0;
  const { sound, unread } =
    root.kind === 'map' ? withoutUnsound(root, tree) : { sound: root, unread: new Set<string>() };
  const where = new Where();
  const reader = new ContentReader(report, where, partial);
  const content = reader.read(policyLanguage, sound, { key: 'policy', place: root }) as PolicyContent;
  if (root.kind !== 'map') return { report, content: undefined };
  return { report, content, where, unread: new Set([...unread, ...reader.empty]) };
}

/** The tree without the top-level entries in which something could not be read, and the names of these. */
function withoutUnsound(
  root: MapNode,
  { unsound }: YamlTree,
): { readonly sound: SourceNode; readonly unread: ReadonlySet<string> } {
  if (unsound.length === 0) return { sound: root, unread: new Set() };
  const sorted = [...unsound].sort((one, other) => one - other);
  const unread = new Set<string>();
  let next = 0;
  const entries = root.entries.map((entry, at) => {
    const end = root.entries[at + 1]?.key.start ?? Infinity;
    while ((sorted[next] ?? Infinity) < entry.key.start) next += 1;
    if ((sorted[next] ?? Infinity) >= end) return entry;
    unread.add(String(entry.key.value));
    const { start, end: last } = entry.value;
    return { ...entry, value: { kind: 'broken' as const, start, end: last } };
  });
  return { sound: { ...root, entries }, unread };
}

/** What is asked of a policy's content, wherever its parts were written. */
export interface CheckedWhole extends Checked {
  hasErrors(): boolean;
}

/** Every check that needs the whole policy: names, dates, people, contradictions and, without errors, intentions. */
export function checkContent(checked: CheckedWhole): void {
  const answers = new Answers(checked.content);
  checkReferences(checked);
  checkDates(checked, answers);
  checkPeople(checked, answers);
  checkContradictions(checked);
  checkRecords(checked);
  checkGaps(checked);
  if (!checked.hasErrors()) checkIntentions(checked, answers);
}

type PlaceOf = (entry: object, key?: string, index?: number) => Place | undefined;

/** Where each named entry is written: the place of its id, or of the clause's number. */
export function placesOf(
  content: PolicyContent,
  placeOf: PlaceOf,
  clauseAt: (clauses: object, number: string) => Place,
): Readonly<Record<string, Place>> {
  const places: Record<string, Place> = {};
  const put = (kind: string, name: string, entry: object, key: string) => {
    const place = placeOf(entry, key);
    if (place !== undefined) places[`${kind}:${name}`] = place;
  };
  for (const entry of content.parties) put('party', entry.id, entry, 'id');
  for (const entry of content.teams) put('team', entry.id, entry, 'id');
  for (const entry of content.tiers) put('tier', entry.name, entry, 'name');
  for (const entry of content.assets) put('asset', entry.id, entry, 'id');
  for (const entry of content.walls) put('wall', entry.id, entry, 'id');
  for (const entry of content.training) put('training', entry.id, entry, 'id');
  for (const entry of content.guardrails) put('guardrail', entry.id, entry, 'id');
  for (const entry of content.grants) put('grant', entry.id, entry, 'id');
  for (const entry of content.waivers) put('waiver', entry.id, entry, 'id');
  const { clauses } = content.agreement;
  if (clauses !== undefined) {
    for (const number of Object.keys(clauses)) places[`clause:${number}`] = clauseAt(clauses, number);
  }
  return places;
}
