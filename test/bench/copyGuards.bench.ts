import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { ROOT } from '../editor/openWindow.js';
import { runInServer } from '../editor/runInHost.js';
import { chosenFlavour } from '../support/install/Flavour.js';
import { installServer } from '../support/install/installServer.js';
import { openBrowser } from '../support/launch/openBrowser.js';
import { everywhereAs, startServer } from '../support/launch/startServer.js';
import type { Bench, Row } from './Row.js';

/** How many demos stand side by side; `DEMOS=50` for a quicker look. */
const DEMOS = Number(process.env['DEMOS'] ?? 500);
const SAM = 'sam.rivera@harborline.example';

const bench: Bench = {
  name: 'copyGuards',
  /** What a paste costs, and how free the extension host stays while copy indexes are built and loaded. */
  async run(): Promise<readonly Row[]> {
    const server = await startServer(await installServer(chosenFlavour()), { env: everywhereAs(SAM) });
    const browser = await openBrowser();
    const measured = new Map<string, number>();
    const demos = await manyDemos(DEMOS);
    try {
      for (const [name, workspace] of [
        ['copyGuards', join(ROOT, 'test/editor/workspaces/plain')],
        ['demoIndex', demos],
      ] as const) {
        const messages = await runInServer(
          server,
          browser,
          { name, workspace, modules: [join(import.meta.dirname, `${name}.suite.ts`)] },
          { silence: 900_000 },
        );
        for (const message of messages) {
          // Thirty thousand files are not put back in time, and need not be: the workspace is thrown away.
          if (message.kind === 'failed' && !message.title.startsWith('"after each" hook'))
            throw new Error(`${message.title}: ${message.error}`);
          if (message.kind === 'measured') measured.set(message.measure, message.value);
        }
      }
    } finally {
      await browser.close();
      await server.stop();
      await rm(demos, { recursive: true, force: true });
    }
    const ms = (measure: string): string => {
      const value = measured.get(measure);
      return value === undefined ? 'not measured' : `${value.toFixed(1)} ms`;
    };
    const on = `extension host of VS Code ${server.install.version}`;
    return [
      { measure: `${on}: verdict on 500 lines against a million, p50`, value: ms('paste p50') },
      { measure: `${on}: the same, p99`, value: ms('paste p99'), aim: '< 50 ms' },
      { measure: `${on}: stored index of a million lines read by its worker`, value: ms('load') },
      { measure: `${on}: longest block meanwhile`, value: ms('block, stored index loaded'), aim: '< 50 ms' },
      {
        measure: `${on}: longest block while a million lines are handed over`,
        value: ms('block, a million lines handed over'),
      },
      { measure: `${on}: index of the demo × ${DEMOS}, built`, value: ms('built') },
      { measure: `${on}: longest block meanwhile`, value: ms('block'), aim: '< 50 ms' },
      { measure: `${on}: p99 of its delays meanwhile`, value: ms('p99') },
    ];
  },
};
export default bench;

/** Code that stands once in all demos: what stands in every one of them says nothing about where it was taken from. */
const ONLY_HERE = Array.from(
  { length: 40 },
  (_, at) => `soak_${at} = drain(cell_${at * 7}, ${at * 13 + 5}) - settle(${at}, pack_${at * 3}) * ${at * at + 0.25}`,
).join('\n');

/** A folder with the demo so many times, under the demo's own policy. */
async function manyDemos(count: number): Promise<string> {
  const demo = join(ROOT, 'examples/cobuild');
  const folder = join(await mkdtemp(join(tmpdir(), 'developer-terms-demos-')), 'demos');
  for (let at = 0; at < count; at++)
    await cp(demo, join(folder, `p${at}`), {
      recursive: true,
      filter: (path) => !basename(path).startsWith('developer-terms'),
    });
  await writeFile(join(folder, 'p0/partners/palisade/energy/only_here.py'), ONLY_HERE);
  const policy = await readFile(join(demo, 'developer-terms.yaml'), 'utf8');
  const below = policy.replace(/^ {4}paths: \[(.*)\]/gm, (_, paths: string) => {
    const patterns = paths
      .split(', ')
      .map((path) =>
        path.replace(/^(")?(!?)/, (_all, quote: string | undefined, not: string) => `${quote ?? '"'}${not}*/`),
      );
    return `    paths: [${patterns.map((path) => (path.endsWith('"') ? path : `${path}"`)).join(', ')}]`;
  });
  await writeFile(join(folder, 'developer-terms.yaml'), below.replace('path: terms/', 'path: p0/terms/'));
  return folder;
}
