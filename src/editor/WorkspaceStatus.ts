import * as vscode from 'vscode';
import { policyStatus, type PolicyStatus } from '../report/policyStatus.js';
import { trainingStatus, type TrainingStatus } from '../report/trainingWords.js';
import type { CopyIndexes } from './CopyIndexes.js';
import { DisposableStore } from './DisposableStore.js';
import type { Evidence } from './Evidence.js';
import type { FolderTerms } from './FolderTerms.js';
import type { GuardHealth } from './guards/GuardHealth.js';
import { COMMANDS } from './names.js';
import type { PasteSensor } from './guards/PasteSensor.js';
import type { Terms } from './Terms.js';

const ICONS: Readonly<Record<PolicyStatus['level'], string>> = {
  fine: '$(law)',
  attention: '$(law)',
  broken: '$(warning)',
};
const WORST_FIRST: readonly PolicyStatus['level'][] = ['broken', 'attention', 'fine'];

const SENSOR_OFF =
  'The paste sensor is off, because the setting “editor.pasteAs.enabled” is: copied code is pointed out only after it has been pasted.';

/** One item for the whole window: which terms are in force, and for whom. Hidden where there are none. */
export class WorkspaceStatus implements vscode.Disposable {
  private readonly owned = new DisposableStore();
  private readonly item = this.owned.add(
    vscode.window.createStatusBarItem('developerTerms.workspace', vscode.StatusBarAlignment.Left, 10),
  );

  constructor(
    private readonly terms: Terms,
    private readonly indexes: CopyIndexes,
    private readonly sensor: PasteSensor,
    private readonly health: GuardHealth,
    private readonly evidence: Evidence,
  ) {
    this.item.name = 'Developer Terms';
    this.item.command = COMMANDS.showMenu;
    this.owned.add(
      terms.onDidChange(() => {
        this.show();
      }),
    );
    this.owned.add(
      sensor.onDidChange(() => {
        this.show();
      }),
    );
    this.owned.add(
      evidence.onDidChange(() => {
        this.show();
      }),
    );
    this.owned.add(
      indexes.onDidChange(() => {
        this.show();
      }),
    );
    this.owned.add(
      health.onDidChange(() => {
        this.show();
      }),
    );
  }

  private show(): void {
    const folders = this.terms.governed.map((folder) => ({ folder, status: policyStatus(folder.inForce) }));
    const worst = WORST_FIRST.map((level) => folders.find(({ status }) => status.level === level)).find(
      (found) => found !== undefined,
    );
    if (worst === undefined) {
      this.item.hide();
      return;
    }
    const purpose = worst.folder.purpose === undefined ? '' : ` · ${worst.folder.purpose}`;
    const sensor = this.sensor.isOn ? '' : ' · paste sensor off';
    const { trouble } = this.health;
    const unwritten = this.evidence.trouble;
    const courses = folders.map(({ folder }) => trainingOf(folder)).find((status) => status !== undefined);
    const isBroken = worst.status.level === 'broken' || trouble !== undefined;
    const due = courses === undefined ? '' : `${worst.status.short === 'Terms' ? ':' : ' ·'} ${courses.short}`;
    const notes = `${due}${purpose}${sensor}${unwritten === undefined ? '' : ' · evidence not written'}`;
    this.item.text = `${ICONS[isBroken ? 'broken' : worst.status.level]} ${worst.status.short}${notes}`;
    this.item.backgroundColor = isBroken ? new vscode.ThemeColor('statusBarItem.errorBackground') : undefined;
    const words = folders.map(
      ({ folder, status }) =>
        `${prefix(folder, folders.length)}${status.long} ${whoInWords(folder)}${purposeInWords(folder)}${trainingInWords(folder)}${this.troubleInWords(folder)}`,
    );
    if (!this.sensor.isOn) words.push(SENSOR_OFF);
    if (unwritten !== undefined)
      words.push(`Evidence is not written and waits in memory. ${unwritten} It is tried again every few seconds.`);
    if (trouble !== undefined) words.unshift(trouble);
    this.item.tooltip = words.join('\n');
    this.item.accessibilityInformation = { label: `Developer Terms. ${words.join(' ')}` };
    this.item.show();
  }

  private troubleInWords(folder: FolderTerms): string {
    const problem = this.indexes.of(folder)?.problem;
    return problem === undefined ? '' : ` ${problem}`;
  }

  dispose(): void {
    this.owned.dispose();
  }
}

function prefix(folder: FolderTerms, count: number): string {
  return count === 1 ? '' : `${folder.root.path.split('/').pop() ?? ''}: `;
}

/** "You are ana@helio.example, as claimed by git's user.email." */
export function whoInWords(folder: FolderTerms): string {
  const { address, source } = folder.person;
  return address === undefined ? `You are unknown: ${source}.` : `You are ${address}, as claimed by ${source}.`;
}

/** What there is to do about the courses of the person at hand; undefined when all are current. */
export function trainingOf({ records, policy }: FolderTerms): TrainingStatus | undefined {
  return policy && trainingStatus(records.standings, Date.parse(records.now()), policy, records.isSettled);
}

function trainingInWords(folder: FolderTerms): string {
  const status = trainingOf(folder);
  return status === undefined ? '' : ` ${status.long}`;
}

function purposeInWords(folder: FolderTerms): string {
  if (folder.purpose !== undefined) return ` Your purpose: ${folder.purpose}.`;
  return folder.purposes.length === 0 ? '' : ' You have stated no purpose.';
}
