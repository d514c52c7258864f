import type { Finding } from './Finding.js';

/** Findings by path, then by line; what fails before what does not. */
export function inOrder<F extends Omit<Finding, 'fingerprint'>>(findings: readonly F[]): F[] {
  const fails = ({ outcome }: F): number => (outcome === 'fails' ? 0 : 1);
  return [...findings].sort(
    (a, b) =>
      (a.path < b.path ? -1 : a.path > b.path ? 1 : 0) ||
      a.range.start.line - b.range.start.line ||
      fails(a) - fails(b) ||
      a.range.start.column - b.range.start.column,
  );
}
