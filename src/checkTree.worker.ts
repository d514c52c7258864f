/** A worker that looks at a share of a tree's files for `devterms check`. */
import { parentPort } from 'node:worker_threads';
import { serveTreeLooks } from './cli/check/serveTreeLooks.js';

const port = parentPort;
if (port === null) throw new Error('This file runs as a worker.');
serveTreeLooks({
  post: (message) => {
    port.postMessage(message);
  },
  onMessage: (listener) => {
    port.on('message', listener);
  },
  onFailure: () => undefined,
  close: () => {
    port.close();
  },
});
