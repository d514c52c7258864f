import { actionsOf } from '../policy/actions.js';
import { destinationTest } from '../policy/destinations.js';
import type { Asset, Guardrail } from '../policy/language.js';
import { ALWAYS, isWithin, overlap, windowOf } from '../policy/moments.js';
import { selectorTest } from '../policy/selectors.js';
import { defined } from './defined.js';
import type { Prohibition, Verdict } from './Prohibition.js';
import type { Terms } from './Terms.js';

/**
 * The "shall not". It binds the people it names, for the destinations it names, while it is active. Where nobody said
 * where the code goes it applies, and dates that cannot be read do not switch it off.
 */
export function guardrailProhibition(guardrail: Guardrail, terms: Terms): (asset: Asset) => Prohibition {
  const window = overlap(windowOf(guardrail.from, guardrail.until, terms.zone) ?? ALWAYS, terms.protection);
  const binds = selectorTest(guardrail.who);
  const spares = selectorTest(guardrail.except);
  const reach = guardrail.into === undefined ? undefined : destinationTest(guardrail.into);
  const reason = {
    rule: `guardrail:${guardrail.id}`,
    effect: guardrail.effect,
    what: guardrail.what,
    why: guardrail.why,
    instead: guardrail.instead,
    ...defined({
      clause: guardrail.clause,
      contact: guardrail.contact ?? terms.contact,
      until: guardrail.until ?? terms.lastDay(window.end)?.iso,
    }),
  };
  const shared = { id: guardrail.id, waivable: guardrail.waivable, actions: actionsOf(guardrail.actions) };
  return (asset) => {
    const verdict: Verdict = { reason: { ...reason, asset: asset.id }, duties: guardrail.duties };
    return {
      ...shared,
      judge: ({ at, someone, owns, into }) =>
        isWithin(window, at) && reach?.(into) !== 'outside' && binds(someone, owns) && !spares(someone, owns)
          ? verdict
          : undefined,
    };
  };
}
