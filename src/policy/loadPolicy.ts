import { UserError, type Files, type Hash, type Place } from '../ports.js';
import { decodePolicy } from './decodePolicy.js';
import type { PolicyContent } from './language.js';
import { mergePolicies } from './mergePolicies.js';
import { checkContent, placesOf, readPolicy, type ReadPolicy } from './parsePolicy.js';
import { rememberPlaces } from './placeIn.js';
import type { ParsedPolicy, Policy } from './Policy.js';
import type { Problem } from './Problem.js';
import { PROBLEM_CODES, type ProblemCode } from './problemCodes.js';
import type { Report } from './Report.js';
import type { Span } from './Source.js';
import { shown } from './syntax.js';
import { inOrder } from './warningsAt.js';
import type { Where } from './Where.js';

/** Parents above parents, and parents in all: more than any agreement needs, few enough to follow at once. */
const DEEPEST = 8;
const MOST_FILES = 32;

/**
 * Reads a policy and the parents that it extends, and merges them: every entry knows the file it came from. Gives the
 * policy when neither it nor a parent has an error and nothing that it inherits is loosened; otherwise the problems say
 * what to change, and whoever asks keeps the last good policy. A policy that is not there is a problem too; never rejects
 * for what files hold, only for what `files` rejects with besides a `UserError`.
 */
export async function loadPolicy(path: string, files: Files, sha256: Hash): Promise<ParsedPolicy> {
  const loader = new Loader(files, sha256);
  const loaded = await loader.load(path, []);
  const problems = inOrder(loaded.problems);
  return { policy: loaded.policy, problems };
}

interface Loaded {
  readonly problems: readonly Problem[];
  readonly policy: Policy | undefined;
  /** The content and where it stands, when there is a policy. */
  readonly texts?: readonly FileText[];
}

type FileText = ReadPolicy & { readonly content: PolicyContent };

class Loader {
  #read = 0;

  constructor(
    private readonly files: Files,
    private readonly sha256: Hash,
  ) {}

  async load(path: string, trail: readonly string[], bytes?: Uint8Array): Promise<Loaded> {
    const found = bytes ?? (await this.#bytes(path));
    if (!(found instanceof Uint8Array)) return { policy: undefined, problems: [found] };
    const decoded = decodePolicy(found, path);
    if ('problem' in decoded) return { policy: undefined, problems: [decoded.problem] };
    const read = readPolicy(decoded.text, path);
    if (read.content === undefined) return { policy: undefined, problems: read.report.problems() };
    const parents = read.content.extends.length === 0 ? [] : await this.#parents(read, [...trail, path]);
    return whole(read, parents);
  }

  async #bytes(path: string): Promise<Uint8Array | Problem> {
    const fault = (message: string): Problem => {
      const start = { line: 1, column: 1 };
      return { code: 'unreadable', severity: 'error', file: path, range: { start, end: start }, message };
    };
    try {
      return (
        (await this.files.read(path)) ??
        fault(`There is no file ${path}. Create it, or name the file that holds the policy.`)
      );
    } catch (error) {
      if (error instanceof UserError) return fault(`${path} cannot be read: ${error.message}`);
      throw error;
    }
  }

  async #parents(child: FileText, trail: readonly string[]): Promise<readonly Loaded[]> {
    const loaded: Loaded[] = [];
    for (const link of child.content.extends) {
      const { path, sha256 } = link;
      if (path === '' || sha256 === '') continue;
      const refuse = (
        code: ProblemCode,
        key: 'path' | 'sha256',
        message: string,
        mend?: { title: string; text: string },
      ) => {
        const span = child.where.of(link, key);
        child.report.add(
          code,
          span,
          message,
          mend === undefined ? undefined : { ...mend, start: span.start, end: span.end },
        );
      };
      const again = trail.indexOf(path);
      if (again >= 0) {
        refuse(
          'parent-cycle',
          'path',
          `${[...trail.slice(again), path].join(' extends ')}. Delete this parent, or the link back to it.`,
        );
        continue;
      }
      this.#read += 1;
      if (trail.length >= DEEPEST || this.#read > MOST_FILES) {
        refuse(
          'too-many-parents',
          'path',
          `There are more than ${trail.length >= DEEPEST ? `${DEEPEST} policies above one another` : `${MOST_FILES} parents`}. Merge some of them.`,
        );
        continue;
      }
      const bytes = await this.#bytes(path);
      if (!(bytes instanceof Uint8Array)) {
        refuse('missing-parent', 'path', `The parent cannot be used: ${bytes.message}`);
        continue;
      }
      const actual = await this.sha256(bytes);
      if (actual !== sha256) {
        refuse(
          'parent-hash',
          'sha256',
          `${path} is not the file that was agreed on: its SHA-256 is ${actual}. Read what changed in it; if that is agreed, enter this hash.`,
          {
            title: 'Accept the parent as it is now',
            text: actual,
          },
        );
        continue;
      }
      const parent = await this.load(path, trail, bytes);
      const errors = parent.problems.filter(({ severity }) => severity === 'error');
      if (parent.policy === undefined) {
        const first = errors[0];
        refuse(
          'parent-invalid',
          'path',
          `${path} has ${errors.length === 1 ? 'an error' : `${errors.length} errors`}${first === undefined ? '' : `, first on line ${first.range.start.line}: ${shown(first.message)}`}`,
        );
      }
      loaded.push(parent);
    }
    return loaded;
  }
}

/** A child on top of its parents, checked as one. */
function whole(child: FileText, parents: readonly Loaded[]): Loaded {
  const inherited = parents.flatMap(({ problems }) => problems.filter(({ severity }) => severity === 'error'));
  const texts = [child, ...parents.flatMap((parent) => parent.texts ?? [])];
  const text = new Texts(texts);
  const failed = child.content.extends.length > parents.filter(({ policy }) => policy !== undefined).length;
  let { content } = child;
  if (!failed) {
    const [first, ...others] = parents.flatMap(({ policy }) => policy ?? []);
    if (first !== undefined) {
      let base: PolicyContent = first;
      for (const [at, other] of others.entries()) {
        base = mergePolicies(base, other, {
          states: (entry, key) => text.states(entry, key),
          standsFor: (merged, entry) => text.standsFor(merged, entry),
          reject: (code, _entry, _key, _index, message) => {
            const link = child.content.extends[at + 1];
            if (link !== undefined)
              child.report.add(code, child.where.of(link, 'path'), `The parents do not fit together. ${message}`);
          },
        });
      }
      content = mergePolicies(base, child.content, {
        states: (entry, key) => text.states(entry, key),
        standsFor: (merged, entry) => text.standsFor(merged, entry),
        reject: (code, entry, key, index, message) => {
          const written = index === undefined ? child.where.value(entry, key) : undefined;
          child.report.add(code, written ?? child.where.of(entry, key, index), message);
        },
      });
    }
  }
  // Without all parents it is not known what the child's names mean.
  const unread = failed ? new Set([...child.unread, ...NAMING]) : child.unread;
  const before = child.report.hasErrors;
  checkContent({
    content,
    unread,
    add: (code, span, message, mend) => text.add(code, span, message, mend),
    at: (entry, key, index) => text.at(entry, (where) => where.of(entry, key, index)),
    atKey: (entry, key) => text.at(entry, (where) => where.ofKey(entry, key)),
    line: (span) => text.line(span),
    written: (span) => text.written(span),
    hasErrors: () => before || failed || texts.some(({ report }) => report.hasErrors),
  });
  const problems = [...child.report.problems(), ...inherited];
  if (problems.some(({ severity }) => severity === 'error')) return { policy: undefined, problems };
  const placeOf = (entry: object, key?: string, index?: number): Place | undefined => text.place(entry, key, index);
  const policy: Policy = {
    ...content,
    places: placesOf(content, placeOf, (clauses, number) => text.clause(clauses, number)),
  };
  rememberPlaces(policy, placeOf);
  return { policy, problems, texts };
}

const NAMING = ['agreement', 'parties', 'teams', 'tiers', 'assets', 'walls', 'training', 'guardrails'];

/** Several files as one: every offset is moved by its file's number, so that a place tells its file. */
class Texts {
  static readonly #apart = 2 ** 24;

  constructor(private readonly texts: readonly FileText[]) {}

  #holder(entry: object): { readonly text: FileText; readonly base: number } | undefined {
    const at = this.texts.findIndex(({ where }) => where.node(entry) !== undefined);
    const text = this.texts[at];
    return text === undefined ? undefined : { text, base: at * Texts.#apart };
  }

  #of(span: Span): { readonly report: Report; readonly span: Span } {
    const at = Math.floor(span.start / Texts.#apart);
    const text = this.texts[at] ?? this.texts[0];
    if (text === undefined) throw new Error('A policy has a text.');
    const base = at * Texts.#apart;
    return { report: text.report, span: { start: span.start - base, end: span.end - base } };
  }

  states(entry: object, key: string): boolean {
    const node = this.#holder(entry)?.text.where.node(entry);
    if (node === undefined) return false;
    return node.kind !== 'map' || node.entries.some((written) => String(written.key.value) === key);
  }

  standsFor(merged: object, entry: object): void {
    const holder = this.#holder(entry);
    const node = holder?.text.where.node(entry);
    if (holder !== undefined && node !== undefined) holder.text.where.remember(merged, node);
  }

  at(entry: object, find: (where: Where) => Span): Span {
    const holder = this.#holder(entry);
    if (holder === undefined) return { start: 0, end: 0 };
    const { start, end } = find(holder.text.where);
    return { start: start + holder.base, end: end + holder.base };
  }

  place(entry: object, key?: string, index?: number): Place | undefined {
    const holder = this.#holder(entry);
    if (holder === undefined) return undefined;
    const { source } = holder.text.report;
    return { file: source.file, range: source.range(holder.text.where.of(entry, key, index)) };
  }

  /** Where a clause is named, whichever file lists it. */
  clause(clauses: object, number: string): Place {
    for (const { content, where, report } of this.texts) {
      const own = content.agreement.clauses;
      if (own === undefined || !Object.hasOwn(own, number)) continue;
      return { file: report.source.file, range: report.source.range(where.ofKey(own, number)) };
    }
    return (
      this.place(clauses) ?? {
        file: this.texts[0]?.report.source.file ?? '',
        range: { start: { line: 1, column: 1 }, end: { line: 1, column: 1 } },
      }
    );
  }

  /**
   * Warnings about parents are told where the parents are linted. An error in a parent, which was sound by itself, comes
   * of what the child adds, and is told at the child's `extends`.
   */
  add(...[code, span, message, mend]: Parameters<Report['add']>): void {
    const { report, span: own } = this.#of(span);
    const child = this.texts[0];
    if (child === undefined) return;
    if (report !== child.report) {
      if (PROBLEM_CODES[code].severity !== 'error') return;
      const { line } = report.source.position(own.start);
      child.report.add(
        code,
        child.where.ofKey(child.content, 'extends'),
        `Together with this policy, ${report.source.file} has a mistake on line ${line}: ${message}`,
      );
      return;
    }
    report.add(code, own, message, mend);
  }

  line(span: Span): number {
    const { report, span: own } = this.#of(span);
    return report.source.position(own.start).line;
  }

  written(span: Span): string {
    const { report, span: own } = this.#of(span);
    return report.source.text.slice(own.start, own.end);
  }
}
