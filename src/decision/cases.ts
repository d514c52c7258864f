/** Cases: asks with the decisions that a policy must give, so that a change of the policy shows what it changes. */
import { ACTIONS, DUTIES, EFFECTS, type Action, type Effect } from '../policy/language.js';
import type { LineSpan, Range } from '../ports.js';
import { regionsOf } from '../regions/regionsOf.js';
import type { Policy } from '../policy/Policy.js';
import type { Problem } from '../policy/Problem.js';
import type { Ask, Facts } from './Ask.js';
import { decide } from './decide.js';
import type { Decision } from './Decision.js';
import { CasesReader, type Entry } from './CasesReader.js';
import { exposuresOf, recordsOf } from './readFacts.js';

/** What a case asks the decision to be. Lists compare as sets; `tier` left out is not compared. */
export interface Expectation {
  readonly effect: Effect;
  readonly rules: readonly string[];
  readonly waived: readonly string[];
  readonly notices: readonly string[];
  readonly duties: readonly string[];
  readonly tier?: string;
}

export interface Case {
  readonly id: string;
  readonly ask: Ask;
  readonly expect: Expectation;
  readonly why?: string;
  /** Where the case is written: its `id`. */
  readonly range: Range;
}

/** A file of cases: which policy they are about, the world they assume, and the cases. */
export interface Cases {
  /** The policy's path as the file writes it: relative to the file of cases. */
  readonly policy: string;
  /** Texts of files, by path from the repository's root. A file that is not here is read as empty. */
  readonly files: ReadonlyMap<string, string>;
  readonly facts: Facts;
  readonly cases: readonly Case[];
}

/** What reading a file of cases gives: the cases unless there is an error among the problems. */
export interface ReadCases {
  readonly cases: Cases | undefined;
  readonly problems: readonly Problem[];
}

/** One thing in which a decision is not what its case expects. */
export interface Difference {
  readonly what: 'effect' | 'rules' | 'waived' | 'notices' | 'duties' | 'tier';
  readonly expected: readonly string[];
  readonly actual: readonly string[];
}

export interface CaseResult {
  readonly case: Case;
  readonly decision: Decision;
  /** Empty for a case that passes. */
  readonly differences: readonly Difference[];
}

/** Puts every case to a policy; the results are in the order of the file. */
export function runCases(cases: Cases, policy: Policy): readonly CaseResult[] {
  return cases.cases.map((one) => {
    const text = cases.files.get(one.ask.file) ?? '';
    const decision = decide(policy, regionsOf(policy, one.ask.file, text), one.ask, cases.facts);
    return { case: one, decision, differences: differencesOf(one.expect, decision) };
  });
}

function differencesOf(expect: Expectation, decision: Decision): Difference[] {
  const differences: Difference[] = [];
  const compare = (what: Difference['what'], expected: readonly string[], actual: readonly string[]) => {
    const [one, other] = [[...new Set(expected)].sort(), [...new Set(actual)].sort()];
    if (one.length !== other.length || one.some((entry, at) => entry !== other[at]))
      differences.push({ what, expected: one, actual: other });
  };
  compare('effect', [expect.effect], [decision.effect]);
  for (const what of ['rules', 'waived', 'notices', 'duties'] as const) compare(what, expect[what], decision[what]);
  if (expect.tier !== undefined) compare('tier', [expect.tier], decision.tier === undefined ? [] : [decision.tier]);
  return differences;
}

/** Reads `NAME.cases.yaml`. `file` is its path, for the problems' places. Never throws. */
export function readCases(text: string, file: string): ReadCases {
  const reader = new CasesReader(text, file);
  const top = reader.whole().map(['policy', 'world', 'cases']);
  const policy = top.text('policy');
  const world = top.optional('world')?.map(['files', 'records', 'exposures']);
  const files = new Map((world?.optional('files')?.pairs() ?? []).map(([path, content]) => [path, content.string()]));
  const records = recordsOf(world?.optional('records'));
  const exposures = exposuresOf(world?.optional('exposures'));
  const cases = (top.required('cases')?.items() ?? []).map(caseOf);
  const known = new Map<string, Case>();
  for (const one of cases) {
    if (known.has(one.id))
      reader.report('duplicate-case', one.range, `Two cases are called '${one.id}'. Give each its own id.`);
    known.set(one.id, one);
  }
  const isSound = reader.problems.length === 0;
  return {
    cases: isSound ? { policy, files, facts: { records, exposures }, cases } : undefined,
    problems: reader.problems,
  };
}

function caseOf(item: Entry): Case {
  const entry = item.map(['id', 'ask', 'expect', 'why']);
  const why = entry.optional('why')?.string();
  const id = entry.text('id');
  return {
    id,
    ask: askOf(entry.required('ask')),
    expect: expectationOf(entry.required('expect')),
    ...(why === undefined ? {} : { why }),
    range: (entry.optional('id') ?? item).range,
  };
}

function askOf(item: Entry | undefined): Ask {
  const entry = item?.map(['who', 'action', 'file', 'lines', 'into', 'purpose', 'at']);
  const lines = entry?.optional('lines');
  const span = lines === undefined ? undefined : parseLines(lines.string());
  if (lines !== undefined && span === undefined)
    lines.problem('wrong-lines', `'${lines.string()}' is no span of lines. Write first-last, such as 12-40.`);
  const into = entry?.optional('into')?.string();
  const purpose = entry?.optional('purpose')?.string();
  return {
    who: entry?.text('who') ?? '',
    action: entry?.oneOf<Action>('action', ACTIONS) ?? 'view',
    file: entry?.text('file') ?? '',
    ...(span === undefined ? {} : { lines: span }),
    ...(into === undefined ? {} : { into }),
    ...(purpose === undefined ? {} : { purpose }),
    at: entry?.text('at') ?? '',
  };
}

function expectationOf(item: Entry | undefined): Expectation {
  const entry = item?.map(['effect', 'rules', 'waived', 'notices', 'duties', 'tier']);
  const tier = entry?.optional('tier')?.string();
  const duties = entry?.optional('duties')?.strings() ?? [];
  for (const duty of duties)
    if (!(DUTIES as readonly string[]).includes(duty))
      entry?.problem('unknown-duty', `'${duty}' is no duty. Write one of ${DUTIES.join(', ')}.`);
  return {
    effect: entry?.oneOf<Effect>('effect', EFFECTS) ?? 'deny',
    rules: entry?.required('rules')?.strings() ?? [],
    waived: entry?.optional('waived')?.strings() ?? [],
    notices: entry?.optional('notices')?.strings() ?? [],
    duties,
    ...(tier === undefined ? {} : { tier }),
  };
}

/** The span that `12-40` or `12` writes, 1-based with both ends; undefined for anything else, `40-12` included. */
export function parseLines(text: string): LineSpan | undefined {
  const found = /^(\d{1,9})(?:-(\d{1,9}))?$/.exec(text.trim());
  if (found === null) return undefined;
  const start = Number(found[1]);
  const end = Number(found[2] ?? found[1]);
  return start >= 1 && start <= end ? { start, end } : undefined;
}
