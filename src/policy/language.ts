/**
 * The one description of `developer-terms.yaml`. Types, checks, the JSON Schema in `media/` and
 * `docs/policy-reference.md` all come from here. What a schema cannot say (references, dates, patterns) is checked in
 * the files beside this one.
 */
import { z } from 'zod';

export const ACTIONS = ['view', 'edit', 'copy', 'move', 'use', 'prompt', 'export', 'publish', 'unmark'] as const;
export type Action = (typeof ACTIONS)[number];

/** Kindest first: the index is the rank. */
export const EFFECTS = ['allow', 'warn', 'justify', 'deny'] as const;
export type Effect = (typeof EFFECTS)[number];

export const DUTIES = ['log', 'redact', 'notify', 'attribute'] as const;
export type Duty = (typeof DUTIES)[number];

const text = z.string().min(1);
const id = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._-]*$/);
const clause = z.string().min(1);
/** A bare date (`2026-06-30`) or an instant with an offset (`2026-06-30T12:00:00+02:00`). */
const moment = z.string().min(1);
const duration = z.string().min(1);
const address = z.string().min(3);
const selector = z.string().min(1);
const cover = z.string().min(1);
const destination = z.string().min(1);
const pattern = z.string().min(1);
const effect = z.enum(EFFECTS);
const action = z.enum(ACTIONS);
const actionOrAny = z.enum([...ACTIONS, 'any']);

/** A list that may be written as a single entry. */
const listOf = <T extends z.ZodType>(entry: T) =>
  z.preprocess((value) => (value === undefined || Array.isArray(value) ? value : [value]), z.array(entry));

const member = z.union([
  address.transform((person) => ({ person })),
  z.strictObject({ person: address, from: moment.optional(), until: moment.optional() }),
]);

const agreement = z.strictObject({
  id: text,
  title: text,
  from: moment.optional(),
  until: moment.optional(),
  zone: z.string().optional(),
  survives: duration.optional(),
  clauses: z.record(z.string(), text).optional(),
  contact: text.optional(),
  status: z.enum(['live', 'suspended', 'ended']).default('live'),
  clause: clause.optional(),
});

const party = z.strictObject({
  id,
  name: text,
  role: text.optional(),
  competes: listOf(id).default([]),
  custodian: text.optional(),
  clause: clause.optional(),
});

const team = z.strictObject({ id, party: id, members: z.array(member), clause: clause.optional() });

const ungranted = z.union([effect, z.partialRecord(action, effect)]);

const tier = z.strictObject({
  name: id,
  label: text.optional(),
  ungranted: ungranted.default('deny'),
  named: z.boolean().default(false),
  clause: clause.optional(),
});

const asset = z.strictObject({
  id,
  owner: listOf(id),
  tier: id.default('restricted'),
  paths: listOf(pattern).default([]),
  about: text.optional(),
  tags: listOf(text).default([]),
  delegates: z.boolean().default(false),
  clause: clause.optional(),
});

const wall = z.strictObject({
  id,
  sides: z.array(z.strictObject({ name: id, who: listOf(selector), assets: listOf(id) })).min(2),
  above: listOf(selector).default([]),
  blocks: listOf(actionOrAny).default(['any']),
  cooling: duration.optional(),
  waivable: z.boolean().default(false),
  contact: text.optional(),
  clause: clause.optional(),
});

const course = z.strictObject({
  id,
  title: text,
  covers: listOf(cover),
  actions: listOf(actionOrAny),
  for: listOf(selector).default(['everyone']),
  repeat: duration.optional(),
  remind: duration.optional(),
  grace: duration.optional(),
  since: moment.optional(),
  effect: effect.default('deny'),
  activity: text.optional(),
  url: text.optional(),
  minutes: z.number().int().positive().optional(),
  lesson: z.literal('accepted').optional(),
  waivable: z.boolean().default(false),
  contact: text.optional(),
  clause: clause.optional(),
});

const guardrail = z.strictObject({
  id,
  covers: listOf(cover),
  actions: listOf(actionOrAny),
  effect,
  what: text,
  why: text,
  instead: text,
  who: listOf(selector).default(['recipients']),
  except: listOf(selector).default([]),
  into: listOf(destination).optional(),
  from: moment.optional(),
  until: moment.optional(),
  duties: listOf(z.enum(DUTIES)).default([]),
  waivable: z.boolean().default(true),
  contact: text.optional(),
  clause: clause.optional(),
});

const grant = z.strictObject({
  id,
  to: listOf(selector),
  covers: listOf(cover),
  actions: listOf(actionOrAny),
  purpose: listOf(text).optional(),
  into: listOf(destination).optional(),
  from: moment.optional(),
  until: moment.optional(),
  grace: duration.optional(),
  contact: text.optional(),
  clause: clause.optional(),
});

const waiver = z.strictObject({
  id,
  lifts: listOf(id),
  to: listOf(selector),
  covers: listOf(cover),
  actions: listOf(actionOrAny),
  into: listOf(destination).optional(),
  from: moment.optional(),
  until: moment,
  by: address,
  reason: text,
  signed: moment,
  clause: clause.optional(),
});

/** A policy as the rest of the engine reads it: every default filled in, every "one or several" a list. */
export const policyLanguage = z.strictObject({
  version: z.literal(1),
  extends: z.array(z.strictObject({ path: text, sha256: z.string().regex(/^[0-9a-f]{64}$/) })).default([]),
  defaults: z.strictObject({ unlisted: effect.default('allow'), unknown: effect.default('deny') }).prefault({}),
  markers: z.strictObject({ begin: text.default('TERMS-BEGIN'), end: text.default('TERMS-END') }).prefault({}),
  agreement,
  parties: z.array(party),
  teams: z.array(team).default([]),
  tiers: z
    .array(tier)
    .min(1)
    .default([
      { name: 'confidential', ungranted: 'deny', named: false },
      { name: 'restricted', ungranted: 'deny', named: false },
      { name: 'sealed', ungranted: 'deny', named: true },
    ]),
  assets: z.array(asset).default([]),
  walls: z.array(wall).default([]),
  training: z.array(course).default([]),
  identity: z.enum(['git', 'github', 'microsoft']).default('git'),
  records: z.array(z.looseObject({ kind: z.enum(['file', 'xapi', 'badge']) })).default([]),
  guardrails: z.array(guardrail).default([]),
  grants: z.array(grant).default([]),
  approvers: z.array(z.strictObject({ person: address, party: id, clause: clause.optional() })).default([]),
  waivers: z.array(waiver).default([]),
  redact: z.array(z.strictObject({ find: text, say: text, clause: clause.optional() })).default([]),
  evidence: z
    .strictObject({
      record: listOf(actionOrAny).default([]),
      keep: duration.optional(),
      share: listOf(id).default([]),
      clause: clause.optional(),
    })
    .prefault({}),
  breach: z
    .strictObject({
      notify: duration.default('PT72H'),
      contacts: listOf(address).default([]),
      steps: listOf(text).default([]),
      clause: clause.optional(),
    })
    .prefault({}),
  review: z
    .strictObject({
      every: duration.default('P6M'),
      next: moment.optional(),
      raci: z
        .array(
          z.strictObject({
            task: text,
            responsible: listOf(text).default([]),
            accountable: listOf(text).default([]),
            consulted: listOf(text).default([]),
            informed: listOf(text).default([]),
          }),
        )
        .default([]),
      clause: clause.optional(),
    })
    .prefault({}),
  exit: z
    .strictObject({
      dispose: duration.default('P30D'),
      certify: address.optional(),
      keep: listOf(text).default([]),
      clause: clause.optional(),
    })
    .prefault({}),
});

type Immutable<T> = T extends (infer E)[]
  ? readonly Immutable<E>[]
  : T extends object
    ? { readonly [K in keyof T]: Immutable<T[K]> }
    : T;

/** The content of a policy, as the language's checks leave it. */
export type PolicyContent = Immutable<z.output<typeof policyLanguage>>;
export type Agreement = PolicyContent['agreement'];
export type Party = PolicyContent['parties'][number];
export type Team = PolicyContent['teams'][number];
export type Member = Team['members'][number];
export type Tier = PolicyContent['tiers'][number];
export type Asset = PolicyContent['assets'][number];
export type Wall = PolicyContent['walls'][number];
export type Course = PolicyContent['training'][number];
export type Guardrail = PolicyContent['guardrails'][number];
export type Grant = PolicyContent['grants'][number];
export type Approver = PolicyContent['approvers'][number];
export type Waiver = PolicyContent['waivers'][number];
