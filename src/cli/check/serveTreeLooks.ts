import { RepositoryCopies } from '../../changes/RepositoryCopies.js';
import type { Channel } from '../../ports.js';
import type { LaneQuestion } from './TreeLane.js';
import { TreeLooks } from './TreeLooks.js';

/** Answers what a `threadLane` asks, in the thread at the other end of the channel. */
export function serveTreeLooks(channel: Channel): void {
  let looks: TreeLooks | undefined;
  channel.onMessage((message) => {
    const question = message as LaneQuestion;
    if (question.kind === 'open') {
      looks = new TreeLooks(question.root, question.policy);
      return;
    }
    if (looks === undefined) throw new Error('Looks have to be opened first.');
    const own = looks;
    switch (question.kind) {
      case 'first':
        channel.post(question.paths.flatMap((path) => own.first(path) ?? []));
        return;
      case 'second':
        channel.post(question.paths.map((path) => own.second(path)));
        return;
      case 'learn': {
        const copies = RepositoryCopies.read(question.copies);
        if (!(copies instanceof RepositoryCopies)) throw new Error(copies.message);
        own.learn(question.known, copies);
        channel.post(undefined);
      }
    }
  });
}
