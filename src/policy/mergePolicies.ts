/**
 * A policy on top of the one it extends. The child may add and tighten; whatever would let anybody do more than the
 * parent does is rejected, each with a sentence that says what is loosened.
 */
import { foldAddress, isAddressPattern } from './addresses.js';
import { coveredAssets, coverTest, rankOf } from './covers.js';
import { ACTIONS, DEFAULT_OFFLINE, type Asset, type PolicyContent, type Team, type Tier } from './language.js';
import { zoneOf } from './membership.js';
import type { ProblemCode } from './problemCodes.js';
import {
  fewer,
  isSame,
  longer,
  negative,
  off,
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
import { shown } from './syntax.js';
import { wildcardTest } from './wildcard.js';

/** How the merge looks at the child's text, and says what it rejects. */
export interface ChildText {
  /** True where the child writes this key of one of its entries itself. */
  states(entry: object, key: string): boolean;
  reject(
    code: ProblemCode & ('loosens-parent' | 'replaces-parent'),
    entry: object,
    key: string,
    index: number | undefined,
    message: string,
  ): void;
  /** Says that `merged` stands for what the child writes at `entry`. */
  standsFor(merged: object, entry: object): void;
}

/** The content of `child` on top of `parent`. Where something is rejected, the parent's word stands. */
export function mergePolicies(parent: PolicyContent, child: PolicyContent, text: ChildText): PolicyContent {
  return new Merge(parent, child, text).content();
}

type Entry = object;
/** What people call a field's loosening. */
const LOOSER: Readonly<Record<string, string>> = {
  effect: 'lowers the effect of',
  covers: 'changes what is covered by',
  actions: 'changes the actions of',
  who: 'binds fewer people with',
  for: 'binds fewer people with',
  except: 'excepts people from',
  above: 'puts people above',
  into: 'changes the places of',
  from: 'changes the begin of',
  until: 'changes the end of',
  waivable: 'makes it possible to waive',
  cooling: 'shortens the cooling-off of',
  repeat: 'makes people refresh less often',
  grace: 'lengthens the grace of',
  since: 'counts older passes for',
  to: 'gives more people',
  purpose: 'allows more purposes for',
  blocks: 'blocks less with',
  tier: 'lowers the tier of',
  delegates: 'delegates',
  lesson: 'accepts the lesson for',
  formerly: 'counts passes of other courses for',
  signed: 'counts unsigned records of',
  offline: 'counts older records of',
  authority: 'trusts more authorities of',
  keys: 'trusts more keys of',
  courses: 'counts records of more courses from',
  duties: 'drops duties of',
};

class Merge {
  constructor(
    private readonly parent: PolicyContent,
    private readonly child: PolicyContent,
    private readonly text: ChildText,
  ) {}

  content(): PolicyContent {
    const { parent, child } = this;
    const strict = strictnessIn(zoneOf(parent));
    const tiers = this.#tiers();
    const assets = this.#assets(tiers);
    const teams = this.#teams();
    const merged: PolicyContent = {
      version: 1,
      extends: child.extends,
      agreement: this.#agreement(),
      parties: this.#entries('party', 'id', parent.parties, child.parties, {}),
      teams,
      tiers,
      defaults: this.#section('defaults', parent.defaults, child.defaults, { unlisted: raised, unknown: raised }),
      markers: this.#section('markers', parent.markers, child.markers, {}),
      assets,
      walls: this.#entries('wall', 'id', parent.walls, child.walls, strict.walls),
      training: this.#entries('course', 'id', parent.training, child.training, strict.training),
      identity: this.#single('identity'),
      records: parent.records.length === 0 ? child.records : this.#records(),
      guardrails: this.#entries('guardrail', 'id', parent.guardrails, child.guardrails, strict.guardrails),
      grants: this.#entries('grant', 'id', parent.grants, child.grants, strict.grants),
      approvers: this.#approvers(),
      waivers: this.#entries('waiver', 'id', parent.waivers, child.waivers, strict.waivers),
      redact: this.#redact(),
      evidence: this.#section('evidence', parent.evidence, child.evidence, {
        record: 'union',
        keep: shorterForEver,
        share: 'union',
      }),
      breach: this.#section('breach', parent.breach, child.breach, {
        notify: shorter,
        contacts: 'union',
        steps: 'union',
      }),
      review: this.#section('review', parent.review, child.review, {
        every: shorter,
        next: strict.earlierEnd,
        raci: 'free',
      }),
      exit: this.#section('exit', parent.exit, child.exit, {
        dispose: shorter,
        keep: fewer,
        certify: (inherited, stated) => inherited === undefined || inherited === stated,
      }),
    };
    this.#newGrants(merged);
    this.#newWaivers(merged);
    this.#raisedTiers(merged);
    return merged;
  }

  // Entries.

  /** The inherited entries, tightened where the child writes one again, and the child's own behind them. */
  #entries<T extends Entry>(
    noun: string,
    key: 'id' | 'name',
    inherited: readonly T[],
    own: readonly T[],
    rules: Rules,
  ): readonly T[] {
    const name = (entry: T) => String((entry as Readonly<Record<string, unknown>>)[key]);
    const again = new Map(own.map((entry) => [name(entry), entry]));
    const merged = inherited.map((entry) => {
      const stated = again.get(name(entry));
      return stated === undefined ? entry : this.#tightened(`${noun} \`${name(entry)}\``, entry, stated, rules);
    });
    const known = new Set(inherited.map(name));
    return [...merged, ...own.filter((entry) => !known.has(name(entry)))];
  }

  /** One inherited entry with what the child states about it, as far as it is stricter. */
  #tightened<T extends Entry>(what: string, inherited: T, stated: T, rules: Rules): T {
    const merged: Record<string, unknown> = { ...(inherited as Readonly<Record<string, unknown>>) };
    for (const [key, value] of Object.entries(stated)) {
      if (value === undefined || !this.text.states(stated, key)) continue;
      const before = merged[key];
      if (isSame(before, value)) continue;
      const rule = rules[key];
      if (rule === 'free') merged[key] = value;
      else if (rule === 'union') merged[key] = [...new Set([...strings(before), ...strings(value)])];
      else if (rule !== undefined && rule(before, value)) merged[key] = value;
      else if (rule !== undefined) {
        const loosens = LOOSER[key] ?? `changes \`${key}\` of`;
        this.text.reject(
          'loosens-parent',
          stated,
          key,
          undefined,
          `This ${loosens} the inherited ${what}. A policy may only tighten what it extends: the parent has ${inWords(before)}.`,
        );
      } else {
        this.text.reject(
          'replaces-parent',
          stated,
          key,
          undefined,
          `The inherited ${what} has ${before === undefined ? 'none' : inWords(before)} here, and that cannot be replaced. Delete \`${key}\`, or give the entry an id of its own.`,
        );
      }
    }
    this.text.standsFor(merged, stated);
    return merged as T;
  }

  #section<T extends Entry>(key: keyof PolicyContent, inherited: T, own: T, rules: Rules): T {
    return this.text.states(this.child, key) ? this.#tightened(`\`${key}\``, inherited, own, rules) : inherited;
  }

  #single<K extends 'identity'>(key: K): PolicyContent[K] {
    if (this.text.states(this.child, key) && this.child[key] !== this.parent[key]) {
      this.text.reject(
        'replaces-parent',
        this.child,
        key,
        undefined,
        `The parent says \`${key}: ${this.parent[key]}\`, and that cannot be replaced. Delete the line.`,
      );
    }
    return this.parent[key];
  }

  #agreement(): PolicyContent['agreement'] {
    const { parent, child } = this;
    if (!this.text.states(child, 'agreement')) return parent.agreement;
    const clauses: Record<string, string> = { ...parent.agreement.clauses };
    const own = child.agreement.clauses ?? {};
    for (const [number, heading] of Object.entries(own)) {
      const before = clauses[number];
      if (before !== undefined && before !== heading) {
        this.text.reject(
          'replaces-parent',
          own,
          number,
          undefined,
          `The parent calls clause ${number} "${shown(before)}", and that cannot be replaced. Delete the line.`,
        );
      } else clauses[number] = heading;
    }
    if (parent.agreement.clauses === undefined && child.agreement.clauses !== undefined) {
      // Listing clauses for the first time is a check more, not less, but the parent's numbers were never listed.
      for (const { clause } of [...parent.guardrails, ...parent.grants, ...parent.walls, ...parent.training]) {
        if (clause !== undefined) clauses[clause] ??= '(named by the parent policy)';
      }
    }
    const agreement = this.#tightened('agreement', parent.agreement, child.agreement, {
      status: (inherited, stated) => inherited === stated || (inherited === 'live' && stated === 'suspended'),
      survives: (inherited, stated) => inherited !== undefined && longer(inherited, stated),
      contact: (inherited, stated) => inherited === undefined || inherited === stated,
      // Put together above, number by number.
      clauses: 'free',
    });
    this.text.standsFor(agreement, child.agreement);
    return Object.keys(clauses).length === 0 ? agreement : Object.assign(agreement, { clauses });
  }

  #tiers(): readonly Tier[] {
    const { parent, child } = this;
    if (!this.text.states(child, 'tiers')) return parent.tiers;
    const order = child.tiers.map(({ name }) => name).filter((name) => parent.tiers.some((tier) => tier.name === name));
    const inherited = parent.tiers.map(({ name }) => name).filter((name) => order.includes(name));
    if (!isSame(order, inherited)) {
      this.text.reject(
        'replaces-parent',
        child,
        'tiers',
        undefined,
        `The parent ranks the tiers ${parent.tiers.map(({ name }) => name).join(', ')}. Keep that order.`,
      );
      return parent.tiers;
    }
    const stricter: Rule = (before, after) =>
      ACTIONS.every((action) => rank(ungrantedOf(after, action)) >= rank(ungrantedOf(before, action)));
    const tightened = new Map(
      this.#entries('tier', 'name', parent.tiers, child.tiers, { ungranted: stricter, named: on }).map((tier) => [
        tier.name,
        tier,
      ]),
    );
    // The parent's tiers that the child leaves out keep their place below the next one that it names.
    const merged: Tier[] = [];
    const put = (name: string) => {
      const tier = tightened.get(name);
      if (tier !== undefined && !merged.includes(tier)) merged.push(tier);
    };
    for (const { name } of child.tiers) {
      const at = parent.tiers.findIndex((tier) => tier.name === name);
      for (const before of parent.tiers.slice(0, Math.max(at, 0))) if (!order.includes(before.name)) put(before.name);
      put(name);
    }
    for (const { name } of parent.tiers) put(name);
    return merged;
  }

  #assets(tiers: readonly Tier[]): readonly Asset[] {
    const { parent, child } = this;
    for (const [at, asset] of child.assets.entries()) {
      const inherited = parent.assets.find(({ id }) => id === asset.id);
      const opens =
        this.parent.defaults.unlisted !== 'allow' &&
        positive(asset.paths).some((path) => !(inherited?.paths.includes(path) ?? false));
      if (opens) {
        this.text.reject(
          'loosens-parent',
          child.assets[at] ?? asset,
          'paths',
          undefined,
          `The parent says \`unlisted: ${this.parent.defaults.unlisted}\` for code that no asset covers, and this would open such code to its owner. Add the paths in the parent.`,
        );
      }
    }
    const carving: Rule = (before, after) => fewer(negative(before), negative(after));
    const paths: Rule = (before, after) => carving(before, after);
    const merged = this.#entries('asset', 'id', parent.assets, child.assets, {
      tier: (before, after) =>
        rankOf(tiers, String(after)) >= rankOf(tiers, String(before)) && rankOf(tiers, String(after)) < tiers.length,
      paths,
      about: 'free',
      tags: 'union',
      delegates: off,
    });
    return merged.map((asset) => {
      const before = parent.assets.find(({ id }) => id === asset.id);
      if (before === undefined || before === asset) return asset;
      // More positive paths are welcome; none of the parent's is lost, and its carve-outs stay.
      const all = [...new Set([...before.paths, ...positive(asset.paths)])];
      const whole: Asset = { ...asset, paths: all };
      this.text.standsFor(whole, asset);
      return whole;
    });
  }

  /** New teams may regroup the people of an inherited party, or bring the people of a new one; they add nobody to the old. */
  #teams(): readonly Team[] {
    const { parent, child } = this;
    const parties = new Set(parent.parties.map(({ id }) => id));
    const known = new Set(parent.teams.map(({ id }) => id));
    const people = new Map<string, Set<string>>();
    for (const team of parent.teams) {
      const members = people.get(team.party) ?? new Set<string>();
      for (const { person, from, until } of team.members)
        if (from === undefined && until === undefined) members.add(foldAddress(person));
      people.set(team.party, members);
    }
    const patterns = [
      ...parent.guardrails.flatMap(({ who, except }) => [...who, ...except]),
      ...parent.grants.flatMap(({ to }) => to),
      ...parent.walls.flatMap(({ above, sides }) => [...above, ...sides.flatMap(({ who }) => who)]),
    ].filter((selector) => selector.startsWith('team:'));
    const kinder = parent.tiers.some((tier) =>
      ACTIONS.some((action) => rank(ungrantedOf(tier.ungranted, action)) < rank(parent.defaults.unknown)),
    );
    for (const team of child.teams) {
      if (known.has(team.id)) continue;
      if (!parties.has(team.party)) {
        if (kinder)
          this.text.reject(
            'loosens-parent',
            team,
            'party',
            undefined,
            `People of \`${team.party}\` are unknown to the parent and get \`${parent.defaults.unknown}\`; as a party they would get more, by \`ungranted\` of its tiers. Add the party in the parent.`,
          );
        continue;
      }
      for (const [at, { person }] of team.members.entries()) {
        if (people.get(team.party)?.has(foldAddress(person)) === true) continue;
        this.text.reject(
          'loosens-parent',
          team,
          'members',
          at,
          `${shown(person)} is not of ${team.party} in the parent, and a policy that extends it cannot add people to an inherited party. Add ${isAddressPattern(person) ? 'them' : 'the person'} in the parent.`,
        );
      }
      const reach = patterns.find((selector) => {
        const [party = '', pattern = ''] = selector.slice('team:'.length).split('/');
        return party === team.party && wildcardTest(pattern)(team.id);
      });
      if (reach !== undefined) {
        this.text.reject(
          'loosens-parent',
          team,
          'id',
          undefined,
          `\`${reach}\` of the parent would mean this team too. Choose an id that it does not match.`,
        );
      }
    }
    return this.#entries('team', 'id', parent.teams, child.teams, {});
  }

  /** Records say who has passed, so a source more is a way more to pass. An inherited one may be trusted less. */
  #records(): PolicyContent['records'] {
    const { parent, child } = this;
    if (!this.text.states(child, 'records')) return parent.records;
    const again = new Map<string, PolicyContent['records'][number]>();
    for (const source of child.records) {
      const name = sourceName(source);
      if (parent.records.some((inherited) => sourceName(inherited) === name)) again.set(name, source);
      else {
        this.text.reject(
          'loosens-parent',
          source,
          'kind',
          undefined,
          `Passes in ${name} would count, which the parent does not know. Add the source in the parent.`,
        );
      }
    }
    return parent.records.map((inherited) => {
      const stated = again.get(sourceName(inherited));
      if (stated === undefined) return inherited;
      return this.#tightened(`record source ${sourceName(inherited)}`, inherited, stated, {
        signed: on,
        offline: shorterOrDefault,
        authority: (before, after) =>
          strings(before).length === 0 || (strings(after).length > 0 && fewer(before, after)),
        courses: (before, after) => before === undefined || (after !== undefined && fewer(before, after)),
        keys: (before, after) =>
          (after as readonly unknown[]).length > 0 &&
          (after as readonly unknown[]).every((key) =>
            (before as readonly unknown[]).some((other) => isSame(key, other)),
          ),
      });
    });
  }

  #approvers(): PolicyContent['approvers'] {
    const { parent, child } = this;
    const own = child.approvers.filter(
      ({ person, party }) =>
        !parent.approvers.some(
          (approver) => foldAddress(approver.person) === foldAddress(person) && approver.party === party,
        ),
    );
    const signed = parent.records.some((source) => source.signed);
    for (const approver of child.approvers) {
      const before = parent.approvers.find(
        ({ person, party }) => foldAddress(person) === foldAddress(approver.person) && party === approver.party,
      );
      if (before === undefined ? signed && approver.keys.length > 0 : !fewer(before.keys, approver.keys)) {
        this.text.reject(
          'loosens-parent',
          approver,
          'keys',
          undefined,
          `${approver.person} could sign course registers with a key that the parent does not know. Add the key in the parent.`,
        );
      }
    }
    for (const approver of own) {
      const asset = parent.assets.find(({ owner }) => owner.includes(approver.party));
      if (asset === undefined) continue;
      this.text.reject(
        'loosens-parent',
        approver,
        'person',
        undefined,
        `${approver.person} could waive rules on the inherited asset \`${asset.id}\` of ${approver.party}. Add approvers of ${approver.party} in the parent.`,
      );
    }
    return [...parent.approvers, ...own];
  }

  #redact(): PolicyContent['redact'] {
    const { parent, child } = this;
    const own = child.redact.filter((entry) => {
      const before = parent.redact.find(({ find }) => find === entry.find);
      if (before !== undefined && before.say !== entry.say) {
        this.text.reject(
          'replaces-parent',
          entry,
          'say',
          undefined,
          `The parent says "${shown(before.say)}" for "${shown(entry.find)}", and that cannot be replaced. Delete the entry.`,
        );
      }
      return before === undefined;
    });
    return [...parent.redact, ...own];
  }

  // What only shows in the whole.

  #newGrants(merged: PolicyContent): void {
    for (const grant of this.child.grants) {
      if (this.parent.grants.some(({ id }) => id === grant.id)) continue;
      const asset = this.#inherited(merged, grant.covers).find(({ delegates }) => !delegates);
      if (asset === undefined) continue;
      this.text.reject(
        'loosens-parent',
        grant,
        'covers',
        undefined,
        `This grant covers the inherited asset \`${asset.id}\`, which the parent does not delegate. Grant only what this policy adds, or set \`delegates: true\` in the parent.`,
      );
    }
  }

  #newWaivers(merged: PolicyContent): void {
    const rules = new Set(
      [...this.parent.guardrails, ...this.parent.walls, ...this.parent.training].map(({ id }) => id),
    );
    for (const waiver of this.child.waivers) {
      if (this.parent.waivers.some(({ id }) => id === waiver.id)) continue;
      const at = waiver.lifts.findIndex((id) => rules.has(id));
      const asset = this.#inherited(merged, waiver.covers)[0];
      if (at < 0 || asset === undefined) continue;
      this.text.reject(
        'loosens-parent',
        waiver,
        'lifts',
        at,
        `This waiver lifts the inherited rule \`${waiver.lifts[at] ?? ''}\` for the inherited asset \`${asset.id}\`. Write the waiver in the parent.`,
      );
    }
  }

  #inherited(merged: PolicyContent, covers: readonly string[]): readonly Asset[] {
    const ids = new Map(this.parent.assets.map((asset) => [asset.id, asset]));
    return coveredAssets(merged, covers).flatMap(({ id }) => ids.get(id) ?? []);
  }

  /** An asset that is raised stays under every rule it was under, and comes under no grant it was not under. */
  #raisedTiers(merged: PolicyContent): void {
    for (const before of this.parent.assets) {
      const after = merged.assets.find(({ id }) => id === before.id);
      const stated = this.child.assets.find(({ id }) => id === before.id);
      if (after === undefined || stated === undefined || after.tier === before.tier) continue;
      const [low, high] = [before.tier, after.tier].map((name) => merged.tiers.find((tier) => tier.name === name));
      const reject = (why: string) => {
        this.text.reject(
          'loosens-parent',
          stated,
          'tier',
          undefined,
          `In the tier \`${after.tier}\`, \`${before.id}\` ${why}. Keep the tier, or change that rule in the parent.`,
        );
      };
      if (low !== undefined && high !== undefined) {
        const looser = ACTIONS.find(
          (action) => rank(ungrantedOf(high.ungranted, action)) < rank(ungrantedOf(low.ungranted, action)),
        );
        if (looser !== undefined) reject(`would be less protected without a grant (\`${looser}\`)`);
        if (low.named && !high.named) reject('would no longer need people to be named');
      }
      for (const rule of [...this.parent.guardrails, ...this.parent.training]) {
        if (coverTest(rule.covers, this.parent.tiers)(before) && !coverTest(rule.covers, merged.tiers)(after))
          reject(`would escape the inherited rule \`${rule.id}\``);
      }
      for (const rule of [...this.parent.grants, ...this.parent.waivers]) {
        if (!coverTest(rule.covers, this.parent.tiers)(before) && coverTest(rule.covers, merged.tiers)(after))
          reject(`would come under the inherited \`${rule.id}\``);
      }
    }
  }
}

/** What a record source is called in a sentence, and by which an inherited one is known again. */
function sourceName({ kind, path, endpoint, issuer }: PolicyContent['records'][number]): string {
  const place = kind === 'xapi' ? endpoint : kind === 'file' ? path?.join(', ') : issuer;
  return `\`${kind}: ${shown(place ?? '')}\``;
}

/** Shorter than what is inherited, where none means what the language says. */
const shorterOrDefault: Rule = (inherited, stated) =>
  stated !== undefined && longer(stated, inherited ?? DEFAULT_OFFLINE);

/** How long evidence is kept: longer is stricter, and none means for ever. */
function shorterForEver(inherited: unknown, stated: unknown): boolean {
  return inherited !== undefined && longer(inherited, stated);
}

function inWords(value: unknown): string {
  if (value === undefined) return 'none';
  if (Array.isArray(value) && value.every((entry) => typeof entry === 'string')) {
    return value.length === 0 ? 'none' : shown(value.join(', '));
  }
  return shown(typeof value === 'object' ? JSON.stringify(value) : `${value as string}`);
}
