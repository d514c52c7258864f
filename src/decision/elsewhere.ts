import type { PolicyContent } from '../policy/language.js';

const kindest = new WeakMap<PolicyContent, PolicyContent>();

/**
 * The policy as it would bear on the destination that suits the asker best: what forbids some destinations only is left
 * out, and what permits some destinations only permits. An action that is denied under it is denied wherever the code goes.
 */
export function withKindestDestination<Content extends PolicyContent>(policy: Content): Content {
  let found = kindest.get(policy) as Content | undefined;
  if (found === undefined) {
    found = {
      ...policy,
      guardrails: policy.guardrails.filter(({ into }) => into === undefined),
      grants: policy.grants.map((grant) => withoutInto(grant)),
      waivers: policy.waivers.map((waiver) => withoutInto(waiver)),
    };
    kindest.set(policy, found);
  }
  return found;
}

function withoutInto<Rule extends { readonly into?: readonly string[] | undefined }>(rule: Rule): Rule {
  const anywhere: { into?: unknown } = { ...rule };
  delete anywhere.into;
  return anywhere as Rule;
}
