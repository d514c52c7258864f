import { dirname, join } from 'node:path';
import { readFile } from 'node:fs/promises';
import { chosenFlavour } from '../support/install/Flavour.js';
import { installServer } from '../support/install/installServer.js';
import { openBrowser } from '../support/launch/openBrowser.js';
import { ANYBODY, startServer } from '../support/launch/startServer.js';
import { ROOT } from '../editor/openWindow.js';
import { runInServer } from '../editor/runInHost.js';
import type { Bench, Row } from './Row.js';

/** Each window starts an extension host anew; the first one also warms the disk's cache. */
const WINDOWS = 5;

const bench: Bench = {
  name: 'activation',
  /** What the extension host measures from the start of `activate` to the first editor that shows a region. */
  async run(): Promise<readonly Row[]> {
    const server = await startServer(await installServer(chosenFlavour()), { env: ANYBODY });
    const browser = await openBrowser();
    const measured = new Map<string, number[]>();
    try {
      for (let window = 0; window < WINDOWS; window++) {
        const messages = await runInServer(server, browser, {
          name: 'activation',
          workspace: join(ROOT, 'test/editor/workspaces/perception'),
          // The editor is there before the extension: what is measured is the extension alone.
          file: 'perception/fusion/align.cpp',
          modules: [join(import.meta.dirname, 'activation.suite.ts')],
        });
        for (const message of messages) {
          if (message.kind === 'failed') throw new Error(`${message.title}: ${message.error}`);
          if (message.kind === 'measured')
            measured.set(message.measure, [...(measured.get(message.measure) ?? []), message.value]);
        }
      }
    } finally {
      await browser.close();
      await server.stop();
    }
    const on = `in VS Code ${server.install.version}, median of ${WINDOWS} windows`;
    const size = await bytesAtStart(join(ROOT, 'dist/extension.js'));
    return [
      { measure: `activate(), ${on}`, value: ms(measured.get('activation')) },
      {
        measure: `activation to first decorated editor, ${on}`,
        value: ms(measured.get('firstDecoration')),
        aim: '< 100 ms',
      },
      { measure: 'dist/extension.js and the pieces it starts with', value: `${Math.round(size / 1000)} KB`, aim: '< 500 KB' },
    ];
  },
};
export default bench;

/** The bytes of a module and of everything that it imports statically: what is read when a window opens. */
async function bytesAtStart(path: string, seen = new Set<string>()): Promise<number> {
  if (seen.has(path)) return 0;
  seen.add(path);
  const text = await readFile(path, 'utf8');
  let sum = Buffer.byteLength(text);
  for (const [, piece = ''] of text.matchAll(/(?:from|import)"(\.\.?\/[^"]+)"/g))
    sum += await bytesAtStart(join(dirname(path), piece), seen);
  return sum;
}

function ms(values: readonly number[] = []): string {
  const median = [...values].sort((one, other) => one - other)[Math.floor(values.length / 2)];
  return median === undefined ? 'not measured' : `${median.toFixed(1)} ms`;
}
