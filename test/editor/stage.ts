import { mkdir, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Browser } from 'playwright-core';
import { chosenFlavour } from '../support/install/Flavour.js';
import { installServer } from '../support/install/installServer.js';
import { freshCopy, worksAs } from '../support/launch/freshCopy.js';
import { openBrowser } from '../support/launch/openBrowser.js';
import { ANYBODY, startServer, type ServerEditor } from '../support/launch/startServer.js';
import { picturesOf } from './keepPicture.js';
import { openWindow, ROOT, type WindowOptions } from './openWindow.js';
import type { Person } from './Person.js';

/** The workspaces that tests open by name. */
export const WORKSPACES = join(import.meta.dirname, 'workspaces');

let server: Promise<ServerEditor> | undefined;
let browser: Promise<Browser> | undefined;
let present: { readonly person: Person; readonly copy: string }[] = [];

/** The server that all tests of a run share, started by the first that asks. */
export function theServer(): Promise<ServerEditor> {
  return (server ??= installServer(chosenFlavour()).then((install) => startServer(install, { env: ANYBODY })));
}

/** The browser that all tests of a run share; each window has a profile of its own. */
export function theBrowser(): Promise<Browser> {
  return (browser ??= openBrowser());
}

/**
 * A person opens a fresh copy of a workspace (a name below `test/editor/workspaces`, or an absolute path) in the editor.
 * The window is closed and the copy removed after the test. Trusted, in the dark theme, unless the options say otherwise.
 */
export async function personOpens(
  workspace: string,
  options: Omit<WindowOptions, 'workspace'> & {
    /** The address that Git knows the person by; nobody in particular when absent. */
    readonly as?: string;
    /** Another server than the one that the run shares. */
    readonly server?: ServerEditor;
    /** A folder of the workspace, or a `.code-workspace` file in it, to open instead of all of it. */
    readonly open?: string;
  } = {},
): Promise<Person> {
  const { server: own, as, open = '', ...windowOptions } = options;
  const [editor, chromium] = await Promise.all([own ?? theServer(), theBrowser()]);
  const copy = await freshCopy(workspace.startsWith('/') ? workspace : join(WORKSPACES, workspace));
  if (as) await worksAs(copy, as);
  const person = await openWindow(editor, chromium, { ...windowOptions, workspace: join(copy, open) });
  present.push({ person, copy });
  return person;
}

async function everyoneLeaves(failed: string | undefined): Promise<void> {
  const all = present;
  present = [];
  const errors = all.flatMap(({ person }) => person.ownErrors);
  for (const { person, copy } of all) {
    if (failed) await takePicture(person, failed);
    await person.leaves();
    await rm(dirname(copy), { recursive: true, force: true });
  }
  if (errors.length > 0) throw new Error(`The extension threw:\n${errors.join('\n')}`);
}

async function takePicture(person: Person, title: string): Promise<void> {
  const folder = join(ROOT, '.build/failed');
  await mkdir(folder, { recursive: true });
  const path = join(folder, `${title.replace(/[^a-z0-9]+/gi, '-').slice(0, 100)}.png`);
  await person.screenshot(path).then(
    () => console.log(`      what was on the screen: ${path}`),
    () => undefined,
  );
}

/** Mocha takes these hooks for every test of the run. */
export const mochaHooks: Mocha.RootHookObject = {
  beforeEach(this: Mocha.Context) {
    picturesOf(this.currentTest?.fullTitle() ?? '');
  },
  async afterEach(this: Mocha.Context) {
    await everyoneLeaves(this.currentTest?.isFailed() ? this.currentTest.fullTitle() : undefined);
  },
  async afterAll() {
    await (await browser)?.close();
    await (await server)?.stop();
  },
};
