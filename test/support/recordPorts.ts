import { fetchHttp } from '../../src/node/fetchHttp.js';
import { parsePolicy } from '../../src/policy/parsePolicy.js';
import type { Policy } from '../../src/policy/Policy.js';
import type { Clock, Credential, Files, Http, Network } from '../../src/ports.js';

export const NOW = '2026-05-20T12:00:00.000Z';

/** A clock that stands still until it is set. */
export class SetClock implements Clock {
  constructor(private moment = NOW) {}

  now(): string {
    return this.moment;
  }

  set(moment: string): void {
    this.moment = moment;
  }
}

/** A network whose access, cache and waits a test can see. Requests are real. */
export class WatchedNetwork implements Network {
  readonly kept = new Map<string, string>();
  readonly waits: number[] = [];
  readonly confirmed: string[] = [];
  credential: Credential | undefined = { kind: 'basic', user: 'reader', password: 'canary-7d1f' };

  constructor(
    confirmed: readonly string[],
    readonly http: Http = fetchHttp(2000, 2_000_000),
  ) {
    this.confirmed.push(...confirmed);
  }

  readonly access = {
    confirmed: () => Promise.resolve(this.confirmed),
    credentialFor: () => Promise.resolve(this.credential),
  };

  readonly cache = {
    read: (key: string) => Promise.resolve(this.kept.get(key)),
    write: (key: string, text: string) => {
      this.kept.set(key, text);
      return Promise.resolve();
    },
  };

  readonly pause = (milliseconds: number) => {
    this.waits.push(milliseconds);
    return Promise.resolve();
  };
}

/** Files by their path. */
export function filesOf(texts: Readonly<Record<string, string>>): Pick<Files, 'read'> {
  return {
    read: (path) => {
      const text = texts[path];
      return Promise.resolve(text === undefined ? undefined : new TextEncoder().encode(text));
    },
  };
}

/** A policy with one course, `c`, which some code needs for edit; its record sources, and more of it, as YAML. */
export function trainingPolicy(
  records: string,
  { activity = 'urn:c', course = '', more = '' }: { activity?: string; course?: string; more?: string } = {},
): Policy {
  const { policy, problems } = parsePolicy(`version: 1
agreement: {id: A, title: A, zone: Europe/Berlin, contact: legal@helio.example}
parties: [{id: helio, name: Helio}, {id: north, name: North}]
teams:
  - {id: fusion, party: helio, members: [ana@helio.example, Ben@Helio.example, "*@guests.helio.example"]}
  - {id: core, party: north, members: [nia@north.example]}
assets: [{id: net, owner: north, tier: confidential, paths: ["net/**"]}]
training: [{id: c, title: Safe hands, covers: net, actions: edit, activity: "${activity}"${course}}]
grants: [{id: g, to: everyone, covers: net, actions: edit}]
records: [${records}]
${more}`);
  if (policy === undefined) throw new Error(problems.map(({ message }) => message).join('\n'));
  return policy;
}
