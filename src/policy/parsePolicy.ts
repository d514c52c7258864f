import type { Place } from '../ports.js';
import { checkReferences } from './checks/references.js';
import { MAX_POLICY_BYTES } from './decodePolicy.js';
import { policyLanguage, type PolicyContent } from './language.js';
import type { ParsedPolicy, Policy } from './Policy.js';
import { ContentReader } from './readContent.js';
import { readYaml } from './readYaml.js';
import { Report } from './Report.js';
import { Source } from './Source.js';
import { Where } from './Where.js';

/** Where a policy lies when nobody says otherwise. */
export const POLICY_FILE = 'developer-terms.yaml';

export interface ParseOptions {
  /** The file's path from the repository's root, for the problems' places; `developer-terms.yaml` when left out. */
  readonly file?: string;
}

/**
 * Reads a policy. Gives the policy when there is no error, and always every problem that was found, in the order of the
 * file. Never throws. Parents named in `extends` are not read here; `loadPolicy` does that.
 */
export function parsePolicy(text: string, options: ParseOptions = {}): ParsedPolicy {
  const source = new Source(options.file ?? POLICY_FILE, text.startsWith('\uFEFF') ? text.slice(1) : text);
  const report = new Report(source);
  if (text.length > MAX_POLICY_BYTES) {
    report.add(
      'too-large',
      { start: 0, end: 0 },
      'The policy is over 1 MiB. Keep it under 1 MiB; move parts into a policy that it extends.',
    );
    return { policy: undefined, problems: report.problems() };
  }
  const { root, unsound } = readYaml(report);
  const sound = unsound.length === 0;
  if (root === undefined || (root.kind === 'scalar' && root.value === null)) {
    if (sound && !report.hasErrors) {
      report.add(
        'empty-file',
        { start: 0, end: 0 },
        'The policy is empty. Begin with `version: 1`, then `agreement:`, `parties:`, `assets:` and `guardrails:`.',
      );
    }
    return { policy: undefined, problems: report.problems() };
  }
  if (!sound) return { policy: undefined, problems: report.problems() };
  const where = new Where();
  const content = new ContentReader(report, where).read(policyLanguage, root, {
    key: 'policy',
    place: root,
  }) as PolicyContent;
  checkReferences(content, report, where);
  const policy: Policy | undefined = report.hasErrors
    ? undefined
    : { ...content, places: placesOf(content, source, where) };
  return { policy, problems: report.problems() };
}

/** Where each named entry is written: the place of its id, or of the clause's number. */
function placesOf(content: PolicyContent, source: Source, where: Where): Readonly<Record<string, Place>> {
  const places: Record<string, Place> = {};
  const put = (kind: string, name: string, entry: object, key: string) => {
    if (where.node(entry) === undefined) return;
    places[`${kind}:${name}`] = { file: source.file, range: source.range(where.of(entry, key)) };
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
  for (const number of Object.keys(clauses ?? {})) {
    if (clauses === undefined) break;
    places[`clause:${number}`] = { file: source.file, range: source.range(where.ofKey(clauses, number)) };
  }
  return places;
}
