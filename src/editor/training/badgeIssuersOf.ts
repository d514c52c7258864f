import type { Policy } from '../../policy/Policy.js';

/** The issuers whose badges a policy takes. */
export function badgeIssuersOf(policy: Pick<Policy, 'records'> | undefined): readonly string[] {
  return (
    policy?.records.flatMap(({ kind, issuer }) => (kind === 'badge' && issuer !== undefined ? [issuer] : [])) ?? []
  );
}
