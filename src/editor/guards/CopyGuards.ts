import * as vscode from 'vscode';
import { CopyLedger } from '../../changes/CopyLedger.js';
import type { Hash, KeyedHash, LineFiles, Log } from '../../ports.js';
import type { CopyIndexes } from '../CopyIndexes.js';
import { DisposableStore } from '../DisposableStore.js';
import type { DocumentRegions } from '../DocumentRegions.js';
import type { Terms } from '../Terms.js';
import type { ActRecorder } from './ActRecorder.js';
import { CopyGuard } from './CopyGuard.js';
import { CopyMemory } from './CopyMemory.js';
import type { Notices } from './Notices.js';
import { PasteGuard } from './PasteGuard.js';
import { PasteJudge } from './PasteJudge.js';
import { PasteSensor } from './PasteSensor.js';
import type { Permissions } from './Permissions.js';
import type { Telling } from './Telling.js';
import { WrongMatches } from './WrongMatches.js';

/** What the guards of copies need from outside. */
export interface CopyGuardPorts {
  /** The ledger's files, shared by all windows of the machine. */
  readonly ledger: LineFiles;
  /** Names this window's files in the ledger. */
  readonly writer: string;
  /** Under the machine's key. */
  readonly keyedHash: KeyedHash;
  readonly hash: Hash;
  readonly storage: vscode.Uri;
  readonly log: Log;
}

/** What every guard uses. */
export interface GuardTools {
  readonly permissions: Permissions;
  readonly notices: Notices;
  readonly telling: Telling;
  readonly recorder: ActRecorder;
}

/** Copying, pasting, and what both know of wrong matches. */
export class CopyGuards implements vscode.Disposable {
  private readonly owned = new DisposableStore();
  readonly sensor = this.owned.add(new PasteSensor());
  readonly wrongMatches: WrongMatches;

  constructor(
    terms: Terms,
    documents: DocumentRegions,
    indexes: CopyIndexes,
    ports: CopyGuardPorts,
    tools: GuardTools,
  ) {
    const { permissions, telling, recorder } = tools;
    const { ledger: files, writer, keyedHash, log } = ports;
    this.wrongMatches = this.owned.add(new WrongMatches(terms, ports));
    const now = (): number => Date.now();
    const memory = new CopyMemory(new CopyLedger({ writer, files, hash: keyedHash, now }), log);
    const copies = this.owned.add(new CopyGuard(documents, memory, telling, recorder));
    const judge = new PasteJudge(terms, indexes, memory, permissions, this.wrongMatches);
    this.owned.add(new PasteGuard(documents, copies, judge, { ...tools, sensor: this.sensor, log }));
    // Reading ahead: what is pasted first has been copied in another window.
    this.owned.add(
      vscode.window.onDidChangeWindowState(({ focused }) => {
        if (focused) void memory.refresh();
      }),
    );
    void memory.refresh();
  }

  dispose(): void {
    this.owned.dispose();
  }
}
