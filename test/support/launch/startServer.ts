import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ServerInstall } from '../install/installServer.js';
import { SetUpError } from '../install/SetUpError.js';
import { startGuarded } from './startGuarded.js';

/** A VS Code server that is up on 127.0.0.1. */
export interface ServerEditor {
  readonly install: ServerInstall;
  readonly port: number;
  /** Its data folder: user settings, installed extensions, logs. */
  readonly dataFolder: string;
  /** What it printed so far, without its complaints about native modules that it does without. */
  readonly log: () => string;
  /** Settles when the server has ended, for whatever reason. */
  readonly ended: Promise<number>;
  /** Replaces the user's settings for every window that opens from now on. */
  readonly setSettings: (settings: Readonly<Record<string, unknown>>) => Promise<void>;
  /** Ends the server and all its processes, and removes its data folder if it is our own. */
  readonly stop: () => Promise<void>;
}

export interface ServerOptions {
  /** Its data folder; a fresh one, removed on stop, when absent. */
  readonly dataFolder?: string;
  /** The port; a free one when absent. */
  readonly port?: number;
  /** Variables to set for the editor and its extensions. */
  readonly env?: NodeJS.ProcessEnv;
}

const START_WITHIN = 60_000;

/** Starts VS Code's server. Settles when it listens (about a second); throws a `SetUpError` with its last words otherwise. */
export async function startServer(install: ServerInstall, options: ServerOptions = {}): Promise<ServerEditor> {
  const dataFolder = options.dataFolder ?? (await mkdtemp(join(tmpdir(), 'developer-terms-editor-')));
  const server = startGuarded(
    install.node,
    [
      install.main,
      ...['--host', '127.0.0.1', '--port', String(options.port ?? 0)],
      ...['--without-connection-token', '--accept-server-license-terms', '--telemetry-level', 'off'],
      // Without this flag a built server ignores the extension that is being developed.
      '--enable-smoke-test-driver',
      ...['--server-data-dir', dataFolder],
    ],
    { env: { ...cleanEnvironment(), ...options.env } },
  );
  const log = () => withoutNativeModules(server.output());
  const stop = async () => {
    await server.stop();
    if (!options.dataFolder) await rm(dataFolder, { recursive: true, force: true, maxRetries: 3 });
  };

  const port = await new Promise<number | undefined>((resolve) => {
    const finish = (value: number | undefined) => {
      clearTimeout(timer);
      silence();
      resolve(value);
    };
    const timer = setTimeout(() => finish(undefined), START_WITHIN);
    const silence = server.onOutput(() => {
      const found = /Extension host agent listening on (\d+)/.exec(server.output());
      if (found) finish(Number(found[1]));
    });
    void server.ended.then(() => finish(undefined));
  });
  if (port === undefined) {
    await stop();
    throw new SetUpError(`The VS Code ${install.version} server did not start. Its last words:\n${log().slice(-2000)}`);
  }
  return {
    install,
    port,
    dataFolder,
    log,
    ended: server.ended,
    setSettings: async (settings) => {
      const user = join(dataFolder, 'data/User');
      await mkdir(user, { recursive: true });
      await writeFile(join(user, 'settings.json'), JSON.stringify(settings, undefined, 2));
    },
    stop,
  };
}

/** Our environment without what an editor's own terminal adds: those variables point the new editor at the old one. */
export function cleanEnvironment(env: NodeJS.ProcessEnv = process.env): NodeJS.ProcessEnv {
  return Object.fromEntries(
    Object.entries(env).filter(([name]) => !/^(VSCODE_|ELECTRON_|CODE_SERVER|NODE_OPTIONS$|npm_)/i.test(name)),
  );
}

/** spdlog and its like stay uncompiled; the server says so at length and goes on without them. */
function withoutNativeModules(output: string): string {
  return output.replace(/Error: Could not locate the bindings file[\s\S]*?\n\}\n/g, '');
}

/** Hides what Git knows of whoever runs the tests, so that a test says itself who works in a folder. */
export const ANYBODY: NodeJS.ProcessEnv = { GIT_CONFIG_GLOBAL: '/dev/null', GIT_CONFIG_SYSTEM: '/dev/null' };

/** Makes Git know whoever runs the tests by this address, in every folder. */
export function everywhereAs(address: string): NodeJS.ProcessEnv {
  return { ...ANYBODY, GIT_CONFIG_COUNT: '1', GIT_CONFIG_KEY_0: 'user.email', GIT_CONFIG_VALUE_0: address };
}
