/**
 * `npm start`: opens the demo co-build in a real VS Code with the extension, until Ctrl+C.
 *
 *   npm start [-- FOLDER]     another folder than the demo, also as a copy
 */
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { findDesktop } from '../support/install/findDesktop.js';
import { chosenFlavour } from '../support/install/Flavour.js';
import { installServer } from '../support/install/installServer.js';
import { SetUpError } from '../support/install/SetUpError.js';
import { asRepository } from '../support/launch/asRepository.js';
import { editorAddress } from '../support/launch/editorAddress.js';
import { freshCopy } from '../support/launch/freshCopy.js';
import { startGuarded } from '../support/launch/startGuarded.js';
import { cleanEnvironment, startServer } from '../support/launch/startServer.js';
import { snapshot, whatChanged } from '../support/launch/whatChanged.js';
import { quietSettings } from './quietSettings.js';

const ROOT = join(import.meta.dirname, '../..');

/** Who sits at the demo: see examples/cobuild/README.md. */
const DEMO_PERSON = { name: 'Sam Rivera', email: 'sam.rivera@harborline.example' };

/** An editor that is open. */
interface Opened {
  /** Settles when it was closed or broke, with its exit code. */
  readonly ended: Promise<number>;
  readonly stop: () => Promise<void>;
}

/** It is the person's own copy of our own demo; being asked whether to trust it would hide what the demo shows. */
const settings = {
  ...quietSettings,
  'git.enabled': true,
  'security.workspace.trust.enabled': false,
  'window.title': 'Developer Terms: ${activeEditorShort}${separator}${rootName}',
};

try {
  process.exitCode = await main();
} catch (error) {
  console.error(error instanceof SetUpError ? `\n${error.message}` : error);
  process.exitCode = 1;
}
process.exit();

async function main(): Promise<number> {
  const interrupted = untilInterrupted();
  const demo = process.argv[2] ? resolve(process.argv[2]) : await findDemo();
  if (!existsSync(demo)) throw new SetUpError(`There is no folder ${demo}.`);
  console.log(`Opening ${demo} in a real VS Code with Developer Terms.`);

  const desktop = await findDesktop();
  const copy = await freshCopy(demo);
  // In the demo you are an engineer of the integrator; a folder of your own has its own people.
  if (process.argv[2] === undefined) {
    const known = await asRepository(copy, DEMO_PERSON);
    console.log(
      known
        ? `There you are ${DEMO_PERSON.name} <${DEMO_PERSON.email}>, as its README tells.`
        : 'git was not found, so the demo does not know who you are and treats you as a stranger.',
    );
  }
  const before = await snapshot(copy);
  try {
    const opened = await Promise.race([desktop ? openDesktop(desktop, copy) : openServer(copy), interrupted]);
    if (opened === undefined) return 0;
    console.log('Press Ctrl+C here to end it.');
    const code = await Promise.race([opened.ended, interrupted]);
    if (code === undefined) console.log('\nEnding the editor …');
    else console.log(desktop ? 'The editor was closed.' : `The editor ended by itself, with code ${code}.`);
    await opened.stop();
    return desktop ? 0 : (code ?? 0);
  } finally {
    const changed = whatChanged(before, await snapshot(copy));
    if (changed.length > 0) console.log(`You changed ${changed.join(', ')}; your copy stays in ${copy}`);
    else await rm(dirname(copy), { recursive: true, force: true });
  }
}

/** Settles when the person presses Ctrl+C, the terminal closes, or whoever started us has gone. */
function untilInterrupted(): Promise<undefined> {
  return new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => resolve(undefined));
    // npm's shell does not pass every signal on; without it we belong to nobody.
    const parent = process.ppid;
    setInterval(() => process.ppid !== parent && resolve(undefined), 1_000).unref();
  });
}

/** The demo, or the first example that has developer terms. */
async function findDemo(): Promise<string> {
  const examples = join(ROOT, 'examples');
  const names = existsSync(examples) ? (await readdir(examples)).sort() : [];
  const found = ['cobuild', ...names].find((name) => existsSync(join(examples, name, 'developer-terms.yaml')));
  if (!found)
    throw new SetUpError(
      `There is no example with a developer-terms.yaml in ${examples}. Name a folder: npm start -- FOLDER`,
    );
  return join(examples, found);
}

async function openServer(copy: string): Promise<Opened> {
  const install = await installServer(chosenFlavour());
  const server = await startServer(install);
  await server.setSettings(settings);
  const ssh = process.env['SSH_CONNECTION']
    ? ` (from your own machine, first: ssh -L ${server.port}:127.0.0.1:${server.port} …)`
    : '';
  console.log(
    [
      '',
      `VS Code ${install.version} is running. Open this address in a browser${ssh}:`,
      '',
      `  ${editorAddress(server, { workspace: copy, extension: ROOT })}`,
      '',
      `It shows a copy of the folder, ${copy}: change what you like, the original stays as it is.`,
    ].join('\n'),
  );
  return server;
}

async function openDesktop(program: string, copy: string): Promise<Opened> {
  // A profile of its own: the person's other windows, settings and extensions have no part in the demo.
  const profile = await mkdtemp(join(tmpdir(), 'developer-terms-desktop-'));
  await mkdir(join(profile, 'data/User'), { recursive: true });
  await writeFile(join(profile, 'data/User/settings.json'), JSON.stringify(settings, undefined, 2));
  const editor = startGuarded(
    program,
    [
      ...[`--extensionDevelopmentPath=${ROOT}`, `--user-data-dir=${join(profile, 'data')}`],
      ...[`--extensions-dir=${join(profile, 'extensions')}`, '--new-window', '--skip-welcome', '--skip-release-notes'],
      ...['--disable-updates', '--disable-telemetry', ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []), copy],
    ],
    { env: cleanEnvironment() },
  );
  console.log(
    `\nThe desktop VS Code opens (${program}).\nIt shows a copy of the folder, ${copy}: change what you like, the original stays as it is.`,
  );
  return {
    ended: editor.ended,
    stop: async () => {
      await editor.stop();
      await rm(profile, { recursive: true, force: true, maxRetries: 3 });
    },
  };
}
