import type { Channel } from '../ports.js';
import type { RegionPolicy } from '../regions/fileReading.js';
import type { Answered, IndexAnswers, IndexRequest, Ticketed } from './copyIndexMessages.js';
import type { Region } from '../regions/Region.js';
import { regionsOf } from '../regions/regionsOf.js';
import { RepositoryCopies, type ExplainedCopy, type Followed } from './RepositoryCopies.js';

/** Answers index requests, one after another: the whole of the worker. A request that fails is answered with its failure. */
export function serveCopyIndex(channel: Channel): void {
  const server = new Server();
  channel.onMessage((message) => {
    const { ticket, request } = message as Ticketed;
    let answered: Answered;
    try {
      answered = { ticket, answer: server.answer(request) };
    } catch (error) {
      answered = { ticket, failure: error instanceof Error ? error.message : String(error) };
    }
    // A stored index is tens of megabytes: copying it would stop whoever asked for it.
    const { answer } = answered;
    channel.post(answered, answer instanceof Uint8Array ? [answer.buffer as ArrayBuffer] : []);
  });
}

const WHOLE = { start: 1, end: Number.MAX_SAFE_INTEGER } as const;

class Server {
  private policy: RegionPolicy | undefined;
  private copies = RepositoryCopies.create('');
  private readonly followed = new Map<string, Followed & { readonly path: string }>();

  answer(request: IndexRequest): IndexAnswers[keyof IndexAnswers] {
    switch (request.kind) {
      case 'open':
        return this.open(request);
      case 'update': {
        const { policy } = this;
        if (policy === undefined) throw new Error('The index is not open.');
        for (const file of request.files) this.copies.update(policy, file);
        return undefined;
      }
      case 'complete':
        this.copies.complete();
        return undefined;
      case 'remove':
        for (const path of request.paths) this.copies.remove(path);
        return undefined;
      case 'find':
        return this.copies.find(request.snippet);
      case 'inspect': {
        const { snippet, assets } = request;
        const found = this.copies.find(snippet);
        if (found.length === 0) return [];
        const regions = assets.map((asset): Region => ({ asset, known: true, by: 'path', lines: WHOLE }));
        return this.copies.explainAll(snippet, found, { path: snippet.path, regions, problems: [] });
      }
      case 'explain':
        return this.copies.explain(request.snippet, request.copy);
      case 'follow': {
        const document = { ...this.copies.follow(request.document), path: request.document.path };
        this.followed.set(request.key, document);
        return this.copiesIn(document);
      }
      case 'change': {
        const document = this.followed.get(request.key);
        // The changes of one edit are ranges of the text before it; from the last to the first, none moves another.
        const changes = [...request.changes].sort(
          (a, b) => b.range.start.line - a.range.start.line || b.range.start.column - a.range.start.column,
        );
        for (const { range, text } of changes) document?.change(range, text);
        return document && this.copiesIn(document);
      }
      case 'leave':
        this.followed.delete(request.key);
        return undefined;
      case 'describe':
        return { stats: this.copies.stats, overlaps: this.copies.overlaps() };
      case 'serialize':
        return this.copies.serialize();
    }
  }

  private copiesIn(document: Followed & { readonly path: string }): ExplainedCopy[] {
    const copies = document.copies();
    if (copies.length === 0 || this.policy === undefined) return [];
    const snippet = { path: document.path, text: document.text() };
    return this.copies.explainAll(snippet, copies, regionsOf(this.policy, snippet.path, snippet.text));
  }

  private open({ policy, sha256, stored }: IndexRequest & { kind: 'open' }): IndexAnswers['open'] {
    const before = this.copies;
    this.policy = policy;
    this.followed.clear();
    const read = stored === undefined ? undefined : RepositoryCopies.read(stored);
    if (read instanceof RepositoryCopies && read.policy === sha256) {
      this.copies = read;
      return {
        stamps: Object.fromEntries(read.paths.map((path) => [path, read.stampOf(path) ?? ''])),
        problem: undefined,
        doubted: [],
      };
    }
    const doubted = [...before.doubtedPaths, ...(read instanceof RepositoryCopies ? read.doubtedPaths : [])];
    this.copies = RepositoryCopies.create(sha256, { doubted });
    if (read === undefined) return { stamps: {}, problem: undefined, doubted };
    const problem =
      read instanceof RepositoryCopies ? 'The policy has changed since the index was stored.' : read.message;
    return { stamps: {}, problem, doubted };
  }
}
