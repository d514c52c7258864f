import type { Ask, Facts } from '../decision/Ask.js';
import { decide } from '../decision/decide.js';
import type { Decision, Reason } from '../decision/Decision.js';
import { parseDestination } from '../policy/destinations.js';
import type { Grant, Waiver } from '../policy/language.js';
import { zoneOf } from '../policy/membership.js';
import { dayAt, dayInWords, endOfDay, isoDay, parseInstant, parseMoment, ending } from '../policy/moments.js';
import { patternProblem } from '../policy/patternProblem.js';
import type { Policy } from '../policy/Policy.js';
import { printEntry } from '../policy/printPolicy.js';
import type { FileRegions } from '../regions/Region.js';
import { codeInWords } from './decision.js';
import { whose } from '../policy/whose.js';
import { inSentence } from '../policy/inSentence.js';
import { ACTION_WORDS, asSentence } from './words.js';

/** How long an asked-for waiver lasts, in days after the day of the request, unless the agreement ends before. */
const DAYS = 14;
const DAY_MS = 86_400_000;

/** A request for permission, ready for those who may give it. */
export interface PermissionRequest {
  /** The whole request as a YAML document: what is asked, what stands against it, and the entries that would permit it. */
  readonly text: string;
  /** Who may decide, as addresses; empty when the policy names nobody. */
  readonly deciders: readonly string[];
  /** True when nothing the policy can hold would permit it, so that the text is a letter without entries. */
  readonly isHopeless: boolean;
}

/** A waiver that is not signed yet: the approver writes the day. */
type UnsignedWaiver = Omit<Waiver, 'signed'>;

/**
 * What has to be added to the policy so that a denied act becomes permitted: a waiver for every owner whose rule is in the
 * way, and a grant where a permission is missing, since a waiver lifts a prohibition and never permits by itself. `reason`
 * is the person's own. Rules that may not be waived are named as such.
 */
export function permissionRequest(
  policy: Policy,
  regions: FileRegions,
  ask: Ask,
  facts: Facts,
  reason: string,
): PermissionRequest {
  const zone = zoneOf(policy);
  const epoch = parseInstant(ask.at) ?? 0;
  const decision = decide(policy, regions, ask, facts);
  const signed = isoDay(dayAt(epoch, zone));
  const having = (more: readonly UnsignedWaiver[]): Policy => ({
    ...policy,
    waivers: [...policy.waivers, ...more.map((waiver) => ({ ...waiver, signed }))],
  });
  const waivers = needed(
    waiversFor(policy, decision, ask, reason, untilDay(policy, epoch, zone)),
    (some) => decide(having(some), regions, ask, facts).because.filter(({ effect }) => effect === 'deny').length,
  );
  const withWaivers = having(waivers);
  const lifted = decide(withWaivers, regions, ask, facts);
  const grants = grantsFor(policy, lifted, ask, untilDay(policy, epoch, zone));
  const granted = decide({ ...withWaivers, grants: [...policy.grants, ...grants] }, regions, ask, facts);
  const isHopeless = granted.effect === 'deny';
  const barred = isHopeless ? granted.because.filter(({ effect }) => effect === 'deny') : [];

  const approvers = [...new Set(waivers.flatMap(({ covers }) => approversOf(policy, covers, ask.who)))];
  const owners = grants.length === 0 ? [] : contactsOf(policy, decision);
  const deciders = isHopeless ? contactsOf(policy, decision) : [...new Set([...approvers, ...owners])];
  const comment = [
    `Request under “${policy.agreement.title}” (${policy.agreement.id})`,
    `Asked by ${ask.who === '' ? 'a person whose address is not known' : ask.who} on ${dayInWords(dayAt(epoch, zone))}.`,
    '',
    `What is asked: to ${ACTION_WORDS[ask.action]} ${codeInWords(ask)}${ask.into === undefined ? '' : `, into ${ask.into}`}.`,
    `Whose code it is: ${asSentence(whose(decision.assets, policy))}`,
    `Why: ${asSentence(reason)}`,
    '',
    'What stands against it:',
    ...decision.because.filter(({ effect }) => effect === 'deny').map((rule) => `- ${against(rule)}`),
    '',
    ...(isHopeless
      ? [
          'No entry of the policy can permit this:',
          ...barred.map((rule) => `- ${bar(policy, rule)}`),
          'The agreement itself, or what is done with the code, would have to change.',
        ]
      : [
          ...(waivers.length === 0
            ? []
            : [
                `To grant it, an approver (${inSentence(approvers, 'or')}) adds the waiver to the policy,`,
                'with their own address in `by` and the day of the decision in `signed`, which is left open here.',
              ]),
          ...(grants.length === 0
            ? []
            : ['A permission is missing as well as any waiver: the owner adds the grant to the policy.']),
        ]),
    ...(deciders.length === 0 ? [] : [`Send this to ${inSentence(deciders, 'or')}.`]),
  ];
  const entries = isHopeless
    ? []
    : [
        ...(waivers.length === 0 ? [] : ['', 'waivers:', ...waivers.flatMap(writtenWaiver)]),
        ...(grants.length === 0 ? [] : ['', 'grants:', ...grants.map((grant) => `  - ${printEntry('grants', grant)}`)]),
      ];
  const text = [...comment.map((line) => (line === '' ? '#' : `# ${oneLine(line)}`)), ...entries].join('\n');
  return { text: `${text}\n`, deciders, isHopeless };
}

/** Those of the waivers without which more would stand in the way: not every asset at hand is one that a rule is about. */
function needed(
  waivers: readonly UnsignedWaiver[],
  obstacles: (some: readonly UnsignedWaiver[]) => number,
): readonly UnsignedWaiver[] {
  const best = obstacles(waivers);
  let kept = waivers;
  for (const waiver of waivers) {
    const without = kept.filter((other) => other !== waiver);
    if (obstacles(without) === best) kept = without;
  }
  return kept;
}

/** A waiver for each group of owners whose waivable rules deny: one approver can sign only for the own party's assets. */
function waiversFor(policy: Policy, decision: Decision, ask: Ask, reason: string, until: string): UnsignedWaiver[] {
  const denying = decision.because.filter(({ effect }) => effect === 'deny').map(({ rule }) => rule);
  const lifts = [...new Set(denying.filter((rule) => isWaivable(policy, rule)).map(idOf))].sort();
  if (lifts.length === 0 || ask.who === '') return [];
  const groups = new Map<string, string[]>();
  for (const asset of decision.assets) {
    const [by] = approversOf(policy, [asset], ask.who);
    if (by !== undefined) groups.set(by, [...(groups.get(by) ?? []), asset]);
  }
  const into = patternFor(ask.into);
  return [...groups].map(([by, covers], at) => ({
    id: freeId(policy, `wv-${nameOf(ask.who)}-${ask.at.slice(0, 10)}`, at),
    ...{ lifts, to: [`person:${ask.who}`], covers, actions: [ask.action], until, by, reason },
    ...(into === undefined ? {} : { into: [into] }),
  }));
}

/** The grant that is missing, for every asset that no grant opens to the person. */
function grantsFor(policy: Policy, decision: Decision, ask: Ask, until: string): Grant[] {
  const missing = decision.because.filter(({ effect, rule }) => effect === 'deny' && rule === 'default:ungranted');
  if (missing.length === 0 || ask.who === '') return [];
  const named = missing.flatMap(({ asset }) => asset ?? []);
  const covers = named.length === missing.length ? named : decision.assets;
  const into = patternFor(ask.into);
  return [
    {
      id: freeId(policy, `gr-${nameOf(ask.who)}-${ask.at.slice(0, 10)}`, 0),
      ...{ to: [`person:${ask.who}`], covers: [...new Set(covers)], actions: [ask.action], until },
      ...(into === undefined ? {} : { into: [into] }),
    },
  ];
}

/** Written over several lines, as a person signs it: `signed` is left open, so that it is no waiver before that. */
function writtenWaiver(waiver: UnsignedWaiver): string[] {
  const fields = Object.entries(waiver).map(
    ([key, value]) => `${key}: ${printEntry('waivers', { [key]: value }, key)}`,
  );
  return [...fields.map((field, at) => `  ${at === 0 ? '-' : ' '} ${field}`), '    signed:'];
}

const idOf = (rule: string): string => rule.slice(rule.indexOf(':') + 1);

function isWaivable(policy: Policy, rule: string): boolean {
  const id = idOf(rule);
  switch (rule.slice(0, rule.indexOf(':'))) {
    case 'guardrail':
      return policy.guardrails.some((entry) => entry.id === id && entry.waivable);
    case 'wall':
      return policy.walls.some((entry) => entry.id === id && entry.waivable);
    case 'training':
      return policy.training.some((entry) => entry.id === id && entry.waivable);
    default:
      return false;
  }
}

/** Approvers who may sign for all these assets, never the person who asks. */
function approversOf(policy: Policy, assets: readonly string[], who: string): string[] {
  return policy.approvers
    .filter(
      ({ person, party }) =>
        person.toLowerCase() !== who.toLowerCase() &&
        assets.every((id) => policy.assets.find((asset) => asset.id === id)?.owner.includes(party)),
    )
    .map(({ person }) => person);
}

function contactsOf(policy: Policy, decision: Decision): string[] {
  const named = decision.because.filter(({ effect }) => effect === 'deny').map(({ contact }) => contact);
  const contacts = [...named, policy.agreement.contact].filter((contact) => contact !== undefined);
  return [...new Set(contacts)].slice(0, 2);
}

/** The last day asked for: a fortnight, or the agreement's own last day when that is earlier. */
function untilDay(policy: Policy, epoch: number, zone: string): string {
  const end = policy.agreement.until === undefined ? undefined : parseMoment(policy.agreement.until);
  const wanted = dayAt(epoch + DAYS * DAY_MS, zone);
  const last = end === undefined ? Infinity : ending(end, zone);
  return isoDay(endOfDay(wanted, zone) <= last ? wanted : dayAt(last - 1, zone));
}

/** A destination as a policy writes it. Characters that mean something in a pattern match any character instead. */
function patternFor(into: string | undefined): string | undefined {
  if (into === undefined) return undefined;
  const { kind, name } = parseDestination(into);
  if (kind !== 'path') return `${kind}:${name}`;
  const pattern = name.replace(/[[\]{}()*?\\]/g, '?').replace(/^[!#]/, '?');
  return patternProblem(pattern) === undefined ? pattern : undefined;
}

function nameOf(address: string): string {
  return (
    (address.split('@')[0] ?? '')
      .replace(/[^A-Za-z0-9]+/g, '-')
      .replace(/^-|-$/g, '')
      .toLowerCase() || 'somebody'
  );
}

function freeId(policy: Policy, wanted: string, at: number): string {
  const taken = new Set([...policy.waivers, ...policy.grants].map(({ id }) => id));
  let number = at + 1;
  let id = at === 0 ? wanted : `${wanted}-${number}`;
  while (taken.has(id)) id = `${wanted}-${++number}`;
  return id;
}

function against({ rule, clause, what }: Reason): string {
  const where = clause === undefined ? rule : `${rule}, clause ${clause}`;
  return `${where}: ${asSentence(what ?? 'no grant permits it')}`;
}

/** Why a rule stays in the way, whatever is added to the policy. */
function bar(policy: Policy, { rule, what }: Reason): string {
  if (isWaivable(policy, rule))
    return `${rule} could be waived, but nobody is named who may do it for all of this code.`;
  if (rule.startsWith('default:') || rule.startsWith('marker:'))
    return `${rule}: ${asSentence(what ?? 'no rule opens it')}`;
  if (rule.startsWith('training:')) return `${rule} may not be waived: pass the course, then ask again.`;
  return `${rule} may not be waived.`;
}

/** Policy text may hold line breaks; in a comment they would end it. */
function oneLine(text: string): string {
  return text.replace(/[\u0000-\u001f\u0085\u2028\u2029]+/g, ' ');
}
