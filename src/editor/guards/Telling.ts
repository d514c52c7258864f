import * as vscode from 'vscode';
import { decisionInWords } from '../../report/decision.js';
import { courseInTheWay } from '../../report/courseInTheWay.js';
import { refusalInWords } from '../../report/refusalWords.js';
import type { DetailsDocument } from '../DetailsDocument.js';
import { COMMANDS } from '../names.js';
import { actIn } from './actIn.js';
import type { NoticeButton, Notices } from './Notices.js';
import { isLetThrough, type Verdict } from './Verdict.js';

/** An act that a person is to be told about. */
export interface Told {
  readonly verdict: Verdict;
  /** What happened, without a full stop: "Edit undone in edge/limits.cpp, lines 12–14". See `refusalInWords`. */
  readonly deed: string;
  /** What *Show Where* leads to; left out, the button is not there. */
  readonly where?: () => unknown;
}

/** Tells a person what a guard did, in the words of the decision's own reasons, with buttons that lead on. */
export class Telling {
  constructor(
    private readonly notices: Notices,
    private readonly details: DetailsDocument,
  ) {}

  /** Says it once; a repeat within half a minute goes to the status bar. */
  tell(told: Told): void {
    const { verdict, deed } = told;
    const { decision, question } = verdict;
    const { text, short } = refusalInWords(deed, decision, question.policy);
    void this.notices.tell({
      key: JSON.stringify([question.action, verdict.kind, decision.rules, decision.assets]),
      severity: 'warning',
      ...{ text, short },
      buttons: this.buttons(told),
    });
  }

  /** Opens every reason behind a verdict as a text. */
  async explain({ question, decision }: Verdict): Promise<void> {
    const { folder, policy, regions } = question;
    const ask = folder.ask(regions, actIn(question));
    await this.details.showAnswer(decisionInWords(decision, ask, policy));
  }

  private buttons({ verdict, where }: Told): NoticeButton[] {
    const course = courseInTheWay(verdict.decision);
    const root = verdict.question.folder.root.toString();
    const buttons: NoticeButton[] = [
      ...(course === undefined
        ? []
        : [
            {
              label: 'Start Training',
              run: () => vscode.commands.executeCommand(COMMANDS.startTraining, root, course),
            },
          ]),
      { label: 'Explain', run: () => this.explain(verdict) },
    ];
    // A waiver lifts no course unless the policy says so; who has only to pass one is not sent to ask for it.
    if (!isLetThrough(verdict) && course === undefined)
      buttons.push({
        label: 'Ask for a Waiver',
        run: () => vscode.commands.executeCommand(COMMANDS.askWaiver, verdict),
      });
    if (where !== undefined) buttons.push({ label: 'Show Where', run: where });
    return buttons;
  }
}
