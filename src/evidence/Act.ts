import type { Decision } from '../decision/Decision.js';
import type { Action } from '../policy/language.js';
import type { Policy } from '../policy/Policy.js';
import type { LineSpan, Person } from '../ports.js';
import type { ActBody, Outcome } from './Entry.js';

/** Something a person did to covered code, as whoever noticed it tells it. */
export interface Act {
  readonly policy: Policy;
  /** SHA-256 of the file that the policy was read from; undefined when it is not known. */
  readonly policyHash: string | undefined;
  readonly person: Person;
  readonly action: Action;
  readonly decision: Decision;
  readonly outcome: Outcome;
  /** The path from the repository's root, with `/`; without lines it is the whole file. */
  readonly place: { readonly path: string; readonly lines?: LineSpan };
  /** Where the code would go: a path, `remote:HOST/PATH` or `tool:NAME`. */
  readonly into?: string;
  readonly purpose?: string;
  /** What the person gave as their reason. */
  readonly reason?: string;
  /** The covered texts concerned. Only keyed hashes of them are kept. */
  readonly texts?: readonly string[];
}

/** Longer reasons are cut (UTF-16 code units). */
const REASON_LIMIT = 1000;
/** A line of code that is shorter than this may occur in a reason by chance (characters). */
const TELLING = 12;
export const REASON_WITH_CODE = '(left out: the reason repeats the code)';

/** An act as it is written down. `content` are the hashes of its texts. */
export function actBody(act: Act, content: readonly string[]): ActBody {
  const { decision, place, person } = act;
  const reason = reasonOf(act);
  const clauses = new Set(decision.because.flatMap(({ clause }) => (clause === undefined ? [] : [clause])));
  return {
    entry: 'act',
    policy: act.policyHash ?? null,
    person: person.address ?? null,
    source: person.source,
    action: act.action,
    outcome: act.outcome,
    effect: decision.effect,
    rules: decision.rules,
    waived: decision.waived,
    notices: decision.notices,
    duties: decision.duties,
    assets: decision.assets,
    ...(decision.tier === undefined ? {} : { tier: decision.tier }),
    clauses: [...clauses].sort(),
    path: place.path,
    ...(place.lines === undefined ? {} : { lines: `${place.lines.start}-${place.lines.end}` }),
    ...(act.into === undefined ? {} : { into: act.into }),
    ...(act.purpose === undefined ? {} : { purpose: act.purpose }),
    ...(reason === undefined ? {} : { reason }),
    ...(content.length === 0 ? {} : { content }),
  };
}

/** The reason on one line; left out when a line of the code stands in it, since no code is ever written down. */
function reasonOf({ reason, texts = [] }: Act): string | undefined {
  if (reason === undefined) return undefined;
  const plain = onOneLine(reason);
  const repeatsCode = texts.some((text) =>
    text.split(/[\r\n]+/).some((line) => {
      const own = onOneLine(line);
      return own.length >= TELLING && plain.includes(own);
    }),
  );
  return repeatsCode ? REASON_WITH_CODE : plain.slice(0, REASON_LIMIT);
}

function onOneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}
