/** What a change of the policy means: which rules it tightens, and which it loosens. */
import type { Place } from '../ports.js';
import { coveredAssets, rankOf } from './covers.js';
import { inSentence } from './inSentence.js';
import type { PolicyContent } from './language.js';
import { ACTIONS } from './language.js';
import { zoneOf } from './membership.js';
import { placeIn } from './placeIn.js';
import type { Policy } from './Policy.js';
import {
  fewer,
  isSame,
  longer,
  more,
  negative,
  on,
  positive,
  raised,
  rank,
  shorter,
  strictnessIn,
  strings,
  ungrantedOf,
  type Rule,
  type Rules,
} from './strictness.js';

/** How one rule, person or default of a policy was changed. */
export interface PolicyChange {
  /** As decisions name it: `guardrail:ID`, `grant:ID`, `asset:ID`, `team:ID`, …; sections by their key, such as `defaults`. */
  readonly rule: string;
  /** `alters`: neither stricter nor kinder, such as a new contact. */
  readonly direction: Direction;
  /** One plain sentence: "'who' of the guardrail 'no-copy' no longer has party:north." */
  readonly sentence: string;
  /** Where the entry stands now; of one that was taken out, where it stood. */
  readonly place: Place | undefined;
  /** The assets that are protected more or less by it, sorted: those that a rule covers; all, where it is about people or defaults. */
  readonly assets: readonly string[];
}

export type Direction = 'tightens' | 'loosens' | 'alters';

/**
 * Every change from one policy to the next, in the order of the language. A change that is stricter in no clear way counts
 * as loosening: then somebody may do what they could not do before.
 */
export function policyChanges(before: Policy, after: Policy): readonly PolicyChange[] {
  return new Comparison(before, after).changes();
}

/** What is said to people, and decides nothing. */
const WORDS = new Set([
  'what',
  'why',
  'instead',
  'contact',
  'clause',
  'about',
  'tags',
  'title',
  'name',
  'role',
  'custodian',
  'competes',
  'label',
  'url',
  'minutes',
  'remind',
  'activity',
  'reason',
  'signed',
  'id',
  'clauses',
  'steps',
  'raci',
]);

type Entry = Readonly<Record<string, unknown>>;

interface Kind {
  /** As places and decisions name it. */
  readonly noun: string;
  /** As people call it. */
  readonly words: string;
  readonly rules: Rules;
  readonly added: (entry: Entry) => Direction;
  readonly removed: (entry: Entry) => Direction;
  readonly assets: (policy: Policy, entry: Entry) => readonly string[];
  /** Where a stricter field of an entry may make something else kinder. */
  readonly whenTighter?: (entry: Entry) => Direction;
}

class Comparison {
  private readonly found: PolicyChange[] = [];
  private readonly everything: readonly string[];

  constructor(
    private readonly before: Policy,
    private readonly after: Policy,
  ) {
    this.everything = [...new Set([...before.assets, ...after.assets].map(({ id }) => id))].sort();
  }

  changes(): readonly PolicyChange[] {
    const { before, after } = this;
    const strict = strictnessIn(zoneOf(before));
    const covered = (policy: Policy, entry: Entry) =>
      coveredAssets(policy, strings(entry['covers'])).map(({ id }) => id);
    const all = () => this.everything;
    const never = (direction: Direction) => () => direction;
    const permission = { added: never('loosens'), removed: never('tightens'), assets: covered };
    const prohibition = {
      added: (entry: Entry): Direction => (entry['effect'] === 'allow' ? 'alters' : 'tightens'),
      removed: (entry: Entry): Direction => (entry['effect'] === 'allow' ? 'alters' : 'loosens'),
      assets: covered,
    };
    this.agreement();
    this.list('parties', 'id', {
      noun: 'party',
      words: 'party',
      rules: {},
      added: never('alters'),
      removed: never('alters'),
      assets: all,
    });
    this.list('teams', 'id', {
      noun: 'team',
      words: 'team',
      rules: { members: this.members, party: is },
      added: ({ members }) => (Array.isArray(members) && members.length === 0 ? 'alters' : 'loosens'),
      removed: ({ id }) => (this.binds(String(id)) ? 'loosens' : 'tightens'),
      assets: all,
      // Whoever leaves a team that a rule binds is bound no more.
      whenTighter: ({ id }) => (this.binds(String(id)) ? 'loosens' : 'tightens'),
    });
    this.tiers();
    this.section('defaults', { unlisted: raised, unknown: raised });
    this.section('markers', { begin: is, end: is });
    this.list('assets', 'id', {
      noun: 'asset',
      words: 'asset',
      rules: this.assetRules(),
      added: never(before.defaults.unlisted === 'allow' ? 'tightens' : 'loosens'),
      removed: never('loosens'),
      assets: (_policy, { id }) => [String(id)],
    });
    this.list('walls', 'id', {
      noun: 'wall',
      words: 'wall',
      rules: strict.walls,
      added: never('tightens'),
      removed: never('loosens'),
      assets: (_policy, { sides }) =>
        (sides as PolicyContent['walls'][number]['sides']).flatMap(({ assets }) => assets),
    });
    this.list('training', 'id', { noun: 'training', words: 'course', rules: strict.training, ...prohibition });
    this.single('identity', 'who people are taken to be');
    this.single('records', 'where course records come from');
    this.list('guardrails', 'id', { noun: 'guardrail', words: 'guardrail', rules: strict.guardrails, ...prohibition });
    this.list('grants', 'id', { noun: 'grant', words: 'grant', rules: strict.grants, ...permission });
    this.list('approvers', ['person', 'party'], {
      noun: 'approver',
      words: 'approver',
      rules: {},
      ...permission,
      assets: (policy, { party }) =>
        policy.assets.filter(({ owner }) => owner.includes(String(party))).map(({ id }) => id),
    });
    this.list('waivers', 'id', { noun: 'waiver', words: 'waiver', rules: strict.waivers, ...permission });
    this.list('redact', 'find', {
      noun: 'redact',
      words: 'redaction',
      rules: {},
      added: never('tightens'),
      removed: never('loosens'),
      assets: all,
    });
    this.section('evidence', { record: more, keep: (was, is) => was !== undefined && longer(was, is), share: 'free' });
    this.section('breach', { notify: shorter, contacts: more });
    this.section('review', { every: shorter, next: strict.earlierEnd });
    this.section('exit', { dispose: shorter, keep: fewer });
    if (!isSame(before.extends, after.extends))
      this.tell('extends', 'alters', 'The policies that this one extends were changed.', after, this.everything);
    return this.found;
  }

  private tell(
    rule: string,
    direction: Direction,
    sentence: string,
    entry: object,
    assets: readonly string[],
    key?: string,
  ): void {
    const place =
      placeIn(this.after, entry, key) ??
      placeIn(this.before, entry, key) ??
      this.after.places[rule] ??
      this.before.places[rule];
    this.found.push({ rule, direction, sentence, place, assets: [...new Set(assets)].sort() });
  }

  private list(
    section:
      | 'parties'
      | 'teams'
      | 'assets'
      | 'walls'
      | 'training'
      | 'guardrails'
      | 'grants'
      | 'approvers'
      | 'waivers'
      | 'redact',
    key: string | readonly [string, string],
    kind: Kind,
  ): void {
    const name = (entry: Entry): string =>
      (typeof key === 'string' ? [entry[key]] : key.map((part) => entry[part])).map(String).join(' of ');
    const was = this.before[section] as readonly Entry[];
    const now = this.after[section] as readonly Entry[];
    const known = new Map(was.map((entry) => [name(entry), entry]));
    for (const entry of now) {
      const old = known.get(name(entry));
      const what = `the ${kind.words} '${name(entry)}'`;
      const rule = `${kind.noun}:${name(entry)}`;
      if (old === undefined) {
        const direction = kind.added(entry);
        this.tell(rule, direction, `${capital(what)} was added.`, entry, kind.assets(this.after, entry));
        continue;
      }
      known.delete(name(entry));
      const assets = () => [...kind.assets(this.before, old), ...kind.assets(this.after, entry)];
      this.fields(rule, what, old, entry, kind.rules, assets, kind.whenTighter);
    }
    for (const [gone, entry] of known) {
      const sentence = `${capital(`the ${kind.words} '${gone}'`)} was taken out.`;
      this.tell(`${kind.noun}:${gone}`, kind.removed(entry), sentence, entry, kind.assets(this.before, entry));
    }
  }

  private fields(
    rule: string,
    what: string,
    old: Entry,
    entry: Entry,
    rules: Rules,
    assets: () => readonly string[],
    whenTighter: (entry: Entry) => Direction = () => 'tightens',
  ): void {
    for (const key of new Set([...Object.keys(old), ...Object.keys(entry)])) {
      const [was, now] = [old[key], entry[key]];
      if (isSame(was, now)) continue;
      const found = WORDS.has(key) && rules[key] === undefined ? 'alters' : directionOf(rules[key], was, now);
      const direction = found === 'tightens' ? whenTighter(entry) : found;
      this.tell(rule, direction, changeInWords(key, what, was, now), entry, assets(), key in entry ? key : undefined);
    }
  }

  private section(key: 'defaults' | 'markers' | 'evidence' | 'breach' | 'review' | 'exit', rules: Rules): void {
    this.fields(key, `'${key}'`, this.before[key], this.after[key], rules, () => this.everything);
  }

  private single(key: 'identity' | 'records', words: string): void {
    const [was, now] = [this.before[key], this.after[key]];
    if (isSame(was, now)) return;
    // A signed-in account proves more than an address that git claims.
    const direction = key === 'identity' && was === 'git' ? 'tightens' : 'loosens';
    this.tell(key, direction, `${capital(words)} was changed.`, this.after, this.everything, key);
  }

  private agreement(): void {
    const { earlierEnd, laterStart } = strictnessIn(zoneOf(this.before));
    this.fields(
      'agreement',
      'the agreement',
      this.before.agreement,
      this.after.agreement,
      {
        until: earlierEnd,
        from: laterStart,
        survives: (was, now) => was !== undefined && longer(was, now),
        status: (was, now) => was === 'live' || was === now,
        zone: 'free',
      },
      () => this.everything,
    );
  }

  /** Nobody is in the team who was not before, and nobody for another time. */
  private readonly members: Rule = (was, now) => {
    const [old, fresh] = [was, now] as [
      PolicyContent['teams'][number]['members'],
      PolicyContent['teams'][number]['members'],
    ];
    return fresh.every((member) => old.some((other) => isSame(other, member)));
  };

  /** True for a team that some prohibition of the policy as it was names by its id. */
  private binds(team: string): boolean {
    const { guardrails, walls, training } = this.before;
    return (
      guardrails.some(({ who }) => who.includes(team)) ||
      training.some((course) => course.for.includes(team)) ||
      walls.some(({ sides }) => sides.some(({ who }) => who.includes(team)))
    );
  }

  private assetRules(): Rules {
    return {
      tier: (was, now) => rankOf(this.after.tiers, String(now)) >= rankOf(this.after.tiers, String(was)),
      paths: (was, now) => more(positive(was), positive(now)) && fewer(negative(was), negative(now)),
      owner: fewer,
      delegates: (was, now) => now === false || now === was,
    };
  }

  private tiers(): void {
    const rules: Rules = {
      ungranted: (was, now) =>
        ACTIONS.every((action) => rank(ungrantedOf(now, action)) >= rank(ungrantedOf(was, action))),
      named: on,
    };
    const assets = (name: string) =>
      [...this.before.assets, ...this.after.assets].filter(({ tier }) => tier === name).map(({ id }) => id);
    for (const tier of this.after.tiers) {
      const old = this.before.tiers.find(({ name }) => name === tier.name);
      const what = `the tier '${tier.name}'`;
      if (old !== undefined) this.fields(`tier:${tier.name}`, what, old, tier, rules, () => assets(tier.name));
      else this.tell(`tier:${tier.name}`, 'alters', `${capital(what)} was added.`, tier, assets(tier.name));
    }
    for (const tier of this.before.tiers) {
      if (this.after.tiers.some(({ name }) => name === tier.name)) continue;
      this.tell(`tier:${tier.name}`, 'loosens', `The tier '${tier.name}' was taken out.`, tier, assets(tier.name));
    }
    const shared = (policy: Policy, other: Policy) =>
      policy.tiers.map(({ name }) => name).filter((name) => other.tiers.some((tier) => tier.name === name));
    if (!isSame(shared(this.before, this.after), shared(this.after, this.before)))
      this.tell('tiers', 'loosens', 'The tiers are ranked in another order.', this.after, this.everything, 'tiers');
  }
}

const is: Rule = (was, now) => isSame(was, now);

function directionOf(rule: Rules[string] | undefined, was: unknown, now: unknown): Direction {
  if (rule === 'free') return 'alters';
  const stricter: Rule = rule === 'union' ? more : (rule ?? (() => false));
  if (!stricter(was, now)) return 'loosens';
  return stricter(now, was) ? 'alters' : 'tightens';
}

/** "'who' of the guardrail 'no-copy' no longer has party:north." */
function changeInWords(key: string, what: string, was: unknown, now: unknown): string {
  const subject = `'${key}' of ${what}`;
  if (isListOfWords(was) && isListOfWords(now)) {
    const added = now.filter((entry) => !was.includes(entry));
    const gone = was.filter((entry) => !now.includes(entry));
    const parts = [
      ...(gone.length > 0 ? [`no longer has ${inSentence(gone)}`] : []),
      ...(added.length > 0 ? [`has ${inSentence(added)} in addition`] : []),
    ];
    return `${subject} ${parts.length === 0 ? 'has another order' : parts.join(' and ')}.`;
  }
  const [before, after] = [short(was), short(now)];
  if (before === undefined || after === undefined) {
    if (before === undefined && after !== undefined && was === undefined) return `${subject} was added: ${after}.`;
    if (after === undefined && before !== undefined && now === undefined)
      return `${subject} was taken out; it was ${before}.`;
    return `${subject} was changed.`;
  }
  return `${subject} was ${before} and is now ${after}.`;
}

/** A longer text is not repeated: the line tells where it stands. */
const SHORT = 60;

function short(value: unknown): string | undefined {
  if (typeof value === 'boolean' || typeof value === 'number') return String(value);
  if (typeof value === 'string' && value.length <= SHORT) return value.includes(' ') ? `“${value}”` : value;
  if (isListOfWords(value)) return inSentence(value);
  return undefined;
}

function isListOfWords(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((entry) => typeof entry === 'string');
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
