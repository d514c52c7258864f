import type { TreeLane } from './TreeLane.js';

/** Files that a lane is given at once. */
const AT_ONCE = 32;

/**
 * Has paths looked at in lanes, each of which takes the next ones when it is done with some, and gives the answers on in the
 * order of the paths. Rejects as soon as one lane does.
 */
export async function inLanes<Answer>(
  lanes: readonly TreeLane[],
  paths: readonly string[],
  look: (lane: TreeLane, paths: readonly string[]) => Promise<Answer>,
  give: (answer: Answer, done: number) => void,
): Promise<void> {
  const answers = new Map<number, Answer>();
  let next = 0;
  let given = 0;
  const run = async (lane: TreeLane): Promise<void> => {
    while (next < paths.length) {
      const from = next;
      next += AT_ONCE;
      try {
        answers.set(from, await look(lane, paths.slice(from, from + AT_ONCE)));
      } catch (error) {
        // The others need not go on.
        next = paths.length;
        throw error;
      }
      for (;;) {
        const answer = answers.get(given);
        if (answer === undefined) break;
        answers.delete(given);
        given += AT_ONCE;
        give(answer, Math.min(given, paths.length));
      }
    }
  };
  await Promise.all(lanes.flatMap((lane) => Array.from({ length: lane.ahead }, () => run(lane))));
}
