/** A set of changes that one person made at once, put before the policy. */
import { importsOf } from '../changes/imports/importsOf.js';
import { linksOf, type ImportTarget } from '../changes/imports/usesOf.js';
import type { ImportTree } from '../changes/imports/ImportTree.js';
import type { Decision } from '../decision/Decision.js';
import type { Policy } from '../policy/Policy.js';
import type { PolicyChange } from '../policy/policyChanges.js';
import type { Problem } from '../policy/Problem.js';
import type { MarkerProblem } from '../regions/Region.js';
import type { Act } from './Act.js';
import { actsIn, type ReadChange } from './actsIn.js';
import { copiesBrought, type CopyLookup, type TakenOut } from './copiesIn.js';
import type { Unmarked } from './fingerprints.js';
import { importedBrought, type ImportedLookup } from './importedCopiesIn.js';
import { usesIn } from './importsIn.js';
import { decisionOn, findingOf, judge, type Judgement } from './judge.js';
import type { Lines } from './changedLines.js';

/** What copies and imports are looked up in; left out, they are not looked for. */
export interface Lookups {
  readonly copies?: CopyLookup;
  /** Code of other repositories. */
  readonly imported?: readonly ImportedLookup[];
  readonly imports?: {
    readonly tree: ImportTree;
    readonly target: (path: string) => ImportTarget | undefined;
  };
}

/** What these changes, read under the judging policy, amount to; by file, in the order of the changes. */
export function findingsOfChanges(judgement: Judgement, changes: readonly ReadChange[], lookups: Lookups): Unmarked[] {
  const brought = actsByChange(judgement.policy, changes, lookups);
  return changes.flatMap((read, at) => {
    const findings = (brought[at] ?? []).flatMap((act) => judge(judgement, act) ?? []);
    return [...withoutEchoes(findings), ...markerProblems(judgement, read)];
  });
}

/** Everything that these changes do to covered code, whoever made them. */
export function actsOfChanges(policy: Policy, changes: readonly ReadChange[], lookups: Lookups): Act[] {
  return actsByChange(policy, changes, lookups).flat();
}

/** The acts of each change. */
function actsByChange(policy: Policy, changes: readonly ReadChange[], lookups: Lookups): Act[][] {
  const known = new Set(policy.assets.map(({ id }) => id));
  const taken = takenOut(changes);
  return changes.map((read) => [
    ...actsIn(read, policy.defaults.unlisted !== 'allow'),
    ...(lookups.copies === undefined ? [] : copiesBrought(lookups.copies, read, (id) => known.has(id), taken)),
    ...(lookups.imported === undefined ? [] : importedBrought(lookups.imported, read, (id) => known.has(id))),
    ...(lookups.imports === undefined ? [] : usesBrought(read, lookups.imports)),
  ]);
}

/** What changes take out of files, by the path that these had. */
function takenOut(changes: readonly ReadChange[]): TakenOut {
  const taken = new Map<string, Lines[]>();
  for (const { before, changed } of changes) {
    if (before === undefined || changed === 'whole') continue;
    const gone = changed.map((hunk) => hunk.before).filter(({ start, end }) => end > start);
    taken.set(before.version.path, [...(taken.get(before.version.path) ?? []), ...gone]);
  }
  return taken;
}

/** True when the changed lines of a file import something. */
export function bringsImports({ after, changed }: ReadChange): boolean {
  if (after?.version.text === undefined || changed === 'whole' || changed.length === 0) return false;
  return importsOf(after.version.path, after.version.text).some(({ line }) =>
    changed.some(({ after: { start, end } }) => start <= line && line < end),
  );
}

function usesBrought({ after, changed }: ReadChange, { tree, target }: NonNullable<Lookups['imports']>): Act[] {
  if (after?.version.text === undefined || changed === 'whole' || changed.length === 0) return [];
  const links = linksOf(after.version.path, after.version.text, tree).filter((link) =>
    changed.some(({ after: { start, end } }) => start <= link.import.line && link.import.line < end),
  );
  return usesIn(after.regions, links, target);
}

/** A file that leaves its asset is moved and loses its cover at once; that is said twice only where the second weighs more. */
function withoutEchoes(findings: readonly Unmarked[]): Unmarked[] {
  const order = ['allow', 'warn', 'justify', 'deny'];
  const moved = findings.find(({ kind, action }) => kind === 'cover-lost' && action === 'move');
  return findings.filter(
    ({ kind, action, effect }) =>
      moved === undefined ||
      kind !== 'cover-lost' ||
      action === 'move' ||
      order.indexOf(effect) > order.indexOf(moved.effect),
  );
}

function markerProblems(judgement: Judgement, { after, changed }: ReadChange): Unmarked[] {
  if (after === undefined || changed === 'whole') return [];
  const { path } = after.version;
  return after.regions.problems
    .filter(({ range: { start: at } }) =>
      changed.some(({ after: { start, end } }) => start <= at.line && at.line < end),
    )
    .map((problem) => markerProblem(judgement, path, problem, after.lines[problem.range.start.line - 1] ?? ''));
}

/** A wrong marker as a finding: a warning, in the words of the problem. `line` is the line that it stands in. */
export function markerProblem(judgement: Judgement, path: string, problem: MarkerProblem, line: string): Unmarked {
  const { code, range, message } = problem;
  return told(judgement, {
    act: { kind: 'marker-problem', action: 'unmark', path, range, text: `${code}${line}` },
    rule: `marker:${code}`,
    effect: 'warn',
    message,
  });
}

/** A problem of the policy as a finding: an error fails, the rest is a warning. */
export function policyProblem(judgement: Judgement, problem: Problem): Unmarked {
  const { code, file, range, message, severity } = problem;
  return told(judgement, {
    act: { kind: 'policy-problem', action: 'edit', path: file, range, text: code },
    rule: `policy:${code}`,
    effect: severity === 'error' ? 'deny' : 'warn',
    message: severity === 'error' ? `${message} Until then the terms in force before it decide.` : message,
  });
}

/**
 * A change that loosens the policy, as a finding. Who may edit the policy's file, because an asset covers it, may loosen it, with a
 * warning to all who review it. Where no asset covers the file, only the owners of the assets that it protects may.
 */
export function loosening(
  judgement: Judgement,
  file: string,
  change: PolicyChange,
  edit: Decision | undefined,
): Unmarked {
  const mayEdit = edit !== undefined && edit.assets.length > 0 ? edit.effect : undefined;
  const effect =
    mayEdit === undefined
      ? ownsAll(judgement, file, change.assets)
        ? 'warn'
        : 'deny'
      : mayEdit === 'allow'
        ? 'warn'
        : mayEdit;
  const place = change.place ?? { file, range: { start: { line: 1, column: 1 }, end: { line: 1, column: 1 } } };
  const finding = told(judgement, {
    act: { kind: 'policy-loosened', action: 'edit', path: place.file, range: place.range, text: '' },
    rule: `loosened:${change.rule}`,
    effect,
    message: `This loosens the terms. ${change.sentence}`,
    why: 'Somebody may do more under the changed terms than the parties have agreed to so far.',
    instead: 'Propose the change to the owners of the code that it is about, and let one of them make it.',
    assets: change.assets,
  });
  return { ...finding, policyChange: change };
}

/** True for a person who works for an owner of each of these assets. */
function ownsAll(judgement: Judgement, file: string, assets: readonly string[]): boolean {
  return (
    assets.length > 0 &&
    assets.every((asset) => {
      const region = { asset, known: true, by: 'path', lines: { start: 1, end: 1 } } as const;
      const subject = { regions: { path: file, regions: [region], problems: [] } };
      return decisionOn(judgement, { action: 'edit', subjects: [subject] }).because.some(
        ({ rule }) => rule === 'default:owner',
      );
    })
  );
}

interface Told {
  readonly act: Pick<Unmarked, 'kind' | 'action' | 'path' | 'range' | 'text'>;
  readonly rule: string;
  readonly effect: Decision['effect'];
  readonly message: string;
  readonly why?: string;
  readonly instead?: string;
  readonly assets?: readonly string[];
}

/** A finding that no rule of the policy made, with a decision that says so. */
function told(judgement: Judgement, { act, rule, effect, message, why, instead, assets = [] }: Told): Unmarked {
  const { contact } = judgement.policy.agreement;
  const reason = {
    rule,
    effect,
    what: message,
    ...(why === undefined ? {} : { why }),
    ...(instead === undefined ? {} : { instead }),
    ...(contact === undefined ? {} : { contact }),
  };
  const decision: Decision = {
    effect,
    rules: [rule],
    waived: [],
    notices: [],
    duties: [],
    assets,
    because: [reason],
  };
  const { kind, action, path, range, text } = act;
  const lines = { start: range.start.line, end: range.end.line };
  const finding = findingOf(judgement, { kind, action, subjects: [], path, lines, lastColumn: 0, text }, decision);
  return { ...finding, range, message };
}
