/**
 * A second evaluator: the part of a policy that Cedar can express, translated to Cedar and judged by its own engine.
 * Nothing here uses the code that it checks; dates are Cedar's, in UTC.
 *
 * Cedar knows permit and forbid only. So a decision is asked for at a level, the strictest effect that one would put up
 * with: at level `warn` a guardrail that warns does not forbid. The effect is the kindest level that is permitted.
 */
import cedar from '@cedar-policy/cedar-wasm/nodejs';
import type { Ask } from '../../src/decision/Ask.js';
import { ACTIONS, EFFECTS, type Action, type Effect, type PolicyContent } from '../../src/policy/language.js';

type Guardrail = PolicyContent['guardrails'][number];
type Grant = PolicyContent['grants'][number];
type Wall = PolicyContent['walls'][number];
type Asset = PolicyContent['assets'][number];

export interface CedarAnswer {
  readonly effect: Effect;
  /** Guardrails and walls that forbid anything kinder, as decisions name them; sorted. */
  readonly forbidding: readonly string[];
  /** Grants and defaults that permit at this level; sorted. */
  readonly permitting: readonly string[];
}

/** A policy in Cedar. It must have no course, waiver, cooling-off, survival or tier that gives without a grant. */
export class CedarPolicy {
  private static count = 0;
  private readonly id = `policy${CedarPolicy.count++}`;
  private readonly assets: ReadonlyMap<string, object>;

  constructor(private readonly policy: PolicyContent) {
    const staticPolicies: Record<string, string> = {
      'default:owner': 'permit(principal, action, resource) when { principal in resource.owners };',
      'default:unknown': `permit(principal, action, resource) when { !principal.known && context.level >= ${rank(policy.defaults.unknown)} };`,
    };
    for (const guardrail of policy.guardrails) staticPolicies[`guardrail:${guardrail.id}`] = this.guardrail(guardrail);
    for (const grant of policy.grants) {
      // The tolerance after the end is a grant of its own, at its own level.
      staticPolicies[`grant:${grant.id}`] = this.grant(grant, false);
      if (grant.grace !== undefined) staticPolicies[`grace:${grant.id}`] = this.grant(grant, true);
    }
    for (const wall of policy.walls)
      for (const side of wall.sides) staticPolicies[`wall:${wall.id}#${side.name}`] = this.wall(wall, side);
    const answer = cedar.preparsePolicySet(this.id, { staticPolicies });
    if (answer.type === 'failure') throw new Error(JSON.stringify(answer.errors));
    this.assets = new Map(policy.assets.map((asset) => [asset.id, this.entityOf(asset)]));
  }

  /** What Cedar says of an ask about one asset. */
  judge(ask: Ask, asset: string): CedarAnswer {
    const person = this.personOf(ask.who, ask.at);
    const at = (level: number) => this.ask(ask, asset, person, level);
    const warned = at(1);
    let effect: Effect;
    let permitted = warned;
    let refused: Response | undefined;
    if (warned.allowed) {
      const allowed = at(0);
      effect = allowed.allowed ? 'allow' : 'warn';
      if (allowed.allowed) permitted = allowed;
      else refused = allowed;
    } else {
      const justified = at(2);
      effect = justified.allowed ? 'justify' : 'deny';
      if (justified.allowed) permitted = justified;
      refused = justified.allowed ? warned : justified;
    }
    const forbidding = (refused?.reasons ?? []).filter((id) => /^(guardrail|wall):/.test(id));
    return {
      effect,
      forbidding: [...new Set(forbidding.map((id) => id.replace(/#.*/, '')))].sort(),
      permitting: permitted.allowed
        ? [...new Set(permitted.reasons.map((id) => id.replace('grace:', 'grant:')))].sort()
        : [],
    };
  }

  private ask(ask: Ask, asset: string, person: object, level: number): Response {
    const answer = cedar.statefulIsAuthorized({
      principal: { type: 'Person', id: ask.who.toLowerCase() },
      action: { type: 'Action', id: ask.action },
      resource: { type: 'Asset', id: asset },
      context: {
        level,
        now: { __extn: { fn: 'datetime', arg: new Date(ask.at).toISOString() } },
        ...(ask.into === undefined ? {} : { into: placed(ask.into) }),
        ...(ask.purpose === undefined ? {} : { purpose: ask.purpose }),
      },
      preparsedPolicySetId: this.id,
      entities: [person, this.assets.get(asset)] as never,
    });
    if (answer.type === 'failure') throw new Error(JSON.stringify(answer.errors));
    const { decision, diagnostics } = answer.response;
    if (diagnostics.errors.length > 0) throw new Error(JSON.stringify(diagnostics.errors));
    return { allowed: decision === 'allow', reasons: diagnostics.reason };
  }

  private entityOf(asset: Asset): object {
    const rankOf = (tier: string) => this.policy.tiers.findIndex(({ name }) => name === tier);
    const below = this.policy.tiers.filter(({ name }) => rankOf(name) <= rankOf(asset.tier));
    return {
      uid: { type: 'Asset', id: asset.id },
      attrs: {
        owners: asset.owner.map((id) => ({ __entity: { type: 'Party', id } })),
        named: this.policy.tiers[rankOf(asset.tier)]?.named ?? false,
      },
      parents: [
        { type: 'Cover', id: 'all' },
        { type: 'Cover', id: `tier:${asset.tier}` },
        ...below.map(({ name }) => ({ type: 'Cover', id: `tier:${name}+` })),
      ],
    };
  }

  private personOf(who: string, at: string): object {
    const address = who.toLowerCase();
    const now = Date.parse(at);
    const teams = this.policy.teams.filter(({ members }) =>
      members.some((member) => {
        const from = 'from' in member && member.from !== undefined ? Date.parse(`${member.from}T00:00:00Z`) : -Infinity;
        const until =
          'until' in member && member.until !== undefined ? Date.parse(`${member.until}T24:00:00Z`) : Infinity;
        const pattern = member.person.toLowerCase();
        const isMeant = pattern.startsWith('*@') ? address.split('@')[1] === pattern.slice(2) : address === pattern;
        return isMeant && from <= now && now < until;
      }),
    );
    return {
      uid: { type: 'Person', id: address },
      attrs: { known: teams.length > 0, address },
      parents: [
        ...teams.map(({ id }) => ({ type: 'Team', id })),
        ...teams.map(({ party }) => ({ type: 'Party', id: party })),
      ],
    };
  }

  private guardrail({ covers, actions, effect, who, except, into, from, until }: Guardrail): string {
    return `forbid(principal, ${inActions(actions)}, resource) when {
      context.level < ${rank(effect)} && (${this.covered(covers)}) && (${this.people(who)}) && !(${this.people(except)})
      && (${window(from, until)}) && (!(context has into) || ${into === undefined ? 'true' : destinations(into)}) };`;
  }

  private grant({ to, covers, actions, purpose, into, from, until, grace }: Grant, tolerated: boolean): string {
    const { agreement } = this.policy;
    if (agreement.status !== 'live') return 'permit(principal, action, resource) when { false };';
    const permitted: readonly (Action | 'any')[] = actions.some((action) => action !== 'use')
      ? [...actions, 'view']
      : actions;
    const named = to.filter((selector) => /^person:[^*]*$/.test(selector));
    const days = /^P(\d+)D$/.exec(grace ?? '')?.[1] ?? '0';
    const ends = [until, agreement.until].filter((day) => day !== undefined).sort();
    const inTime = tolerated
      ? `!(${window(undefined, ends[0])}) && context.now < ${after(ends[0] ?? '9999-01-01', Number(days))}`
      : window(undefined, until);
    const purposes = purpose === undefined ? 'true' : `[${purpose.map(quoted).join()}].contains(context.purpose)`;
    return `permit(principal, ${inActions(permitted)}, resource) when {
      !(principal in resource.owners) && principal.known && (${this.covered(covers)}) && context.level >= ${tolerated ? 1 : 0}
      && (if resource.named then (${this.people(named)}) else (${this.people(to)}))
      && (${window(agreement.from, agreement.until)}) && (${window(from, undefined)}) && (${inTime})
      && (action == Action::"view" || ${into === undefined ? 'true' : `(context has into && ${destinations(into)})`})
      && (if context has purpose then ${purposes} else ${purpose === undefined ? 'true' : 'context.level >= 2'}) };`;
  }

  private wall(wall: Wall, side: Wall['sides'][number]): string {
    const others = wall.sides.filter((other) => other !== side).flatMap(({ who }) => who);
    return `forbid(principal, ${inActions(wall.blocks)}, resource) when {
      [${side.assets.map((id) => `Asset::${quoted(id)}`).join()}].contains(resource)
      && (${this.people(others)}) && !(${this.people(wall.above)}) };`;
  }

  private covered(covers: readonly string[]): string {
    const test = (cover: string) =>
      cover === 'all' || cover.startsWith('tier:')
        ? `resource in Cover::${quoted(cover)}`
        : `resource == Asset::${quoted(cover)}`;
    return covers.map(test).join(' || ');
  }

  private people(selectors: readonly string[]): string {
    const tests = selectors.map((selector) => {
      if (selector === 'everyone') return 'true';
      if (selector === 'recipients') return '!(principal in resource.owners)';
      const [kind, name = ''] = selector.split(':');
      if (kind === 'party') return `principal in Party::${quoted(name)}`;
      if (kind === 'person')
        return name.includes('*') ? `principal.address like ${quoted(name)}` : `principal == Person::${quoted(name)}`;
      if (kind !== 'team') return `principal in Team::${quoted(selector)}`;
      const [party, pattern = ''] = name.split('/');
      const teams = this.policy.teams.filter(
        ({ id, party: own }) => own === party && id.startsWith(pattern.replace('*', '')),
      );
      return `principal in [${teams.map(({ id }) => `Team::${quoted(id)}`).join()}]`;
    });
    return tests.length === 0 ? 'false' : tests.join(' || ');
  }
}

interface Response {
  readonly allowed: boolean;
  readonly reasons: readonly string[];
}

const rank = (effect: Effect) => EFFECTS.indexOf(effect);
const quoted = (text: string) => JSON.stringify(text);

function inActions(actions: readonly (Action | 'any')[]): string {
  const all = actions.includes('any') ? ACTIONS : [...new Set(actions)];
  return `action in [${all.map((action) => `Action::${quoted(action)}`).join()}]`;
}

function after(day: string, more = 0): string {
  return `datetime(${quoted(day)}).offset(duration("${1 + more}d"))`;
}

function window(from: string | undefined, until: string | undefined): string {
  const tests = [];
  if (from !== undefined) tests.push(`context.now >= datetime(${quoted(from)})`);
  if (until !== undefined) tests.push(`context.now < ${after(until)}`);
  return tests.length === 0 ? 'true' : tests.join(' && ');
}

/** In a `like` of Cedar a `*` crosses slashes, as it does in tools and remotes, and as `**` does in paths. */
function destinations(patterns: readonly string[]): string {
  const like = (pattern: string) => `context.into like ${quoted(placed(pattern).replace('**', '*'))}`;
  const inside = patterns.filter((pattern) => !pattern.startsWith('!')).map(like);
  const outside = patterns.filter((pattern) => pattern.startsWith('!')).map((pattern) => like(pattern.slice(1)));
  return `(${inside.length === 0 ? 'true' : inside.join(' || ')}) && !(${outside.length === 0 ? 'false' : outside.join(' || ')})`;
}

function placed(place: string): string {
  return /^(tool|remote|path):/.test(place) ? place : `path:${place}`;
}
