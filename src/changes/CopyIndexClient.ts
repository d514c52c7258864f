import type { Channel } from '../ports.js';
import type { Answered, IndexAnswers, IndexRequest } from './copyIndexMessages.js';

/** Asks the worker that holds the copy index. Requests are answered in order; all fail once the worker is gone. */
export class CopyIndexClient {
  private tickets = 0;
  private readonly waiting = new Map<number, { resolve: (answer: never) => void; reject: (error: Error) => void }>();
  private gone: Error | undefined;

  constructor(private readonly channel: Channel) {
    channel.onMessage((message) => {
      const { ticket, answer, failure } = message as Answered;
      const waiter = this.waiting.get(ticket);
      this.waiting.delete(ticket);
      if (failure === undefined) waiter?.resolve(answer as never);
      else waiter?.reject(new Error(failure));
    });
    channel.onFailure((error) => {
      this.fail(error);
    });
  }

  /** The answer to a request; rejects when the worker fails on it or is gone. */
  ask<K extends IndexRequest['kind']>(request: IndexRequest & { readonly kind: K }): Promise<IndexAnswers[K]> {
    if (this.gone !== undefined) return Promise.reject(this.gone);
    const ticket = ++this.tickets;
    return new Promise<IndexAnswers[K]>((resolve, reject) => {
      this.waiting.set(ticket, { resolve, reject });
      this.channel.post({ ticket, request });
    });
  }

  close(): void {
    this.fail(new Error('The copy index was closed.'));
    this.channel.close();
  }

  private fail(error: Error): void {
    this.gone = error;
    for (const { reject } of this.waiting.values()) reject(error);
    this.waiting.clear();
  }
}
