import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { installServer } from '../support/install/installServer.js';
import { chosenFlavour } from '../support/install/Flavour.js';
import { findDesktop } from '../support/install/findDesktop.js';
import { SetUpError } from '../support/install/SetUpError.js';
import { openBrowser } from '../support/launch/openBrowser.js';
import { everywhereAs, startServer } from '../support/launch/startServer.js';
import { brokenOff, sumOf, type Tally } from '../support/Tally.js';
import type { HostMessage } from './host/HostMessage.js';
import { runInDesktop, runInServer, type HostRun } from './runInHost.js';
import { WORKSPACES } from './stage.js';

/** Who sits at the editor while suites run: she stands over both sides of the wall, and has passed no course. */
const SUITES_PERSON = 'ana@helio.example';

const SUITES = join(import.meta.dirname, 'suites');

/**
 * Runs every suite inside the extension host of a real VS Code and prints its tests as they end.
 *
 * `suites/NAME/*.suite.ts` run together in one window that has a copy of `workspaces/NAME` open. The editor is the desktop
 * VS Code where there is one and a display, or it can be downloaded, and the server editor otherwise.
 *
 * @param only the one folder of suites to run; all of them without it
 */
export async function runSuites(only?: string): Promise<Tally> {
  const folders = (await readdir(SUITES, { withFileTypes: true })).filter(
    (it) => it.isDirectory() && (only === undefined || it.name === only),
  );
  if (folders.length === 0) throw new SetUpError(`There are no suites “${only}” in test/editor/suites.`);
  const runs = await Promise.all(
    folders.map(async ({ name }): Promise<HostRun> => ({
      name,
      workspace: join(WORKSPACES, name),
      env: everywhereAs(SUITES_PERSON),
      modules: (await readdir(join(SUITES, name)))
        .filter((file) => file.endsWith('.suite.ts'))
        .map((file) => join(SUITES, name, file)),
    })),
  );
  const desktop = await findDesktop({ exactly: true });
  const tallies: Tally[] = [];
  if (desktop) {
    for (const run of runs) tallies.push(await tallied(run, runInDesktop(desktop, run, { onMessage: printTest })));
  } else {
    const server = await startServer(await installServer(chosenFlavour()), { env: everywhereAs(SUITES_PERSON) });
    const browser = await openBrowser();
    try {
      for (const run of runs)
        tallies.push(await tallied(run, runInServer(server, browser, run, { onMessage: printTest })));
    } finally {
      await browser.close();
      await server.stop();
    }
  }
  return sumOf(tallies);
}

const SIGNS = { passed: '✔', failed: '✖', skipped: '-' } as const;

/** Prints a test's end, when this message is one. */
function printTest(message: HostMessage): void {
  if (message.kind === 'measured') console.log(`    ${message.measure}: ${message.value.toFixed(1)}`);
  if (message.kind !== 'passed' && message.kind !== 'failed' && message.kind !== 'skipped') return;
  console.log(`  ${SIGNS[message.kind]} ${message.title}${message.kind === 'passed' ? ` (${message.ms} ms)` : ''}`);
  if (message.kind === 'failed') console.log(message.error.replace(/^/gm, '      '));
}

/** Counts a run's tests. A run that breaks off, or that has no tests, is a failure. */
async function tallied(run: HostRun, messages: Promise<HostMessage[]>): Promise<Tally> {
  const breakOff = (why: string): Tally => {
    console.log(`  ✖ ${run.name}: ${why}`);
    return brokenOff(run.name, why);
  };
  try {
    const ended = await messages;
    const failures = ended.filter((message) => message.kind === 'failed');
    const passed = ended.filter((message) => message.kind === 'passed').length;
    return passed + failures.length > 0
      ? { passed, failed: failures.length, failures }
      : breakOff('There are no tests.');
  } catch (error) {
    return breakOff(error instanceof Error ? error.message : String(error));
  }
}
