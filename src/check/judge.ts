import type { Ask, Facts } from '../decision/Ask.js';
import { decide } from '../decision/decide.js';
import type { Decision } from '../decision/Decision.js';
import { EFFECTS, type Action } from '../policy/language.js';
import type { Policy } from '../policy/Policy.js';
import type { Instant } from '../ports.js';
import { assetsOfFile } from '../regions/fileReading.js';
import type { Act } from './Act.js';
import type { Outcome, FoundIn } from './Finding.js';
import type { Unmarked } from './fingerprints.js';
import { actInWords } from './actInWords.js';

/** Whom acts are judged for, and on what grounds. */
export interface Judgement {
  readonly policy: Policy;
  readonly facts: Facts;
  /** The person's address; undefined: nobody in particular, see `kindestForWriters`. */
  readonly who: string | undefined;
  readonly purpose?: string;
  /** What `Terms-Reason:` says. */
  readonly reason?: string;
  /** True before the commit's message is written: what needs a reason is told, and passes until there is one. */
  readonly isReasonAwaited?: boolean;
  readonly at: Instant;
  readonly in?: FoundIn;
}

/** What an act amounts to; undefined for one that the terms permit without a word. */
export function judge(judgement: Judgement, act: Act): Unmarked | undefined {
  const { action, decision } = decided(judgement, act);
  const isLifted = decision.effect === 'allow' && decision.waived.length > 0;
  if (decision.effect === 'allow' && !isLifted) return undefined;
  if (act.formerInto !== undefined) {
    const before = decisionOn(judgement, { ...act, into: act.formerInto });
    if (strictness(decision) <= strictness(before)) return undefined;
  }
  return { ...findingOf(judgement, { ...act, action }, decision), act };
}

/** What is decided about an act; of one that is also an export, by the action that weighs more. */
function decided(judgement: Judgement, act: Act): { readonly action: Action; readonly decision: Decision } {
  const { action } = act;
  if (act.decision !== undefined) return { action, decision: act.decision };
  const decision = decisionOn(judgement, act);
  if (act.imported === undefined) return { action, decision };
  // No rule can name the place, which is another repository than the one that the code left.
  const left = decisionOn(judgement, { subjects: act.subjects, action: 'export' });
  return strictness(left) > strictness(decision) ? { action: 'export', decision: left } : { action, decision };
}

/** A finding with this decision, whatever it is. */
export function findingOf(judgement: Judgement, act: Act, decision: Decision): Unmarked {
  const { who, reason } = judgement;
  const { kind, action, path, lines, columns, lastColumn, before, source } = act;
  const found = outcomeOf(judgement, decision);
  const outcome = act.isDoubtful === true && found === 'fails' ? 'warned' : found;
  return {
    kind,
    action,
    effect: decision.effect,
    outcome,
    path,
    range: {
      start: { line: lines.start, column: columns?.start ?? 1 },
      end: { line: lines.end, column: columns?.end ?? lastColumn + 1 },
    },
    ...(before === undefined ? {} : { before }),
    ...(source === undefined ? {} : { source }),
    ...(kind === 'export' && act.into !== undefined ? { into: act.into } : {}),
    assets: decision.assets,
    decision,
    message: actInWords(act, decision.assets, judgement.policy),
    ...(who === undefined ? {} : { who }),
    ...(outcome === 'justified' && reason !== undefined ? { reason } : {}),
    ...(judgement.in === undefined ? {} : { in: judgement.in }),
    text: act.text,
  };
}

function outcomeOf({ reason, isReasonAwaited }: Judgement, { effect }: Decision): Outcome {
  switch (effect) {
    case 'allow':
      return 'waived';
    case 'warn':
      return 'warned';
    case 'justify':
      return reason !== undefined ? 'justified' : isReasonAwaited === true ? 'warned' : 'fails';
    case 'deny':
      return 'fails';
  }
}

/** The strictest decision about what an act touches. */
export function decisionOn(judgement: Judgement, act: Pick<Act, 'subjects' | 'action' | 'into'>): Decision {
  let found: Decision | undefined;
  for (const subject of act.subjects) {
    const ask: Omit<Ask, 'who'> = {
      action: act.action,
      file: subject.regions.path,
      ...(subject.lines === undefined ? {} : { lines: subject.lines }),
      ...(act.into === undefined ? {} : { into: act.into }),
      ...(judgement.purpose === undefined ? {} : { purpose: judgement.purpose }),
      at: judgement.at,
    };
    const { policy, facts, who } = judgement;
    const decision =
      who === undefined
        ? kindestForWriters(judgement, subject.regions, ask)
        : decide(policy, subject.regions, { ...ask, who }, facts);
    if (found === undefined || strictness(decision) > strictness(found)) found = decision;
  }
  if (found === undefined) throw new Error('An act is about something.');
  return found;
}

/** A waiver that lifted something outranks a plain permission, so that it is told. */
function strictness({ effect, waived }: Decision): number {
  return EFFECTS.indexOf(effect) + (waived.length > 0 ? 0.5 : 0);
}

/**
 * What may stand in a tree, whoever put it there: the kindest decision that anybody would get who may have written the place that it stands
 * in, for any purpose that the grants name. Where an asset covers that place, these are the people of its owners; elsewhere all who do not own
 * the code. Where the policy knows no such person, the decision for a stranger.
 */
function kindestForWriters(
  { policy, facts }: Judgement,
  regions: Act['subjects'][number]['regions'],
  ask: Omit<Ask, 'who'>,
): Decision {
  const owners = new Set(
    ownersIn(
      policy,
      regions.regions.map(({ asset }) => asset),
    ),
  );
  const writers = new Set(ask.into === undefined ? [] : ownersIn(policy, assetsOfFile(policy, ask.into)));
  const people = policy.teams
    .filter(({ party }) => (writers.size > 0 ? writers.has(party) : !owners.has(party)))
    .flatMap(({ members }) => members.map(({ person }) => person.replaceAll('*', 'somebody')));
  const purposes = [undefined, ...new Set(policy.grants.flatMap(({ purpose }) => purpose ?? []))];
  let kindest: Decision | undefined;
  for (const who of people.length === 0 ? [''] : new Set(people)) {
    for (const purpose of ask.purpose === undefined ? purposes : [ask.purpose]) {
      const asked = { ...ask, who, ...(purpose === undefined ? {} : { purpose }) };
      const decision = decide(policy, regions, asked, facts);
      if (kindest === undefined || EFFECTS.indexOf(decision.effect) < EFFECTS.indexOf(kindest.effect))
        kindest = unnamed(decision, who);
      if (kindest.effect === 'allow') return kindest;
    }
  }
  if (kindest === undefined) throw new Error('There is always somebody to ask for.');
  return kindest;
}

function ownersIn(policy: Policy, assets: readonly string[]): string[] {
  return assets.flatMap((id) => policy.assets.find((asset) => asset.id === id)?.owner ?? []);
}

/** The decision in words about nobody in particular. */
function unnamed(decision: Decision, who: string): Decision {
  if (who === '') return decision;
  const because = decision.because.map((reason) =>
    reason.what === undefined ? reason : { ...reason, what: reason.what.replaceAll(who, 'anybody but the owner') },
  );
  return { ...decision, because };
}
