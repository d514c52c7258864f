import * as vscode from 'vscode';

/** A repeat within this time (ms) is counted in the status bar instead of told again. */
const FOLD_MS = 30_000;
/** How long a folded repeat stands in the status bar (ms). */
const STATUS_MS = 8_000;

/** Something the person can do about it. */
export interface NoticeButton {
  readonly label: string;
  run(): unknown;
}

/** One explanation of one act. */
export interface Notice {
  /** Acts with the same key are the same to a person: guard, rule and asset, never the line. */
  readonly key: string;
  readonly severity: 'information' | 'warning' | 'error';
  /** Whole sentences; see `refusalInWords`. */
  readonly text: string;
  /** A few words for the status bar. */
  readonly short: string;
  /** At most three; the last ones are cut by a narrow window. */
  readonly buttons: readonly NoticeButton[];
}

/** Tells people what a guard did: once per act; what repeats within half a minute goes to the status bar. */
export class Notices implements vscode.Disposable {
  private readonly told = new Map<string, { at: number; repeats: number }>();
  private inStatus: vscode.Disposable | undefined;

  constructor(private readonly now: () => number = () => performance.now()) {}

  /** Shows the notice, or counts it. Resolves when the person has answered or dismissed it. */
  async tell(notice: Notice): Promise<void> {
    const last = this.told.get(notice.key);
    const at = this.now();
    if (last !== undefined && at - last.at < FOLD_MS) {
      last.repeats++;
      this.inStatus?.dispose();
      const times = last.repeats === 1 ? 'again' : `again, ${last.repeats} times`;
      this.inStatus = vscode.window.setStatusBarMessage(`$(lock) ${notice.short}: ${times}`, STATUS_MS);
      return;
    }
    this.told.set(notice.key, { at, repeats: 0 });
    const labels = notice.buttons.map(({ label }) => label);
    const picked = await SHOW[notice.severity](notice.text, labels);
    const button = notice.buttons.find(({ label }) => label === picked);
    await button?.run();
  }

  dispose(): void {
    this.inStatus?.dispose();
  }
}

const SHOW: Readonly<
  Record<Notice['severity'], (text: string, buttons: readonly string[]) => Thenable<string | undefined>>
> = {
  information: (text, buttons) => vscode.window.showInformationMessage(text, ...buttons),
  warning: (text, buttons) => vscode.window.showWarningMessage(text, ...buttons),
  error: (text, buttons) => vscode.window.showErrorMessage(text, ...buttons),
};
