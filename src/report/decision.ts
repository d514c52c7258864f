/** A decision in words that everybody can follow, and as JSON. */
import type { Ask } from '../decision/Ask.js';
import type { Decision, Reason } from '../decision/Decision.js';
import { parseDestination } from '../policy/destinations.js';
import { EFFECTS, type Action, type Effect, type PolicyContent } from '../policy/language.js';
import { zoneOf } from '../policy/membership.js';
import { instantInWords, momentInWords, parseInstant } from '../policy/moments.js';
import { PLAIN, type Paint } from './paint.js';

/** What a person does, as a sentence says it: "may not ___ src/a.c". */
const DOING: Readonly<Record<Action, string>> = {
  view: 'view',
  edit: 'edit',
  copy: 'copy',
  move: 'move',
  use: 'use',
  prompt: 'give an assistant',
  export: 'export',
  publish: 'publish',
  unmark: 'remove or alter a marker in',
};

/**
 * The answer as a letter would give it: yes or no, who, what and when; then because of what, what to do instead and
 * whom to ask; then what nearly applied. Dates and durations are in words, in the zone of the agreement.
 */
export function decisionInWords(decision: Decision, ask: Ask, policy: PolicyContent, paint: Paint = PLAIN): string {
  const deciding = decision.because.filter(({ effect }) => effect === decision.effect);
  const others = decision.because.filter(({ effect }) => effect !== decision.effect);
  const lines = [answer(decision, ask, policy, paint), ''];
  lines.push(paint.bold('Because:'), ...deciding.flatMap((reason) => reasonInWords(reason, policy, paint)));
  if (others.length > 0)
    lines.push('', paint.bold('Also:'), ...others.flatMap((reason) => reasonInWords(reason, policy, paint)));
  const besides = [
    ...decision.waived.map((id) => waivedInWords(id, policy)),
    ...decision.notices.map((notice) => noticeInWords(notice, policy)),
    ...decision.duties.map((duty) => DUTY[duty] ?? `Duty: ${duty}.`),
  ];
  if (besides.length > 0) lines.push('', paint.bold('Note:'), ...besides.map((line) => `  - ${line}`));
  if (decision.tier !== undefined) {
    const label = policy.tiers.find(({ name }) => name === decision.tier)?.label;
    const legend = label === undefined ? decision.tier : `${label} (${decision.tier})`;
    lines.push(
      '',
      `This code is ${legend}: ${decision.assets.join(', ') || 'an asset that the policy does not know'}.`,
    );
  }
  return `${lines.join('\n')}\n`;
}

/** One sentence: "Yes, with a warning. ana@helio.example may view … until 30 June 2026, for the purpose integration." */
export function answer(decision: Decision, ask: Ask, policy: PolicyContent, paint: Paint = PLAIN): string {
  const zone = zoneOf(policy);
  const epoch = parseInstant(ask.at);
  const when = epoch === undefined ? '' : ` on ${instantInWords(epoch, zone)}`;
  const what = `${DOING[ask.action]} ${codeInWords(ask)}${placeInWords(ask.into)}`;
  const who = ask.who === '' ? 'This person' : ask.who;
  const purpose = ask.purpose === undefined || ask.purpose === '' ? '' : `, for the purpose ${ask.purpose}`;
  const until = permittedUntil(decision, zone);
  switch (decision.effect) {
    case 'allow':
      return `${paint.good('Yes.')} ${who} may ${what}${until}${purpose}.`;
    case 'warn':
      return `${paint.warning('Yes, with a warning.')} ${who} may ${what}${until}${purpose}.`;
    case 'justify': {
      const needsPurpose = decision.rules.every((rule) => rule.startsWith('grant:'));
      return needsPurpose
        ? `${paint.warning('Only for a stated purpose.')} ${who} may ${what}${when} once the purpose is stated.`
        : `${paint.warning('Only with a reason.')} ${who} may ${what}${when}${purpose} once a reason is given, which is kept.`;
    }
    case 'deny':
      return `${paint.bad('No.')} ${who} may not ${what}${when}${purpose}.`;
  }
}

/** The decision as JSON prints it: these keys, in this order, whatever else the object carries. */
export function decisionAsJson(decision: Decision): object {
  const { effect, rules, waived, notices, duties, tier, assets } = decision;
  const because = decision.because.map(({ rule, effect, clause, what, why, instead, contact, until }) => ({
    rule,
    effect,
    clause,
    what,
    why,
    instead,
    contact,
    until,
  }));
  return { effect, rules, waived, notices, duties, tier, assets, because };
}

/** `lines 12–40 of src/a.c`, `line 7 of src/a.c` or `src/a.c`. */
export function codeInWords({ file, lines }: Pick<Ask, 'file' | 'lines'>): string {
  if (lines === undefined) return file;
  return lines.start === lines.end ? `line ${lines.start} of ${file}` : `lines ${lines.start}–${lines.end} of ${file}`;
}

function placeInWords(into: string | undefined): string {
  if (into === undefined || into === '') return '';
  const { kind, name } = parseDestination(into);
  return kind === 'tool' ? ` to the tool ${name}` : kind === 'remote' ? ` to ${name}` : ` into ${name}`;
}

/** " until 30 June 2026": the first day on which one of the covering assets loses its last grant; '' when none does. */
function permittedUntil(decision: Decision, zone: string): string {
  const ends = new Map<string, string | undefined>();
  for (const { rule, asset, until } of decision.because) {
    if (!rule.startsWith('grant:')) continue;
    const key = asset ?? '';
    const known = ends.get(key);
    // The later of two grants of one asset; a grant without an end has none.
    if (!ends.has(key) || until === undefined || (known !== undefined && known < until)) ends.set(key, until);
  }
  const [first] = [...ends.values()].filter((end) => end !== undefined).sort();
  return first === undefined ? '' : ` until ${momentInWords(first, zone)}`;
}

function reasonInWords(reason: Reason, policy: PolicyContent, paint: Paint): string[] {
  const heading = reason.clause === undefined ? undefined : policy.agreement.clauses?.[reason.clause];
  const clause =
    reason.clause === undefined ? '' : `, clause ${reason.clause}${heading === undefined ? '' : ` (${heading})`}`;
  const lines = [
    `  - ${[reason.what, reason.why].filter((sentence) => sentence !== undefined).join(' ')}`,
    paint.faint(`    ${ruleInWords(reason)}${clause}`),
  ];
  if (reason.effect !== 'allow') {
    if (reason.instead !== undefined) lines.push(`    Instead: ${reason.instead}`);
    if (reason.contact !== undefined) lines.push(`    Ask: ${reason.contact}`);
  }
  return lines;
}

const EFFECT: Readonly<Record<Effect, string>> = {
  allow: 'permits',
  warn: 'warns',
  justify: 'asks for a reason',
  deny: 'forbids',
};

/** "guardrail no-ai forbids", "grant g permits", "by default" for what no rule of the policy says. */
function ruleInWords({ rule, effect }: Reason): string {
  const colon = rule.indexOf(':');
  const kind = rule.slice(0, colon);
  const id = rule.slice(colon + 1);
  switch (kind) {
    case 'default':
      return id === 'owner' ? 'the owner’s own code' : `by default (${id}): ${effect}`;
    case 'ask':
      return 'the question cannot be judged';
    case 'marker':
      return 'unknown marker';
    case 'training':
      return `course '${id}' ${EFFECT[effect]}`;
    default:
      return `${kind} '${id}' ${EFFECT[effect]}`;
  }
}

/** A waiver as a sentence: who lifted what until when, and why. */
export function waivedInWords(id: string, policy: PolicyContent): string {
  const waiver = policy.waivers.find((entry) => entry.id === id);
  if (waiver === undefined) return `The waiver '${id}' applies.`;
  const until = momentInWords(waiver.until, zoneOf(policy));
  return `The waiver '${id}' applies: ${waiver.by} lifted ${waiver.lifts.join(', ')} until ${until}. Reason: ${waiver.reason}`;
}

/** A notice as a sentence. One that is of no known kind comes back as it is. */
export function noticeInWords(notice: string, policy: PolicyContent): string {
  const zone = zoneOf(policy);
  const colon = notice.indexOf(':');
  const id = notice.slice(colon + 1);
  const course = policy.training.find((entry) => entry.id === id);
  const title = course?.title ?? id;
  const where = course?.url === undefined ? '' : ` Take it at ${course.url}`;
  const ended = (until: string | undefined) =>
    until === undefined ? 'is over' : `ended on ${momentInWords(until, zone)}`;
  switch (notice.slice(0, colon)) {
    case 'grant-expired': {
      const { until } = policy.grants.find((entry) => entry.id === id) ?? {};
      return `The grant '${id}' ${ended(earlier(until, policy.agreement.until))}.`;
    }
    case 'training-due-soon':
      return `The course “${title}” is due soon.${where}`;
    case 'training-overdue':
      return `The course “${title}” is overdue.${where}`;
    case 'waiver-expired': {
      const { until } = policy.waivers.find((entry) => entry.id === id) ?? {};
      return `The waiver '${id}' ${ended(earlier(until, policy.agreement.until))}.`;
    }
    case 'waiver-invalid':
      return `The waiver '${id}' is void: it has to come from an approver of an owner, for somebody else, with a reason and an end, for a rule that may be waived.`;
    default:
      return notice;
  }
}

/** Both are ISO dates or instants; the earlier day is the earlier text. */
function earlier(one: string | undefined, other: string | undefined): string | undefined {
  if (one === undefined || other === undefined) return one ?? other;
  return one.slice(0, 10) <= other.slice(0, 10) ? one : other;
}

const DUTY: Readonly<Record<string, string>> = {
  log: 'This is recorded.',
  redact: 'Words of the redaction list have to be replaced first.',
  notify: 'The contact is told.',
  attribute: 'The source has to be named where it goes.',
};

/** True when a decision asks something of the person or stops them: justify and deny. */
export function isRestrictive(decision: Decision): boolean {
  return EFFECTS.indexOf(decision.effect) >= EFFECTS.indexOf('justify');
}
