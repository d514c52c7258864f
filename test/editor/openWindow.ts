import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { editorAddress } from '../support/launch/editorAddress.js';
import type { ServerEditor } from '../support/launch/startServer.js';
import { collectOwnErrors } from './ownErrors.js';
import { Person } from './Person.js';
import { quietSettings } from './quietSettings.js';
import { THEMES, themeName, type Theme } from './themes.js';

export interface WindowOptions {
  /** The folder (or `.code-workspace` file) to open, an absolute path. It is opened as it is: copy it first. */
  readonly workspace: string;
  /** Whether the folder counts as trusted; otherwise it opens in Restricted Mode. */
  readonly trusted?: boolean;
  /** `DEVTERMS_THEME` when absent, else dark. */
  readonly theme?: Theme;
  readonly settings?: Readonly<Record<string, unknown>>;
  /** Of the window, in CSS pixels. */
  readonly width?: number;
  readonly height?: number;
  /** Device pixels in a CSS pixel: 2 for pictures to be looked at. */
  readonly scale?: number;
  /** Whether the invitation to a course stands until it is answered. Otherwise it is put off at once, like somebody in a hurry. */
  readonly invited?: boolean;
  /** The extension to run from its sources: this repository's unless said otherwise; `null` runs what is installed. */
  readonly extension?: string | null;
}

/** The repository's root, which is also the extension's. */
export const ROOT = join(import.meta.dirname, '../..');

const WORKBENCH_WITHIN = 60_000;

/** Runs in the page: a modal dialogue keeps the keyboard from everything that a test is about. */
function putOffTraining(): void {
  new MutationObserver(() => {
    for (const dialogue of document.querySelectorAll('.monaco-dialog-box')) {
      const buttons = [...dialogue.querySelectorAll<HTMLElement>('.monaco-button')];
      if (buttons.some(({ textContent }) => textContent === 'Start Training'))
        buttons.find(({ textContent }) => textContent === 'Not Now')?.click();
    }
  }).observe(document, { childList: true, subtree: true });
}

/** Opens a workspace in a fresh browser profile with fresh user settings. Settles when the workbench stands. */
export async function openWindow(server: ServerEditor, browser: Browser, options: WindowOptions): Promise<Person> {
  const theme = options.theme ?? THEMES.find((it) => it === process.env['DEVTERMS_THEME']) ?? 'dark';
  let settings: Readonly<Record<string, unknown>> = {
    ...quietSettings,
    'security.workspace.trust.enabled': !(options.trusted ?? true),
    'workbench.colorTheme': themeName(theme, server.install.flavour),
    'window.autoDetectColorScheme': false,
    'window.autoDetectHighContrast': false,
    ...options.settings,
  };
  await server.setSettings(settings);
  const context = await browser.newContext({
    viewport: { width: options.width ?? 1280, height: options.height ?? 800 },
    deviceScaleFactor: options.scale ?? 1,
    permissions: ['clipboard-read', 'clipboard-write'],
  });
  // Functions that run in the page are compiled by tsx, which names them with a function of its own.
  await context.addInitScript('globalThis.__name ??= (it) => it');
  if (options.invited !== true) await context.addInitScript(putOffTraining);
  const page = await context.newPage();
  const errors = collectOwnErrors(page);
  const extension = options.extension === undefined ? ROOT : options.extension;
  await page.goto(
    editorAddress(server, { workspace: options.workspace, ...(extension === null ? {} : { extension }) }),
    { timeout: WORKBENCH_WITHIN },
  );
  const person = new Person(
    page,
    options.workspace,
    server.install.flavour,
    (more) => {
      settings = { ...settings, ...more };
      return server.setSettings(settings);
    },
    errors,
  );
  await person.seesWorkbench(WORKBENCH_WITHIN);
  return person;
}
