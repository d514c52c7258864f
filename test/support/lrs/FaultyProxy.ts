import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A request as it reached the proxy. */
export interface Seen {
  readonly method: string;
  readonly url: string;
  readonly headers: IncomingMessage['headers'];
}

/** Answers a request in place of the store, or leaves it to the store by returning false. */
export type Fault = (request: Seen, response: ServerResponse) => boolean;

/** A proxy in front of a record store that fails as it is told to. */
export interface FaultyProxy {
  readonly endpoint: string;
  readonly origin: string;
  readonly seen: readonly Seen[];
  /** What happens to requests from now on; undefined: nothing, the store answers. */
  fail(fault: Fault | undefined): void;
  stop(): Promise<void>;
}

/** Starts a proxy in front of the store at `endpoint`; without one, every request needs a fault to answer it. */
export async function startFaultyProxy(endpoint?: string): Promise<FaultyProxy> {
  let fault: Fault | undefined;
  const seen: Seen[] = [];
  const server = createServer((request, response) => {
    const one: Seen = { method: request.method ?? '', url: request.url ?? '', headers: request.headers };
    seen.push(one);
    if (fault?.(one, response) === true) return;
    void pass(request, response, endpoint);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    endpoint: `${origin}/xAPI/`,
    origin,
    seen,
    fail: (next) => {
      fault = next;
    },
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function pass(request: IncomingMessage, response: ServerResponse, endpoint: string | undefined): Promise<void> {
  if (endpoint === undefined) {
    response.writeHead(500).end();
    return;
  }
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const headers = Object.entries(request.headers).filter(([name]) => name !== 'host' && name !== 'connection');
  const answer = await fetch(new URL(request.url ?? '/', endpoint), {
    method: request.method ?? 'GET',
    headers: headers.map(([name, value]) => [name, String(value)] as [string, string]),
    ...(chunks.length === 0 ? {} : { body: Buffer.concat(chunks) }),
  });
  const kept = [...answer.headers].filter(
    ([name]) => !/^(content-encoding|content-length|transfer-encoding)$/.test(name),
  );
  response.writeHead(answer.status, Object.fromEntries(kept)).end(Buffer.from(await answer.arrayBuffer()));
}
