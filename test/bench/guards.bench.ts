import { join } from 'node:path';
import { ROOT } from '../editor/openWindow.js';
import { runInServer } from '../editor/runInHost.js';
import { chosenFlavour } from '../support/install/Flavour.js';
import { installServer } from '../support/install/installServer.js';
import { openBrowser } from '../support/launch/openBrowser.js';
import { everywhereAs, startServer } from '../support/launch/startServer.js';
import type { Bench, Row } from './Row.js';

const bench: Bench = {
  name: 'guards',
  /** What all of our listeners add to a keystroke, as measured inside the extension host. */
  async run(): Promise<readonly Row[]> {
    const server = await startServer(await installServer(chosenFlavour()), { env: everywhereAs('ana@helio.example') });
    const browser = await openBrowser();
    const measured = new Map<string, number>();
    try {
      const messages = await runInServer(server, browser, {
        name: 'guards',
        workspace: join(ROOT, 'test/editor/workspaces/guards'),
        modules: [join(import.meta.dirname, 'guards.suite.ts')],
      });
      for (const message of messages) {
        if (message.kind === 'failed') throw new Error(`${message.title}: ${message.error}`);
        if (message.kind === 'measured') measured.set(message.measure, message.value);
      }
    } finally {
      await browser.close();
      await server.stop();
    }
    const ms = (name: string, digits: number): string => `${measured.get(name)?.toFixed(digits) ?? 'not measured'} ms`;
    const on = `in VS Code ${server.install.version}`;
    return [
      {
        measure: `keystroke in an uncovered file of 10,000 lines, 1,000 regions elsewhere: all of our listeners, p99, ${on}`,
        value: ms('uncovered', 3),
        aim: '< 1 ms',
      },
      {
        measure: `keystroke beside 1,000 regions in a file of 13,000 lines: all of our listeners, p99, ${on}`,
        value: ms('covered', 3),
      },
      {
        measure: `200 characters at 100 a second in a denied region and outside: nothing gets through, restored after the last, ${on}`,
        value: ms('restored', 0),
      },
    ];
  },
};
export default bench;
