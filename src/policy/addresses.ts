/**
 * Addresses and patterns over them. Addresses compare without case. A `*` stands for any characters before the `@`,
 * and for characters other than the dot after it, so that it never reaches a sub-domain that it does not spell out.
 */
import { wildcardTest } from './wildcard.js';

/** An address as it is compared: without case, without surrounding space. */
export function foldAddress(address: string): string {
  return address.trim().toLowerCase();
}

export function isAddressPattern(text: string): boolean {
  return text.includes('*');
}

/**
 * A test for the addresses that a pattern means. A pattern without an `@` means nobody, since a `*` does not cross
 * one. The tested address has to be folded already.
 */
export function addressMatcher(pattern: string): (folded: string) => boolean {
  const folded = foldAddress(pattern);
  if (!isAddressPattern(folded)) return (address) => address === folded;
  const wanted = parts(folded);
  if (wanted === undefined) return () => false;
  const local = wildcardTest(wanted.local);
  const labels = wanted.labels.map(wildcardTest);
  return (address) => {
    const given = parts(address);
    return (
      given !== undefined &&
      given.labels.length === labels.length &&
      local(given.local) &&
      labels.every((label, at) => label(given.labels[at] ?? ''))
    );
  };
}

/** What stands before the `@`, and the domain's labels; undefined unless there is exactly one `@`. */
function parts(address: string): { readonly local: string; readonly labels: readonly string[] } | undefined {
  const [local, domain, ...more] = address.split('@');
  if (local === undefined || domain === undefined || more.length > 0) return undefined;
  return { local, labels: domain.split('.') };
}
