import { endAfter, eventAt, parseDuration } from '../policy/durations.js';
import { zoneOf } from '../policy/membership.js';
import { parseInstant } from '../policy/moments.js';
import type { Policy } from '../policy/Policy.js';
import type { EvidenceStore, Hash, Instant } from '../ports.js';
import { begunAt, endsOf, kindOfFile } from './chainFiles.js';
import type { Head } from './Entry.js';

/** A file that does not say that its session ended may still be written to: it stays for these days more. */
const MAY_BE_OPEN = 'P2D';

/**
 * The files of a folder that may go: the policy in force and the policy under which they were written both say for how
 * long to keep them, and both times are over. So nobody gets rid of evidence by shortening `keep`. An exposure stays, too,
 * as long as a wall's cooling-off period may run from it.
 */
export async function keptLongEnough(
  store: EvidenceStore,
  folder: string,
  policy: Policy,
  now: Instant,
  hash: Hash,
): Promise<readonly Head[]> {
  const epoch = parseInstant(now);
  if (policy.evidence.keep === undefined || epoch === undefined) return [];
  const zone = zoneOf(policy);
  const isOver = (written: number | undefined, durations: readonly string[]): boolean =>
    written !== undefined &&
    durations.every((text) => {
      const duration = parseDuration(text);
      return duration !== undefined && endAfter(eventAt(written, zone), duration, zone) <= epoch;
    });
  const coolings = policy.walls.flatMap(({ cooling }) => cooling ?? []);
  const files: Head[] = [];
  for (const stored of await store.list(folder)) {
    const kind = kindOfFile(stored.name);
    // What was begun too recently was also written too recently: its ends need not be read.
    if (kind === undefined || !isOver(begunAt(stored.name), [policy.evidence.keep])) continue;
    const { header, last, head } = await endsOf(store, folder, stored, hash);
    const durations = [
      policy.evidence.keep,
      typeof header?.keep === 'string' ? header.keep : 'for ever',
      ...(kind === 'exposures' ? coolings : []),
      ...(last?.entry === 'ended' ? [] : [MAY_BE_OPEN]),
    ];
    if (isOver(parseInstant(head.at), durations))
      files.push({ file: head.file, sequence: head.sequence, hash: head.hash, at: head.at });
  }
  return files;
}
