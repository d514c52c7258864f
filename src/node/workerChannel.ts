import { Worker } from 'node:worker_threads';
import type { Channel } from '../ports.js';

/** Starts a worker from the script at `file` (an absolute path or file URL) and talks to it. */
export function workerChannel(file: URL): Channel {
  const worker = new Worker(file);
  let closed = false;
  return {
    post: (message, moved) => {
      worker.postMessage(message, moved);
    },
    onMessage: (listener) => {
      worker.on('message', listener);
    },
    onFailure: (listener) => {
      worker.on('error', listener);
      worker.on('exit', (code) => {
        if (!closed) listener(new Error(`The worker ended with code ${code}.`));
      });
    },
    close: () => {
      closed = true;
      void worker.terminate();
    },
  };
}
