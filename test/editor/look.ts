/**
 * Opens a file in a real VS Code with the extension, and saves a picture of what a person sees.
 *
 *   npx tsx test/editor/look.ts --workspace DIR --open FILE --line N [--hover WORD] [--hover-at-cursor]
 *     [--as ADDRESS] [--theme dark|light|hc-dark|hc-light] [--width W] [--height H] [--scale 2] [--command TITLE] [--restricted]
 *     [--out X.png]
 */
import { dirname, resolve } from 'node:path';
import { mkdir, rm } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { chosenFlavour } from '../support/install/Flavour.js';
import { installServer } from '../support/install/installServer.js';
import { freshCopy, worksAs } from '../support/launch/freshCopy.js';
import { openBrowser } from '../support/launch/openBrowser.js';
import { ANYBODY, startServer } from '../support/launch/startServer.js';
import { openWindow } from './openWindow.js';
import { THEMES } from './themes.js';

const { values: wish } = parseArgs({
  options: {
    workspace: { type: 'string' },
    open: { type: 'string' },
    line: { type: 'string' },
    hover: { type: 'string' },
    'hover-at-cursor': { type: 'boolean', default: false },
    command: { type: 'string', multiple: true, default: [] },
    theme: { type: 'string', default: 'dark' },
    width: { type: 'string', default: '1280' },
    height: { type: 'string', default: '800' },
    scale: { type: 'string', default: '1' },
    as: { type: 'string' },
    restricted: { type: 'boolean', default: false },
    out: { type: 'string', default: '.build/look.png' },
  },
});
const theme = THEMES.find((it) => it === wish.theme);
if (!wish.workspace || !theme) throw new Error(`--workspace is needed, and --theme is one of ${THEMES.join(', ')}.`);

const server = await startServer(await installServer(chosenFlavour()), { env: ANYBODY });
const browser = await openBrowser();
const workspace = await freshCopy(resolve(wish.workspace));
if (wish.as) await worksAs(workspace, wish.as);
try {
  const person = await openWindow(server, browser, {
    workspace,
    theme,
    trusted: !wish.restricted,
    width: Number(wish.width),
    height: Number(wish.height),
    scale: Number(wish.scale),
  });
  await person.statusBarText(/terms/i);
  if (wish.open) await person.openFile(wish.open);
  if (wish.line) await person.goTo(Number(wish.line));
  for (const title of wish.command) await person.runCommand(title);
  if (wish.hover) console.log(await person.hoverOver(wish.hover, wish.line ? { line: Number(wish.line) } : {}));
  if (wish['hover-at-cursor']) console.log(await person.hoverAtCursor());
  console.log('Status bar:', (await person.statusBarTexts()).join(' | '));
  await mkdir(dirname(resolve(wish.out)), { recursive: true });
  await person.screenshot(resolve(wish.out));
  console.log(`Picture: ${resolve(wish.out)}`);
} finally {
  await browser.close();
  await server.stop();
  await rm(dirname(workspace), { recursive: true, force: true });
}
