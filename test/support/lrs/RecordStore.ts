import { createServer } from 'node:net';
import { dirname } from 'node:path';
import { SetUpError } from '../install/SetUpError.js';
import { startGuarded } from '../launch/startGuarded.js';
import { installRecordStore } from './installRecordStore.js';

/** A real record store on this machine, empty when it starts. It takes any name and password. */
export interface RecordStore {
  readonly endpoint: string;
  /** Stores statements through the store's own API; gives their ids. */
  add(...statements: readonly object[]): Promise<readonly string[]>;
  stop(): Promise<void>;
}

const START_WITHIN_MS = 60_000;
/** Whoever writes statements; the store takes any. */
const AUTHORIZATION = `Basic ${btoa('writer:writer')}`;

/** Starts one. Settles when it listens; throws a `SetUpError` with its last words otherwise. */
export async function startRecordStore(): Promise<RecordStore> {
  const main = await installRecordStore();
  const port = await freePort();
  const server = startGuarded(process.execPath, [main], {
    // It writes logs below the folder that it runs in.
    cwd: dirname(main),
    env: {
      ...process.env,
      MODELS_REPO: 'memory',
      STORAGE_REPO: 'memory',
      AUTH_REPO: 'test',
      EVENTS_REPO: 'test',
      EXPRESS_PORT: String(port),
      WINSTON_CONSOLE_LEVEL: 'info',
    },
  });
  const listens = await new Promise<boolean>((resolve) => {
    const timer = setTimeout(() => resolve(false), START_WITHIN_MS);
    const finish = (value: boolean): void => {
      clearTimeout(timer);
      silence();
      resolve(value);
    };
    const silence = server.onOutput(() => {
      if (server.output().includes('Listening on port')) finish(true);
    });
    void server.ended.then(() => finish(false));
  });
  if (!listens) {
    await server.stop();
    throw new SetUpError(`The record store did not start. Its last words:\n${server.output().slice(-2000)}`);
  }
  const endpoint = `http://127.0.0.1:${port}/xAPI/`;
  return {
    endpoint,
    add: async (...statements) => {
      const response = await fetch(`${endpoint}statements`, {
        method: 'POST',
        headers: {
          authorization: AUTHORIZATION,
          'content-type': 'application/json',
          'x-experience-api-version': '1.0.3',
        },
        body: JSON.stringify(statements),
      });
      if (!response.ok) throw new Error(`The record store refused: ${response.status} ${await response.text()}`);
      return (await response.json()) as readonly string[];
    },
    stop: () => server.stop(),
  };
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.on('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0));
    });
  });
}
