import type { CopyLedger, LedgerMatch, RememberedCopy } from '../../changes/CopyLedger.js';
import type { Log } from '../../ports.js';

/** The copies of this machine, for guards that must not fail because a disk does. */
export class CopyMemory {
  constructor(
    private readonly ledger: CopyLedger,
    private readonly log: Log,
  ) {}

  /** Remembers a copy in the background. What cannot be written is known in this window all the same. */
  remember(copy: RememberedCopy, text: string): void {
    this.ledger.remember(copy, text).catch((error: unknown) => {
      this.log.error('A copy could not be written to the ledger: other windows do not know of it', error);
    });
  }

  /** Takes in what other windows have copied. Never rejects. */
  async refresh(): Promise<void> {
    await this.ledger.refresh().catch((error: unknown) => {
      this.log.error('The ledger of copies could not be read', error);
    });
  }

  /** Remembered copies that a text repeats. */
  find(text: string): LedgerMatch[] {
    return this.ledger.find(text);
  }
}
