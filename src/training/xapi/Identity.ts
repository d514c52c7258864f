import { foldAddress } from '../../policy/addresses.js';
import type { RecordSource } from '../../policy/language.js';

type Plain = Readonly<Record<string, unknown>>;

/** How a store knows people. */
export type Identity = RecordSource['account'];

/** An object of JSON; undefined for everything else. */
export function plainObject(value: unknown): Plain | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Plain) : undefined;
}

/**
 * The address of the one person that an actor is, without case. Undefined for a group, and for whoever is known in another
 * way: what a group did is no pass of anybody in it.
 */
export function personOf(actor: unknown, identity: Identity): string | undefined {
  const agent = plainObject(actor);
  if (agent === undefined || (agent['objectType'] !== undefined && agent['objectType'] !== 'Agent')) return undefined;
  if (identity === undefined) return addressOf(agent['mbox']);
  const account = plainObject(agent['account']);
  const name = account?.['name'];
  if (account?.['homePage'] !== identity.home || typeof name !== 'string' || name.trim() === '') return undefined;
  if (identity.domain === undefined) return name.includes('@') ? foldAddress(name) : undefined;
  return name.includes('@') ? undefined : foldAddress(`${name}@${identity.domain}`);
}

/** How a person is asked for. A store may tell spellings apart that we do not, so each is asked for. */
export function agentsOf(spellings: readonly string[], identity: Identity): readonly Plain[] {
  const names = new Set<string>();
  for (const spelling of spellings.flatMap((text) => [text.trim(), foldAddress(text)])) {
    if (identity === undefined) names.add(`mailto:${spelling}`);
    else if (identity.domain === undefined) names.add(spelling);
    else {
      const [name, domain] = spelling.split('@');
      if (name !== undefined && domain?.toLowerCase() === identity.domain.toLowerCase()) names.add(name);
    }
  }
  return [...names].map((name) =>
    identity === undefined ? { mbox: name } : { account: { homePage: identity.home, name } },
  );
}

/** True when one of `trusted` vouches for a statement: a mailto: address, or the home page of an account. */
export function isTrusted(authority: unknown, trusted: readonly string[]): boolean {
  if (trusted.length === 0) return true;
  const agent = plainObject(authority);
  if (agent === undefined) return false;
  // A group of two stands for an application that acts for somebody.
  const members = Array.isArray(agent['member']) ? (agent['member'] as unknown[]) : [];
  return [agent, ...members].some((one) => {
    const each = plainObject(one);
    const address = addressOf(each?.['mbox']);
    const home = plainObject(each?.['account'])?.['homePage'];
    return trusted.some((name) =>
      /^mailto:/i.test(name) ? address !== undefined && address === addressOf(name) : home === name,
    );
  });
}

function addressOf(mbox: unknown): string | undefined {
  return typeof mbox === 'string' && /^mailto:[^@\s]+@[^@\s]+$/i.test(mbox)
    ? foldAddress(mbox.slice('mailto:'.length))
    : undefined;
}
