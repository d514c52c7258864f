import { readFile, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { Frame, Page } from 'playwright-core';
import type { Flavour } from '../support/install/Flavour.js';
import { awaitSeen } from './awaitSeen.js';
import { EditorPane, type DrawnLine, type LineStyle } from './EditorPane.js';
import { keepPicture } from './keepPicture.js';
import { explorerDecoration, type ExplorerDecoration } from './explorerDecoration.js';
import { themeName, type Theme } from './themes.js';

/** What a text has to be: a piece of it, or a pattern that it matches. */
export type Words = string | RegExp;

const matches = (text: string, words: Words) => (typeof words === 'string' ? text.includes(words) : words.test(text));
/** So often a list is looked at that does not have what it should before it is made anew. */
const LOOKS_IN_VAIN = 20;
const QUICK_INPUT = '.quick-input-widget:not([style*="display: none"])';
const HOVERS = '.monaco-hover:not(.hidden) .monaco-hover-content';
/** How long what was done is left to have its effect before it is done again, in ms. */
const REST = 2_500;
const NOTIFICATIONS = ':is(.notifications-toasts, .notifications-center.visible) .notification-list-item';
const BELL = '.statusbar-item[id="status.notifications"]';

/**
 * Somebody who sits before the editor with a keyboard and a mouse, and sees what is on the screen.
 *
 * Whatever a person looks for is waited for; when it does not come, the error says what was there instead and where the
 * screenshot is. Lines and columns are 1-based, as on the screen.
 */
export class Person {
  readonly editor: EditorPane;

  constructor(
    readonly page: Page,
    /** The folder (or workspace file) that is open. */
    readonly workspace: string,
    readonly flavour: Flavour,
    private readonly writeSettings: (more: Readonly<Record<string, unknown>>) => Promise<void>,
    /** What our extension threw so far where nobody caught it. */
    readonly ownErrors: readonly string[],
  ) {
    this.editor = new EditorPane(page);
  }

  // ---- looking ----

  /** Waits until the window's frame and the explorer stand. */
  async seesWorkbench(within?: number): Promise<void> {
    await this.#await(
      'the workbench',
      async () =>
        (await this.page.locator('.monaco-workbench .part.statusbar .statusbar-item').count()) ? true : undefined,
      async () => (await this.page.locator('body').innerText()).slice(0, 500),
      within,
    );
  }

  /** The text (as a screen reader says it) of the first status bar item that has these words. */
  async statusBarText(words: Words): Promise<string> {
    return this.#awaitOne(`a status bar item with ${String(words)}`, () => this.statusBarTexts(), words);
  }

  /** What a screen reader says of each status bar item that is there now. */
  async statusBarTexts(): Promise<string[]> {
    return this.page
      .locator('.part.statusbar .statusbar-item')
      .evaluateAll((items) => items.map((it) => it.getAttribute('aria-label') ?? it.textContent ?? ''));
  }

  /**
   * The text of the first notification that has these words. With the driver for tests the editor shows no toasts, so that
   * the person looks behind the bell in the status bar.
   */
  async notificationText(words: Words = ''): Promise<string> {
    return this.#await(
      `a notification with ${String(words) || 'any text'}`,
      async () => {
        const found = (await this.notificationTexts()).find((it) => matches(it, words));
        const isOpen = (await this.page.locator('.notifications-center.visible').count()) > 0;
        if (found === undefined && !isOpen) await this.page.locator(BELL).click();
        return found;
      },
      async () => (await this.notificationTexts()).join(' | '),
    );
  }

  /** The notifications that are on the screen now, as toasts or in the list behind the bell. */
  async notificationTexts(): Promise<string[]> {
    return this.page.locator(`${NOTIFICATIONS} .notification-list-item-message`).allInnerTexts();
  }

  /** Presses a button of the notification that has these words. */
  async pressNotificationButton(words: Words, button: string): Promise<void> {
    await this.notificationText(words);
    const notification = this.page.locator(NOTIFICATIONS).filter({ hasText: words });
    await notification.hover();
    await notification.locator('.monaco-button', { hasText: button }).click();
  }

  /** Clears all notifications away, and closes what shows them. */
  async clearsNotifications(): Promise<void> {
    await this.runCommand('Notifications: Clear All Notifications');
  }

  /** The lines on the screen. */
  async lines(): Promise<DrawnLine[]> {
    return this.editor.lines();
  }

  /** Waits until a line on the screen has these words; returns its whole text. */
  async seesLine(line: number, words: Words): Promise<string> {
    return this.#await(
      `line ${line} to have ${String(words)}`,
      async () => {
        const text = (await this.lines()).find((it) => it.number === line)?.text;
        return text !== undefined && matches(text, words) ? text : undefined;
      },
      () => this.#screenText(),
    );
  }

  /** Waits until a line is marked as the test asks (by default: in any way), and returns how. */
  async seesLineStyle(
    line: number,
    isRight: (style: LineStyle) => boolean = ({ backgrounds, hasBorder }) => backgrounds.length > 0 || hasBorder,
  ): Promise<LineStyle> {
    return this.#await(
      `line ${line} to be marked`,
      async () => {
        const style = await this.editor.lineStyle(line);
        return style && isRight(style) ? style : undefined;
      },
      async () => `${JSON.stringify(await this.editor.lineStyle(line))} in\n${await this.#screenText()}`,
    );
  }

  /** The problems of the whole workspace, as the Problems view lists them. Waits until one has these words, if any are given. */
  async problems(words?: Words): Promise<string[]> {
    await this.runCommand('Problems: Focus on Problems View');
    const rows = this.page.locator('.markers-panel .monaco-list-row');
    const read = async () =>
      (await rows.evaluateAll((all) => all.map((it) => it.getAttribute('aria-label') ?? ''))).filter((it) => it !== '');
    if (words !== undefined) await this.#awaitOne(`a problem with ${String(words)}`, read, words);
    return read();
  }

  /**
   * Badge and tooltip of a file in the explorer; opens the folders above it. The path is relative to the folder. Waits until
   * the file has `badge`, where one is given.
   */
  async explorerDecoration(path: string, badge?: string): Promise<ExplorerDecoration> {
    const read = () => explorerDecoration(this.page, path);
    if (badge === undefined) return read();
    return this.#await(
      `${path} to have the badge ${badge}`,
      async () => {
        const decoration = await read();
        return decoration.badge === badge ? decoration : undefined;
      },
      () => this.#screenText(),
    );
  }

  /** A picture of the whole window. */
  async screenshot(path: string): Promise<void> {
    await this.page.screenshot({ path, animations: 'disabled' });
  }

  // ---- opening ----

  /** Opens a file by its path below the folder, as with Ctrl+P, and waits until its lines are there. */
  async openFile(path: string): Promise<void> {
    const name = basename(path);
    await this.#openQuickInput('Control+P');
    await this.page.keyboard.insertText(path);
    await this.#pickRow(name, (label) => label.startsWith(name));
    await this.#await(
      `${name} to be open`,
      async () => {
        const active = this.page.locator('.editor-group-container.active .tab.active');
        const [tab] = await active.evaluateAll((all) => all.map((it) => it.getAttribute('data-resource-name')));
        return tab === name && (await this.lines()).length > 0 ? true : undefined;
      },
      () => this.#screenText(),
    );
    await this.page.locator('.editor-group-container.active .monaco-editor.focused').first().waitFor();
  }

  /** Picks a file by its path below the folder with Ctrl+P, whatever is shown then. */
  async asksForFile(path: string): Promise<void> {
    const name = basename(path);
    await this.#openQuickInput('Control+P');
    await this.page.keyboard.insertText(path);
    // Several files may have the name; the folder tells which.
    const folder = path.slice(0, -name.length - 1);
    await this.#pickRow(path, (label) => label.startsWith(name) && label.includes(folder));
  }

  /** Waits until the active tab has a file's name and stands for our page; returns the page's text when it has these words. */
  async seesPage(name: string, words: Words): Promise<string> {
    const tab = this.page.locator('.editor-group-container.active .tab.active');
    return this.#await(
      `a page instead of ${name} with ${String(words)}`,
      async () => {
        const [shown] = await tab.evaluateAll((all) => all.map((it) => it.getAttribute('data-resource-name')));
        if (shown !== name) return undefined;
        return (await this.#pageTexts()).find((it) => it.includes(name) && matches(it, words));
      },
      async () => `${(await this.#pageTexts()).join(' | ')} in\n${await this.#screenText()}`,
    );
  }

  /** Presses a button of our page in the active tab. */
  async pressOnPage(button: string): Promise<void> {
    for (const frame of this.page.frames()) {
      const link = frame.locator('main nav a', { hasText: button });
      if ((await link.count()) > 0 && (await link.first().isVisible())) return link.first().click();
    }
    throw new Error(`no page on the screen has the button ${button}`);
  }

  /** Waits for a page of ours (a webview) that has an element; returns its frame. */
  async pageWith(selector: string): Promise<Frame> {
    return this.#await(
      `a page with ${selector}`,
      async () => {
        for (const frame of this.page.frames()) {
          const element = frame.locator(selector).first();
          // A frame may be gone before it is read.
          if (await element.isVisible().catch(() => false)) return frame;
        }
        return undefined;
      },
      async () => `${(await this.#pageTexts()).join(' | ')} in\n${await this.#screenText()}`,
    );
  }

  /** Presses a button of the modal dialogue that has these words; returns all that the dialogue says. */
  async answerDialogue(words: Words, button: string): Promise<string> {
    const dialogue = this.page.locator('.monaco-dialog-box', { hasText: words });
    await dialogue.waitFor();
    const text = await dialogue.innerText();
    await keepPicture(this.page, `a dialogue with ${String(words)}`);
    await dialogue.locator('.monaco-button', { hasText: button }).click();
    await dialogue.waitFor({ state: 'hidden' });
    return text;
  }

  /** Waits until no status bar item has these words. */
  async seesNoStatus(words: Words): Promise<void> {
    await this.#await(
      `no status bar item with ${String(words)}`,
      async () => ((await this.statusBarTexts()).some((it) => matches(it, words)) ? undefined : true),
      async () => (await this.statusBarTexts()).join(' | '),
      60_000,
    );
  }

  async #pageTexts(): Promise<string[]> {
    const texts = await Promise.all(
      this.page.frames().map(async (frame) => {
        const main = frame.locator('body > main');
        // A frame may be gone before it is read.
        return main.innerText({ timeout: 500 }).catch(() => '');
      }),
    );
    return texts.filter((text) => text !== '');
  }

  /** Runs a command by its whole title, as with F1. */
  async runCommand(title: string): Promise<void> {
    const ask = async (): Promise<void> => {
      await this.#openQuickInput('F1');
      await this.page.keyboard.insertText(title);
    };
    await ask();
    await this.#pickRow(
      title,
      (label) => new RegExp(`^${escaped(title)}(,|$)`).test(label),
      // Its list is made when it opens: what an extension brings a moment later is not in it.
      async () => {
        await this.page.keyboard.press('Escape');
        await ask();
      },
    );
  }

  /** What the open quick pick offers. Waits until an item has these words, if any are given. */
  async quickPick(words: Words = ''): Promise<string[]> {
    await this.#awaitPick(words);
    return this.#picks();
  }

  /** Takes the item of the open quick pick that has these words. */
  async pick(words: Words): Promise<void> {
    await this.#pickRow(String(words), (label) => matches(label, words));
  }

  /** Types into the open quick pick or input box and presses Enter. */
  async answer(text: string): Promise<void> {
    // The box is there a moment before it takes what is typed.
    await this.page.locator(`${QUICK_INPUT} input:focus`).first().waitFor();
    await this.page.keyboard.insertText(text);
    await keepPicture(this.page, 'the answer to a question');
    await this.page.keyboard.press('Enter');
  }

  /** Changes user settings, as in `settings.json`; the others stay as they are. The oldest VS Code reads them at its next start. */
  async changeSettings(settings: Readonly<Record<string, unknown>>): Promise<void> {
    await this.writeSettings(settings);
  }

  /** Changes the colour theme in the settings, and waits until the window has it. */
  async setTheme(theme: Theme): Promise<void> {
    const kind = { dark: 'vs-dark', light: 'vs', 'hc-dark': 'hc-black', 'hc-light': 'hc-light' }[theme];
    let written = 0;
    await this.#await(
      `the window in the theme ${theme}`,
      async () => {
        if ((await this.page.locator(`.monaco-workbench.${kind}`).count()) > 0) return true;
        // A window that has just opened does not watch its settings yet: a change may have to be saved again.
        if (Date.now() - written > 2 * REST) {
          await this.changeSettings({ 'workbench.colorTheme': themeName(theme, this.flavour) });
          written = Date.now();
          // As a server, VS Code 1.100 reads user settings from disk only when a window opens; editors come back.
          if (this.flavour === 'oldest') {
            await this.page.reload();
            await this.seesWorkbench();
          }
        }
        return undefined;
      },
      async () => (await this.page.locator('.monaco-workbench').getAttribute('class')) ?? '',
    );
  }

  // ---- moving and editing ----

  /** Puts the cursor into a line: at a column, or at its end. */
  async goTo(line: number, column?: number): Promise<void> {
    const ask = async (): Promise<number> => {
      await this.#openQuickInput('Control+G');
      await this.page.keyboard.insertText(`${line}${column === undefined ? '' : `:${column}`}`);
      await this.#awaitPick(new RegExp(`line ${line}\\b`, 'i'));
      await this.page.keyboard.press('Enter');
      return Date.now();
    };
    let asked = await ask();
    await this.#await(
      `the cursor to be in line ${line}`,
      async () => {
        const here = this.page.locator(
          '.editor-group-container.active .monaco-editor .line-numbers.active-line-number',
        );
        if ((await here.allInnerTexts()).includes(String(line))) return true;
        if (Date.now() - asked > REST) asked = await ask();
        return undefined;
      },
      () => this.#screenText(),
    );
    // The box gives the keyboard back when it goes; what is opened before that would lose it again.
    await this.page.locator(QUICK_INPUT).first().waitFor({ state: 'hidden' });
    await this.page.locator('.editor-group-container.active .monaco-editor.focused').first().waitFor();
    if (column === undefined) await this.page.keyboard.press('End');
  }

  /** Types at the end of a line, or at a column of it. */
  async typeAt(line: number, text: string, column?: number): Promise<void> {
    await this.goTo(line, column);
    await this.page.keyboard.type(text);
  }

  /** Selects whole lines, without the last one's line break. */
  async selectLines(from: number, to: number): Promise<void> {
    await this.goTo(from, 1);
    for (let line = from; line < to; line++) await this.page.keyboard.press('Shift+ArrowDown');
    await this.page.keyboard.press('Shift+End');
  }

  /** Copies with Ctrl+C; returns what the clipboard holds then. */
  async copy(): Promise<string> {
    return this.#toClipboard('Control+C');
  }

  /** Cuts with Ctrl+X; returns what the clipboard holds then. */
  async cut(): Promise<string> {
    return this.#toClipboard('Control+X');
  }

  /** Pastes with Ctrl+V: what was copied last, or this text as if it came from another program. */
  async paste(text?: string): Promise<void> {
    if (text !== undefined) await this.page.evaluate((it) => navigator.clipboard.writeText(it), text);
    await this.page.keyboard.press('Control+V');
  }

  async clipboardText(): Promise<string> {
    return this.page.evaluate(() => navigator.clipboard.readText());
  }

  async undo(): Promise<void> {
    await this.page.keyboard.press('Control+Z');
  }

  async redo(): Promise<void> {
    await this.page.keyboard.press('Control+Y');
  }

  async save(): Promise<void> {
    await this.page.keyboard.press('Control+S');
  }

  /** Waits until the active editor has nothing that is not saved. */
  async seesSaved(): Promise<void> {
    await this.#await(
      'the file to be saved',
      async () =>
        (await this.page.locator('.editor-group-container.active .tab.active.dirty').count()) === 0 ? true : undefined,
      async () => (await this.notificationTexts()).join(' | ') || 'a tab with a dot',
    );
  }

  /** Rests the mouse on a text (in a line when one is given), and returns the hover's text when it has these words. */
  async hoverOver(text: string, options: { readonly line?: number; readonly words?: Words } = {}): Promise<string> {
    const spot = await this.#await(
      `"${text}"${options.line === undefined ? '' : ` in line ${options.line}`} to be on the screen`,
      () => this.editor.spotOf(text, options.line),
      () => this.#screenText(),
    );
    const words = options.words ?? '';
    let rested = 0;
    return this.#await(
      `a hover over "${text}" with ${String(words) || 'any text'}`,
      async () => {
        const hover = (await this.#hoverTexts()).find((it) => matches(it, words));
        if (hover !== undefined || Date.now() - rested < REST) return hover;
        // A hover is asked for when the mouse comes, and not again: who came before its provider has to come once more.
        await this.page.mouse.move(spot.x, 5);
        await this.page.mouse.move(spot.x - 3, spot.y);
        await this.page.mouse.move(spot.x, spot.y, { steps: 2 });
        rested = Date.now();
        return undefined;
      },
      async () => (await this.#hoverTexts()).join(' | '),
    );
  }

  /** Shows the hover at the cursor with the keyboard (Ctrl+K Ctrl+I), and returns its text when it has these words. */
  async hoverAtCursor(words?: Words): Promise<string> {
    await this.page.keyboard.press('Control+K');
    await this.page.keyboard.press('Control+I');
    return this.hoverText(words);
  }

  /** The text of the hover that is there, or comes. */
  async hoverText(words: Words = ''): Promise<string> {
    return this.#awaitOne(`a hover with ${String(words) || 'any text'}`, () => this.#hoverTexts(), words);
  }

  /** Chooses a quick fix at the cursor (Ctrl+.). VS Code offers none for a moment when an extension begins to offer some: asks again then. */
  async quickFix(words: string): Promise<void> {
    const rows = this.page.locator('.action-widget .monaco-list-row');
    await this.#await(
      `a quick fix with ${words}`,
      async () => {
        await this.page.keyboard.press('Control+.');
        const fix = rows.filter({ hasText: words }).first();
        const isThere = await fix.waitFor({ timeout: 3_000 }).then(
          () => true,
          () => false,
        );
        if (isThere) await fix.click();
        else await this.page.keyboard.press('Escape');
        return isThere ? true : undefined;
      },
      async () => (await rows.allInnerTexts()).join(' | '),
    );
  }

  // ---- from outside ----

  /** Changes a file on disk, as another program would. The path is relative to the folder. */
  async otherProgramWrites(path: string, text: string): Promise<void> {
    await writeFile(join(this.workspace, path), text);
  }

  /** What a file on disk holds. The path is relative to the folder. */
  async onDisk(path: string): Promise<string> {
    return readFile(join(this.workspace, path), 'utf8');
  }

  /** Works in another program for a moment, and comes back to the editor's window. */
  async comesBackFromElsewhere(): Promise<void> {
    // A browser that is driven always has the focus: the page is told otherwise, as the system would.
    await this.page.evaluate(async () => {
      const turnsTo = (isHere: boolean): Promise<unknown> => {
        document.hasFocus = () => isHere;
        window.dispatchEvent(new Event(isHere ? 'focus' : 'blur'));
        return new Promise((done) => setTimeout(done, 500));
      };
      await turnsTo(false);
      await turnsTo(true);
    });
  }

  /** Closes the window. */
  async leaves(): Promise<void> {
    await this.page.context().close();
  }

  // ---- how ----

  async #openQuickInput(key: string): Promise<void> {
    const input = this.page.locator(`${QUICK_INPUT} input`).first();
    await this.#await(
      `${key} to open the quick input`,
      async () => {
        if (await input.isVisible()) return true;
        await this.page.keyboard.press(key);
        return await input.waitFor({ timeout: 1_000 }).then(
          () => true as const,
          () => undefined,
        );
      },
      () => this.#screenText(),
    );
  }

  async #hoverTexts(): Promise<string[]> {
    const text = (await this.page.locator(HOVERS).filter({ visible: true }).allInnerTexts()).join('\n').trim();
    return text === '' || text === 'Loading...' ? [] : [text];
  }

  async #picks(): Promise<string[]> {
    return this.page
      .locator(`${QUICK_INPUT} .monaco-list-row`)
      .evaluateAll((rows) => rows.map((it) => it.getAttribute('aria-label') ?? it.textContent ?? ''));
  }

  /** Waits until an item offered has these words. */
  async #awaitPick(words: Words): Promise<void> {
    await this.#await(
      `the quick input to offer ${String(words) || 'anything'}`,
      async () => ((await this.#picks()).some((it) => matches(it, words)) ? true : undefined),
      async () => (await this.#picks()).join(' | '),
    );
  }

  /** Goes down to the first item that is right, and presses Enter there once the list has come to rest. */
  async #pickRow(what: string, isRight: (label: string) => boolean, again?: () => Promise<void>): Promise<void> {
    const focused = this.page.locator(`${QUICK_INPUT} .monaco-list-row.focused`);
    let before = '';
    let inVain = 0;
    await this.#await(
      `the quick input to offer ${what}`,
      async () => {
        const picks = await this.#picks();
        const [here = ''] = await focused.evaluateAll((rows) => rows.map((it) => it.getAttribute('aria-label') ?? ''));
        const now = JSON.stringify([picks, here]);
        const isAtRest = now === before;
        before = now;
        if (!isAtRest) return undefined;
        if (!isRight(here)) {
          if (picks.some(isRight)) await this.page.keyboard.press('ArrowDown');
          else if (again !== undefined && ++inVain % LOOKS_IN_VAIN === 0) await again();
          return undefined;
        }
        await this.page.keyboard.press('Enter');
        return true;
      },
      async () => (await this.#picks()).join(' | '),
    );
  }

  async #toClipboard(key: string): Promise<string> {
    const before = `(nothing was copied ${Date.now()})`;
    await this.page.evaluate((it) => navigator.clipboard.writeText(it), before);
    await this.page.keyboard.press(key);
    return this.#await(
      `${key} to fill the clipboard`,
      async () => {
        const now = await this.clipboardText();
        return now === before ? undefined : now;
      },
      () => this.#screenText(),
    );
  }

  async #awaitOne(what: string, read: () => Promise<string[]>, words: Words): Promise<string> {
    return this.#await(
      what,
      async () => (await read()).find((it) => matches(it, words)),
      async () => (await read()).join(' | '),
    );
  }

  #await<T>(
    what: string,
    look: () => Promise<T | undefined>,
    instead: () => Promise<string>,
    within?: number,
  ): Promise<T> {
    return awaitSeen(this.page, { what, look, instead, ...(within === undefined ? {} : { within }) });
  }

  async #screenText(): Promise<string> {
    const lines = (await this.lines()).slice(0, 30).map(({ number, text }) => `${number} ${text}`);
    return lines.length > 0 ? lines.join('\n') : 'no editor';
  }
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
