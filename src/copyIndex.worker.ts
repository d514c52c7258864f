/** The worker that holds a repository's copy index, so that no keystroke ever waits for it. */
import { parentPort } from 'node:worker_threads';
import { serveCopyIndex } from './changes/serveCopyIndex.js';

const port = parentPort;
if (port === null) throw new Error('This file runs as a worker.');
serveCopyIndex({
  post: (message, moved) => {
    port.postMessage(message, moved);
  },
  onMessage: (listener) => {
    port.on('message', listener);
  },
  onFailure: () => undefined,
  close: () => {
    port.close();
  },
});
