import { parentPort } from 'node:worker_threads';
import type { Channel } from '../ports.js';

/** The channel of this worker to whoever started it: the other end of `workerChannel`. Throws in a thread that is no worker. */
export function parentChannel(): Channel {
  const port = parentPort;
  if (port === null) throw new Error('This file runs as a worker.');
  return {
    post: (message, moved) => {
      port.postMessage(message, moved);
    },
    onMessage: (listener) => {
      port.on('message', listener);
    },
    // Whoever is gone takes this thread along.
    onFailure: () => undefined,
    close: () => {
      port.close();
    },
  };
}
