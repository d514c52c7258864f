import type { Http } from '../ports.js';

/** The longest that an answer may take, from the first byte sent to the last received (ms). */
const TIME_OUT_MS = 30_000;
/** The largest answer that is read. A page of a thousand statements is about one megabyte. */
const LARGEST = 64 * 1024 * 1024;

/** Requests through Node's own `fetch`: no cookies, no cache, no redirects. Proxies count where Node is told to use them. */
export function fetchHttp(timeOut = TIME_OUT_MS, largest = LARGEST): Http {
  return async ({ method, url, headers, body }) => {
    const signal = AbortSignal.timeout(timeOut);
    try {
      const response = await fetch(url, {
        method,
        headers,
        redirect: 'manual',
        signal,
        ...(body === undefined ? {} : { body }),
      });
      const text = await bodyOf(response, largest);
      if (text === undefined) return { kind: 'failure', cause: 'too-large' };
      return { kind: 'answer', status: response.status, headers: Object.fromEntries(response.headers), body: text };
    } catch (error) {
      if (signal.aborted) return { kind: 'failure', cause: 'time-out' };
      return { kind: 'failure', cause: causeOf(error) };
    }
  };
}

/** The body as text; undefined when it is larger than `largest`, which is not waited for. */
async function bodyOf(response: Response, largest: number): Promise<string | undefined> {
  if (response.body === null) return '';
  const decoder = new TextDecoder();
  let size = 0;
  let text = '';
  const reader = response.body.getReader();
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return text + decoder.decode();
    size += value.length;
    if (size > largest) {
      await reader.cancel();
      return undefined;
    }
    text += decoder.decode(value, { stream: true });
  }
}

/** Only the kind of an error is kept: its message may hold the address it was sent to. */
function causeOf(error: unknown): 'time-out' | 'tls' | 'unreachable' {
  for (let cause: unknown = error; cause instanceof Error; cause = cause.cause) {
    const code = 'code' in cause ? String(cause.code) : '';
    if (/CERT|^ERR_(TLS|SSL)|SELF_SIGNED|UNABLE_TO|EPROTO|HOSTNAME_MISMATCH/.test(code)) return 'tls';
    if (/TIMEOUT|ETIMEDOUT/.test(code)) return 'time-out';
  }
  return 'unreachable';
}
