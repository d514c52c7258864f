/**
 * `npm run screenshots [-- NAME…]`: takes the pictures of `scenes.ts` in a real VS Code, into `docs/images`.
 */
import { mkdir, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { chosenFlavour } from '../support/install/Flavour.js';
import { installServer } from '../support/install/installServer.js';
import { freshCopy, worksAs } from '../support/launch/freshCopy.js';
import { openBrowser } from '../support/launch/openBrowser.js';
import { ANYBODY, startServer } from '../support/launch/startServer.js';
import { openWindow, ROOT } from './openWindow.js';
import { scenes, type Scene } from './scenes.js';

const IMAGES = join(ROOT, 'docs/images');
const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => !scenes.some((scene) => scene.name === name));
if (unknown.length > 0) {
  console.error(`There is no scene ${unknown.join(', ')}; there are: ${scenes.map(({ name }) => name).join(', ')}.`);
  process.exit(2);
}

const server = await startServer(await installServer(chosenFlavour()), { env: ANYBODY });
const browser = await openBrowser();
try {
  await mkdir(IMAGES, { recursive: true });
  for (const scene of scenes) if (wanted.length === 0 || wanted.includes(scene.name)) await take(scene);
} finally {
  await browser.close();
  await server.stop();
}

async function take(scene: Scene): Promise<void> {
  const workspace = await freshCopy(scene.workspace);
  try {
    if (scene.as) await worksAs(workspace, scene.as);
    const person = await openWindow(server, browser, {
      workspace,
      theme: scene.theme ?? 'dark',
      trusted: scene.trusted ?? true,
      width: scene.width ?? 1280,
      height: scene.height ?? 800,
      scale: 2,
      settings: { 'window.title': '${activeEditorShort}${separator}${rootName}', ...scene.settings },
    });
    await scene.act(person);
    const path = join(IMAGES, `${scene.name}.png`);
    await person.screenshot(path);
    console.log(path);
    await person.leaves();
  } finally {
    await rm(dirname(workspace), { recursive: true, force: true });
  }
}
