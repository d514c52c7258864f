import type { Decision } from '../decision/Decision.js';

/** The assets whose rules gave a decision its effect; all that cover the code when no rule of an asset did. */
export function decidingAssets({ effect, because, assets }: Decision): readonly string[] {
  const deciding = new Set(
    because.flatMap((reason) => (reason.effect === effect && reason.asset !== undefined ? [reason.asset] : [])),
  );
  return deciding.size === 0 ? assets : assets.filter((asset) => deciding.has(asset));
}
