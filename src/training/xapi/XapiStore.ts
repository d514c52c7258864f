/**
 * One learning record store, spoken to as xAPI 1.0.3 and 2.0 ask for. A credential goes to the store's own origin and
 * nowhere else, whatever the store answers.
 */
import type { Clock, Credential, HttpOutcome, Network } from '../../ports.js';
import type { SourceFault } from '../CourseRecords.js';
import { plainObject } from './Identity.js';

/** What a query gave: how far the store had taken in what happened, and its own time, in epoch milliseconds. */
export interface Fetched {
  readonly kind: 'fetched';
  /** Undefined when the store does not tell. */
  readonly through: number | undefined;
  readonly date: number | undefined;
}

/** Waits that a store may ask of us before we give up for now (ms, all of one query together). */
const PATIENCE_MS = 20_000;
const MOST_TRIES = 4;
const MOST_REDIRECTS = 3;
/** More pages than any store of courses has; one that never ends would keep us for ever. */
const MOST_PAGES = 20_000;

export class XapiStore {
  private version = '1.0.3';

  constructor(
    /** With a slash at its end. */
    private readonly endpoint: string,
    private readonly credential: Credential,
    private readonly network: Pick<Network, 'http' | 'pause'>,
    private readonly clock: Clock,
  ) {}

  /** Gives every statement that a query matches to `onStatement`, page by page. Never rejects. */
  async query(
    parameters: Readonly<Record<string, string>>,
    onStatement: (statement: unknown) => void,
    onPage: () => void = () => undefined,
  ): Promise<Fetched | SourceFault> {
    // In the order in which they were stored, so that what is added meanwhile comes behind and shifts no page. Identifiers
    // alone, since nothing else is looked at.
    const search = new URLSearchParams({ ...parameters, ascending: 'true', format: 'ids', limit: '0' });
    let url: string | undefined = `${this.endpoint}statements?${search.toString()}`;
    const seen = new Set<string>();
    let through = Infinity;
    let date: number | undefined;
    while (url !== undefined) {
      if (seen.has(url) || seen.size >= MOST_PAGES) return malformed('its pages lead in a circle');
      seen.add(url);
      const answer = await this.get(url);
      if ('fault' in answer) return answer.fault;
      const page = pageOf(answer.body);
      if (typeof page === 'string') return malformed(page);
      page.statements.forEach(onStatement);
      onPage();
      const told = Date.parse(answer.headers['x-experience-api-consistent-through'] ?? '');
      if (!Number.isNaN(told)) through = Math.min(through, told);
      const now = Date.parse(answer.headers['date'] ?? '');
      if (!Number.isNaN(now)) date = Math.max(date ?? now, now);
      if (page.more === '') url = undefined;
      else {
        const next: URL | undefined = urlFrom(page.more, this.endpoint);
        if (next === undefined) return malformed('its next page has no address');
        if (!this.isOwn(next)) return { kind: 'strange-page', to: this.withoutSecrets(next.host) };
        url = next.href;
      }
    }
    return { kind: 'fetched', through: Number.isFinite(through) ? through : undefined, date };
  }

  /** Stores one statement under its id. A statement that is there already is as good as stored. Never rejects. */
  async put(statement: { readonly id: string }): Promise<'stored' | SourceFault> {
    const url = `${this.endpoint}statements?${new URLSearchParams({ statementId: statement.id }).toString()}`;
    const answer = await this.send('PUT', url, JSON.stringify(statement));
    if (!('fault' in answer)) return 'stored';
    return answer.fault.kind === 'refused' && answer.fault.status === 409 ? 'stored' : answer.fault;
  }

  /** Asks for a page, waiting where the store asks us to and trying again where it stumbles. */
  private async get(url: string): Promise<Answer | { readonly fault: SourceFault }> {
    let waited = 0;
    for (let attempt = 1; ; attempt++) {
      const answer = await this.send('GET', url);
      const wait = 'fault' in answer ? answer.wait : undefined;
      if (wait === undefined || attempt >= MOST_TRIES || waited + wait > PATIENCE_MS) return answer;
      waited += wait;
      await this.network.pause(wait);
    }
  }

  private async send(method: 'GET' | 'PUT', first: string, body?: string): Promise<Answer | Failed> {
    let url = first;
    for (let hops = 0; hops <= MOST_REDIRECTS; hops++) {
      const { version } = this;
      const outcome = await this.network.http({
        method,
        url,
        headers: {
          accept: 'application/json',
          authorization: authorization(this.credential),
          'x-experience-api-version': version,
          ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        },
        ...(body === undefined ? {} : { body }),
      });
      if (outcome.kind === 'failure') return { fault: { kind: outcome.cause } };
      // A store of xAPI 2.0 may refuse the older version, and says which it speaks.
      if (version === '1.0.3' && outcome.status === 400 && speaksVersion2(outcome)) {
        this.version = '2.0.0';
        hops -= 1;
        continue;
      }
      if (![301, 302, 303, 307, 308].includes(outcome.status)) return this.judged(outcome);
      const next = urlFrom(outcome.headers['location'] ?? '', url);
      if (next === undefined) return { fault: malformed('it sends us on without saying where') };
      if (!this.isOwn(next)) return { fault: { kind: 'redirected', to: this.withoutSecrets(next.host) } };
      url = next.href;
    }
    return { fault: malformed('it sends us on again and again') };
  }

  private judged(answer: Answer): Answer | Failed {
    const { status, headers } = answer;
    if (status >= 200 && status < 300) return answer;
    if (status === 401) return { fault: { kind: 'unauthorised' } };
    if (status === 403) return { fault: { kind: 'forbidden' } };
    if (status === 404) return { fault: { kind: 'not-found' } };
    const now = Date.parse(this.clock.now());
    const retry = retryAfter(headers['retry-after'], now);
    if (status === 429 || (status === 503 && retry !== undefined)) {
      const retryAt = retry === undefined ? undefined : new Date(now + retry).toISOString();
      return { fault: { kind: 'busy', retryAt }, wait: retry ?? 1000 };
    }
    // One that stumbled may answer the next time.
    if (status >= 500) return { fault: { kind: 'failing', status }, wait: 500 };
    return { fault: { kind: 'refused', status } };
  }

  private isOwn(url: URL): boolean {
    return url.origin === new URL(this.endpoint).origin;
  }

  /** The name of a host, unless a store put our own credential into it to have it written to a log. */
  private withoutSecrets(host: string): string {
    const secrets =
      this.credential.kind === 'bearer'
        ? [this.credential.token]
        : [this.credential.password, this.credential.user, authorization(this.credential).slice('Basic '.length)];
    const plain = (text: string) => text.toLowerCase().replace(/[^a-z0-9]/g, '');
    return secrets.some((secret) => plain(secret).length > 3 && plain(host).includes(plain(secret)))
      ? 'another host'
      : host;
  }
}

type Answer = HttpOutcome & { readonly kind: 'answer' };
interface Failed {
  readonly fault: SourceFault;
  /** In ms: worth another try after that. */
  readonly wait?: number;
}

function speaksVersion2({ headers }: Answer): boolean {
  return /^2\./.test(headers['x-experience-api-version'] ?? '');
}

function malformed(why: string): SourceFault {
  return { kind: 'malformed', why };
}

function pageOf(body: string): { readonly statements: readonly unknown[]; readonly more: string } | string {
  let page: unknown;
  try {
    page = JSON.parse(body);
  } catch {
    return 'its answer is no JSON';
  }
  const { statements, more } = plainObject(page) ?? {};
  if (!Array.isArray(statements)) return 'its answer holds no statements';
  if (more !== undefined && more !== null && typeof more !== 'string') return 'its next page has no address';
  return { statements, more: more ?? '' };
}

function urlFrom(text: string, base: string): URL | undefined {
  if (text === '') return undefined;
  try {
    return new URL(text, base);
  } catch {
    return undefined;
  }
}

function authorization(credential: Credential): string {
  if (credential.kind === 'bearer') return `Bearer ${credential.token}`;
  const bytes = new TextEncoder().encode(`${credential.user}:${credential.password}`);
  return `Basic ${btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''))}`;
}

/** In ms, from `Retry-After`: a number of seconds or a date; undefined for anything else. */
function retryAfter(text: string | undefined, now: number): number | undefined {
  if (text === undefined) return undefined;
  if (/^\d{1,9}$/.test(text.trim())) return Number(text) * 1000;
  const at = Date.parse(text);
  return Number.isNaN(at) ? undefined : Math.max(0, at - now);
}
