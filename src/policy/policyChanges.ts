/** What a change of the policy means: which rules it tightens, and which it loosens. */
import type { Place } from '../ports.js';

/** How one rule, person or default of a policy was changed. */
export interface PolicyChange {
  /** As decisions name it: `guardrail:ID`, `grant:ID`, `asset:ID`, `team:ID`, …; sections by their key, such as `defaults`. */
  readonly rule: string;
  /** `alters`: neither stricter nor kinder, such as a new contact. */
  readonly direction: 'tightens' | 'loosens' | 'alters';
  /** One plain sentence: "The guardrail 'no-copy' no longer binds party:north." */
  readonly sentence: string;
  /** Where the entry stands now; of one that was taken out, where it stood. */
  readonly place: Place | undefined;
}
