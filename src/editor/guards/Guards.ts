import type * as vscode from 'vscode';
import { CompareWithOrigin } from '../CompareWithOrigin.js';
import { CopyDiagnostics } from '../CopyDiagnostics.js';
import type { CopyIndexes } from '../CopyIndexes.js';
import { CopyQuickFixes } from '../CopyQuickFixes.js';
import type { DetailsDocument } from '../DetailsDocument.js';
import { DisposableStore } from '../DisposableStore.js';
import type { DocumentRegions } from '../DocumentRegions.js';
import type { Evidence } from '../Evidence.js';
import type { Terms } from '../Terms.js';
import { actRecorder } from './ActRecorder.js';
import { CopyGuards, type CopyGuardPorts } from './CopyGuards.js';
import { EditGuard } from './EditGuard.js';
import { FileGuard } from './FileGuard.js';
import { GuardHealth } from './GuardHealth.js';
import { Notices } from './Notices.js';
import type { PasteSensor } from './PasteSensor.js';
import { Permissions } from './Permissions.js';
import { Telling } from './Telling.js';
import { UseGuard } from './UseGuard.js';
import { ViewGuard } from './ViewGuard.js';

/** Everything that enacts decisions in this window, and what the guards share. */
export class Guards implements vscode.Disposable {
  private readonly owned = new DisposableStore();
  readonly health: GuardHealth;
  readonly sensor: PasteSensor;
  readonly compare: CompareWithOrigin;
  readonly fixes: CopyQuickFixes;

  constructor(
    terms: Terms,
    documents: DocumentRegions,
    indexes: CopyIndexes,
    details: DetailsDocument,
    evidence: Evidence,
    ports: CopyGuardPorts,
  ) {
    const { log } = ports;
    this.health = this.owned.add(new GuardHealth(log));
    const notices = this.owned.add(new Notices());
    const tools = {
      ...{ permissions: new Permissions(), notices, telling: new Telling(notices, details), log, health: this.health },
      recorder: actRecorder(evidence),
    };
    const copying = this.owned.add(new CopyGuards(terms, documents, indexes, ports, tools));
    this.sensor = copying.sensor;
    this.owned.add(new EditGuard(terms, documents, tools));
    const guarding = { terms, documents, putBack: new Set<string>(), ...tools };
    this.owned.add(new ViewGuard(guarding));
    this.owned.add(new UseGuard(guarding));
    this.owned.add(new FileGuard(guarding));
    const copies = this.owned.add(new CopyDiagnostics(indexes, documents, copying.wrongMatches, tools));
    this.compare = this.owned.add(new CompareWithOrigin(copies, tools.permissions));
    this.fixes = this.owned.add(new CopyQuickFixes(copies, terms, tools.permissions, copying.wrongMatches));
  }

  dispose(): void {
    this.owned.dispose();
  }
}
