import type { RepositoryCopies } from '../../changes/RepositoryCopies.js';
import type { Act } from '../../check/Act.js';
import { UserError, type Channel } from '../../ports.js';
import type { RegionPolicy } from '../../regions/fileReading.js';
import type { FirstLook, KnownOfTree, TreeLooks } from './TreeLooks.js';

/** Something that looks at files of a tree: this thread, or another one. Answers come in the order of the questions. */
export interface TreeLane {
  /** How many questions it should have at once, so that it never waits for one. */
  readonly ahead: number;
  first(paths: readonly string[]): Promise<readonly FirstLook[]>;
  learn(known: KnownOfTree, copies: RepositoryCopies, stored: () => Uint8Array): Promise<void>;
  /** For each path what was found. */
  second(paths: readonly string[]): Promise<readonly (readonly Act[])[]>;
  close(): void;
}

/** Looks in this thread, and lets others speak in between. */
export function ownLane(looks: TreeLooks): TreeLane {
  const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
  return {
    ahead: 1,
    first: async (paths) => {
      await turn();
      return paths.flatMap((path) => looks.first(path) ?? []);
    },
    learn: (known, copies) => {
      looks.learn(known, copies);
      return Promise.resolve();
    },
    second: async (paths) => {
      await turn();
      return paths.map((path) => looks.second(path));
    },
    close: () => undefined,
  };
}

/** What a lane in another thread is asked. */
export type LaneQuestion =
  | { readonly kind: 'open'; readonly root: string; readonly policy: RegionPolicy }
  | { readonly kind: 'first' | 'second'; readonly paths: readonly string[] }
  | { readonly kind: 'learn'; readonly known: KnownOfTree; readonly copies: Uint8Array };

interface Waiter {
  readonly resolve: (answer: unknown) => void;
  readonly reject: (error: Error) => void;
}

/** Looks in the thread behind a channel. Where that ends early, everything that was asked of it is rejected with a `UserError`. */
export function threadLane(channel: Channel, root: string, policy: RegionPolicy): TreeLane {
  const waiting: Waiter[] = [];
  let failure: UserError | undefined;
  channel.onMessage((answer) => waiting.shift()?.resolve(answer));
  channel.onFailure((error) => {
    failure ??= new UserError(
      `A thread that looks at files ended early (${error.message}), so that nothing can be said. To check in one thread: --threads 1.`,
    );
    for (const { reject } of waiting.splice(0)) reject(failure);
  });
  const ask = <Answer>(question: LaneQuestion): Promise<Answer> =>
    new Promise((resolve, reject) => {
      if (failure !== undefined) {
        reject(failure);
        return;
      }
      waiting.push({ resolve: resolve as (answer: unknown) => void, reject });
      channel.post(question);
    });
  channel.post({ kind: 'open', root, policy } satisfies LaneQuestion);
  return {
    ahead: 2,
    first: (paths) => ask({ kind: 'first', paths }),
    learn: (known, _copies, stored) => ask({ kind: 'learn', known, copies: stored() }),
    second: (paths) => ask({ kind: 'second', paths }),
    close: () => {
      channel.close();
    },
  };
}
