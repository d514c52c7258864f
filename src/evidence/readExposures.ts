import type { Exposure } from '../decision/Ask.js';
import type { EvidenceStore, Hash } from '../ports.js';
import { agreementFolder } from './agreementFolder.js';
import { kindOfFile } from './chainFiles.js';

/**
 * The exposures that were recorded on this machine under an agreement, of every session, in no order. What cannot be
 * read as an exposure is passed over: `devterms evidence verify` is there to say what is wrong with a file.
 */
export async function readExposures(
  store: Pick<EvidenceStore, 'list' | 'read'>,
  agreement: string,
  hash: Hash,
): Promise<readonly Exposure[]> {
  const folder = await agreementFolder(agreement, hash);
  const files = (await store.list(folder)).filter(({ name }) => kindOfFile(name) === 'exposures');
  const found: Exposure[] = [];
  for (const { name } of files) {
    const bytes = (await store.read(folder, name, 0)) ?? new Uint8Array();
    for (const line of new TextDecoder().decode(bytes).split('\n')) {
      const exposure = exposureIn(line);
      if (exposure !== undefined) found.push(exposure);
    }
  }
  return found;
}

function exposureIn(line: string): Exposure | undefined {
  if (!line.startsWith('{"entry":"exposure"')) return undefined;
  try {
    const { person, asset, at } = JSON.parse(line) as Readonly<Record<string, unknown>>;
    if (typeof person === 'string' && typeof asset === 'string' && typeof at === 'string') return { person, asset, at };
  } catch {
    // The end of a file that a crash tore.
  }
  return undefined;
}
