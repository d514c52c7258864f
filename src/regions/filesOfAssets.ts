import type { Policy } from '../policy/Policy.js';
import { pathCoverOf } from './pathCover.js';

/** How many of these paths each asset covers by its `paths`, in the policy's order. Assets without paths are left out. */
export function filesOfAssets(
  policy: Pick<Policy, 'assets'>,
  paths: readonly string[],
): readonly { readonly asset: string; readonly files: number }[] {
  const cover = pathCoverOf(policy);
  const counts = new Map(policy.assets.map(({ id }) => [id, 0]));
  for (const path of paths) for (const asset of cover.assetsOf(path)) counts.set(asset, (counts.get(asset) ?? 0) + 1);
  const listed = policy.assets.filter(({ paths: own }) => own.length > 0);
  return listed.map(({ id }) => ({ asset: id, files: counts.get(id) ?? 0 }));
}
