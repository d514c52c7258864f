import * as vscode from 'vscode';
import type { Exposure } from '../decision/Ask.js';
import type { Act } from '../evidence/Act.js';
import type { ChainPorts } from '../evidence/ChainWriter.js';
import { EvidenceRecorder } from '../evidence/EvidenceRecorder.js';
import { readExposures } from '../evidence/readExposures.js';
import type { EvidenceStore, Hash, Log } from '../ports.js';
import { DisposableStore } from './DisposableStore.js';
import type { FolderTerms } from './FolderTerms.js';
import type { Terms } from './Terms.js';

/** While the disk takes nothing, it is tried again this often (ms). */
const RETRY_MS = 15_000;

/** What evidence needs from outside. */
export interface EvidencePorts extends ChainPorts {
  readonly log: Log;
}

/** An act in a folder that has terms: person, policy and purpose are the folder's own. */
export interface ActInFolder extends Pick<
  Act,
  'action' | 'decision' | 'outcome' | 'place' | 'into' | 'reason' | 'texts'
> {
  readonly folder: FolderTerms;
}

/** The evidence of this window. Whoever tells it something never waits. */
export class Evidence implements vscode.Disposable {
  private readonly owned = new DisposableStore();
  private readonly changed = this.owned.add(new vscode.EventEmitter<void>());
  /** Fires when evidence can no longer be written, and when it can again. */
  readonly onDidChange = this.changed.event;
  private readonly recorder: EvidenceRecorder;
  private retry: ReturnType<typeof setTimeout> | undefined;
  private readonly swept = new WeakSet<FolderTerms>();
  private reason: string | undefined;

  constructor(
    private readonly terms: Terms,
    private readonly ports: EvidencePorts,
  ) {
    this.recorder = new EvidenceRecorder(ports, () => {
      this.look();
    });
    this.owned.add(
      terms.onDidChange(() => {
        this.sweepOnce();
      }),
    );
  }

  /** Why evidence is not written at the moment, as a sentence; undefined when all is well. */
  get trouble(): string | undefined {
    return this.reason;
  }

  /**
   * Records an act if the policy in force wants its action recorded; an exposure always, where walls need it. Returns at
   * once and never throws. The texts are only hashed, under this machine's secret.
   */
  record({ folder, ...act }: ActInFolder): void {
    const { policy, sha256 } = folder.inForce;
    if (policy === undefined) return;
    const { purpose } = folder;
    const exposures = this.recorder.record({
      ...act,
      policy,
      policyHash: sha256,
      person: folder.person,
      ...(purpose === undefined ? {} : { purpose }),
    });
    folder.expose(exposures);
  }

  /** Writes everything that waits and says that the session ends. */
  async close(): Promise<void> {
    clearTimeout(this.retry);
    await this.recorder.close();
  }

  /** Removes what was kept long enough, once for each folder, when its own policy (and no older one) is in force. */
  private sweepOnce(): void {
    for (const folder of this.terms.governed) {
      const { policy, stale } = folder.inForce;
      if (policy === undefined || stale !== undefined || this.swept.has(folder)) continue;
      this.swept.add(folder);
      this.recorder.sweep(policy).catch((error: unknown) => {
        this.ports.log.error('Old evidence could not be removed', error);
      });
    }
  }

  private look(): void {
    const { trouble, held } = this.recorder.status;
    clearTimeout(this.retry);
    if (trouble !== undefined) {
      this.retry = setTimeout(() => void this.recorder.flush(), RETRY_MS);
    }
    if (trouble === this.reason) return;
    this.reason = trouble;
    if (trouble === undefined) this.ports.log.info('Evidence is written again.');
    else this.ports.log.warn(`Evidence waits in memory (${held} entries). ${trouble}`);
    this.changed.fire();
  }

  dispose(): void {
    clearTimeout(this.retry);
    this.owned.dispose();
  }
}

/** The exposures that were recorded under an agreement; none, and a line in the log, when they cannot be read. */
export async function recordedExposures(
  ports: { readonly store: Pick<EvidenceStore, 'list' | 'read'>; readonly hash: Hash; readonly log: Log },
  agreement: string,
): Promise<readonly Exposure[]> {
  try {
    return await readExposures(ports.store, agreement, ports.hash);
  } catch (error) {
    ports.log.error('Who saw which asset cannot be read; cooling-off periods may be taken for over', error);
    return [];
  }
}
