import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import type { KeyedHash, LineFiles } from '../ports.js';
import { keyedHash } from './keyedHash.js';
import { lineFiles } from './lineFiles.js';
import { sharedKeyOr } from './sharedKey.js';

/**
 * The ledger of copies below a folder that all windows of this machine share, and the key that goes with it. `onTrouble` is told
 * when the key cannot be kept: copies are known in this window alone then.
 */
export function copyLedgerIn(
  folder: string,
  onTrouble: (error: unknown) => void,
): { readonly ledger: LineFiles; readonly writer: string; readonly keyedHash: KeyedHash } {
  return {
    ledger: lineFiles(join(folder, 'ledger')),
    writer: randomUUID(),
    keyedHash: keyedHash(sharedKeyOr(join(folder, 'ledger.key'), onTrouble)),
  };
}
