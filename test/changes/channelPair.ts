import type { Channel } from '../../src/ports.js';

/** Two ends of a channel in one process. What is posted arrives later and as a copy, as it does between threads. */
export function channelPair(): { readonly here: Channel; readonly there: Channel; breakDown(error: Error): void } {
  const listeners: ((message: unknown) => void)[] = [];
  let onFailure: (error: Error) => void = () => undefined;
  const end = (mine: number, other: number): Channel => ({
    post: (message, moved) => {
      const copy: unknown = structuredClone(message, { transfer: [...(moved ?? [])] });
      setImmediate(() => listeners[other]?.(copy));
    },
    onMessage: (listener) => {
      listeners[mine] = listener;
    },
    onFailure: (listener) => {
      if (mine === 0) onFailure = listener;
    },
    close: () => {
      listeners.length = 0;
    },
  });
  return {
    here: end(0, 1),
    there: end(1, 0),
    breakDown: (error) => {
      onFailure(error);
    },
  };
}
