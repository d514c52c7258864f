import { build } from 'esbuild';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import type { Browser } from 'playwright-core';
import { runTests } from '@vscode/test-electron';
import { editorAddress } from '../support/launch/editorAddress.js';
import { freshCopy } from '../support/launch/freshCopy.js';
import type { ServerEditor } from '../support/launch/startServer.js';
import type { HostMessage } from './host/HostMessage.js';
import { ROOT } from './openWindow.js';
import { collectOwnErrors } from './ownErrors.js';
import { quietSettings } from './quietSettings.js';

/** Modules to run inside the extension host of one window. */
export interface HostRun {
  /** What the run is called, in messages. */
  readonly name: string;
  /** The folder to open a fresh copy of. */
  readonly workspace: string;
  /** A file whose editor is open from the start, by its path below the folder. Only the server editor does this. */
  readonly file?: string;
  /** TypeScript modules that declare mocha tests. */
  readonly modules: readonly string[];
  /** What the user's settings say, besides what keeps the editor quiet. */
  readonly settings?: Readonly<Record<string, unknown>>;
  /** Variables to set for a desktop editor; a server has its own. */
  readonly env?: NodeJS.ProcessEnv;
}

export interface HostOptions {
  readonly onMessage?: (message: HostMessage) => void;
  /** How long the editor may be silent before it counts as dead, in ms. */
  readonly silence?: number;
}

/** How a window shows a run, until `done` settles. Rejects when the editor could not be opened or died. */
type Show = (opening: { readonly workspace: string; readonly tests: string }, done: Promise<void>) => Promise<void>;

/** The extension host starts in a second place, after the window; the first test may take its time as well. */
const SILENCE = 120_000;
const LOOK_EVERY = 100;

/** Runs modules inside the extension host of a window of the server editor. Settles with all that was reported. */
export async function runInServer(
  server: ServerEditor,
  browser: Browser,
  run: HostRun,
  options: HostOptions = {},
): Promise<HostMessage[]> {
  return runWith(run, options, async (opening, done) => {
    await server.setSettings({ ...quietSettings, 'security.workspace.trust.enabled': false, ...run.settings });
    const context = await browser.newContext({ permissions: ['clipboard-read', 'clipboard-write'] });
    try {
      const page = await context.newPage();
      const errors = collectOwnErrors(page);
      const file = run.file === undefined ? {} : { file: join(opening.workspace, run.file) };
      await page.goto(editorAddress(server, { ...opening, ...file, extension: ROOT }), { timeout: 60_000 });
      const gone = server.ended.then((code) => {
        throw new Error(`The VS Code server ended with code ${code}. Its last words:\n${server.log().slice(-2000)}`);
      });
      await Promise.race([done, gone]);
      if (errors.length > 0) throw new Error(`The extension threw:\n${errors.join('\n')}`);
    } finally {
      await context.close();
    }
  });
}

/** Runs modules inside the extension host of a desktop VS Code. Settles with all that was reported. */
export async function runInDesktop(program: string, run: HostRun, options: HostOptions = {}): Promise<HostMessage[]> {
  return runWith(run, options, async ({ workspace, tests }, done) => {
    const profile = await mkdtemp(join(tmpdir(), 'developer-terms-desktop-'));
    await mkdir(join(profile, 'data/User'), { recursive: true });
    await writeFile(join(profile, 'data/User/settings.json'), JSON.stringify({ ...quietSettings, ...run.settings }));
    try {
      await runTests({
        vscodeExecutablePath: program,
        extensionDevelopmentPath: ROOT,
        extensionTestsPath: tests,
        ...(run.env === undefined ? {} : { extensionTestsEnv: run.env }),
        launchArgs: [
          workspace,
          `--user-data-dir=${join(profile, 'data')}`,
          `--extensions-dir=${join(profile, 'extensions')}`,
          '--disable-extensions',
        ],
      });
      await done;
    } finally {
      await rm(profile, { recursive: true, force: true, maxRetries: 3 });
    }
  });
}

async function runWith(run: HostRun, options: HostOptions, show: Show): Promise<HostMessage[]> {
  const workspace = await freshCopy(run.workspace);
  const below = join(ROOT, '.build/host');
  await mkdir(below, { recursive: true });
  // Below the repository: what the bundles leave outside (mocha) is found in its node_modules.
  const folder = await mkdtemp(join(below, `${run.name}-`));
  const report = join(folder, 'report.jsonl');
  await writeFile(report, '');
  try {
    await bundle(run, folder, { report, pristine: run.workspace });
    const messages: HostMessage[] = [];
    let stop = false;
    const done = follow(
      report,
      options.silence ?? SILENCE,
      () => stop,
      (message) => {
        messages.push(message);
        options.onMessage?.(message);
      },
    );
    // Seen by `show`, which may not be waiting for it yet.
    done.catch(() => undefined);
    try {
      await show({ workspace, tests: join(folder, 'index.mjs') }, done);
    } finally {
      stop = true;
    }
    return messages;
  } finally {
    await rm(folder, { recursive: true, force: true });
    await rm(dirname(workspace), { recursive: true, force: true, maxRetries: 10, retryDelay: 200 });
  }
}

async function bundle(
  run: HostRun,
  outdir: string,
  paths: { readonly report: string; readonly pristine: string },
): Promise<void> {
  const names = run.modules.map((module, index) => `${index}-${basename(module, '.ts')}`);
  await build({
    entryPoints: [
      { in: join(import.meta.dirname, 'host/index.ts'), out: 'index' },
      ...run.modules.map((module, index) => ({ in: module, out: names[index] ?? '' })),
    ],
    outdir,
    outExtension: { '.js': '.mjs' },
    bundle: true,
    format: 'esm',
    platform: 'node',
    target: 'node20',
    external: ['vscode', 'mocha'],
    // What both parts import stays one module.
    splitting: true,
    chunkNames: 'chunk-[hash]',
    sourcemap: 'inline',
    logLevel: 'warning',
    define: {
      REPORT_FILE: JSON.stringify(paths.report),
      PRISTINE_WORKSPACE: JSON.stringify(paths.pristine),
      SUITE_MODULES: JSON.stringify(names.map((name) => `./${name}.mjs`)),
    },
  });
}

/** Reads the report as it grows, until it says that the run has ended. Rejects when it falls silent. */
async function follow(
  file: string,
  silence: number,
  stopped: () => boolean,
  onMessage: (message: HostMessage) => void,
): Promise<void> {
  let read = 0;
  let last = Date.now();
  while (!stopped()) {
    const lines = (await readFile(file, 'utf8')).split('\n').slice(0, -1);
    for (const line of lines.slice(read)) {
      const message = JSON.parse(line) as HostMessage;
      last = Date.now();
      onMessage(message);
      if (message.kind === 'end') return;
    }
    read = lines.length;
    if (Date.now() - last > silence) {
      throw new Error(
        `The extension host said nothing for ${silence / 1000} s. ` +
          (read === 0
            ? 'It did not begin: did the window open, and is the extension able to start?'
            : 'It began, and did not end.'),
      );
    }
    await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY));
  }
}
