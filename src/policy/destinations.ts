/**
 * Where code would go: a path of the repository, a remote, or a tool. Patterns over them limit rules: `!` excludes,
 * and an exclusion wins wherever it stands. A list of exclusions alone means every other place.
 */
import { Minimatch } from 'minimatch';
import { wildcardTest } from './wildcard.js';

export type DestinationKind = 'path' | 'remote' | 'tool';

export interface Destination {
  readonly kind: DestinationKind;
  readonly name: string;
}

/** Whether a list of patterns means a place. `unknown`: nobody said where the code goes, or a pattern is no glob. */
export type Reach = 'inside' | 'outside' | 'unknown';

/** The place that a text names: `path:` or bare is a path, `remote:HOST/PATH` a remote, `tool:NAME` a tool. */
export function parseDestination(text: string): Destination {
  for (const kind of ['path', 'remote', 'tool'] as const) {
    if (text.startsWith(`${kind}:`)) return place(kind, text.slice(kind.length + 1));
  }
  return place('path', text);
}

/** A pattern over places, with its `!` told apart. */
export interface DestinationPattern extends Destination {
  readonly excludes: boolean;
}

export function parseDestinationPattern(text: string): DestinationPattern {
  const excludes = text.startsWith('!');
  const body = excludes ? text.slice(1) : text;
  for (const kind of ['path', 'remote', 'tool'] as const) {
    if (body.startsWith(`${kind}:`)) return { excludes, kind, name: body.slice(kind.length + 1) };
  }
  return { excludes, kind: 'path', name: body };
}

/**
 * A test for the places that `patterns` mean. Paths are globs from the repository's root, case kept, dot-files
 * included; in `remote:` and `tool:` one `*` stands for anything, slashes too, and case does not count, since hosts and
 * tools are the same in any.
 */
export function destinationTest(patterns: readonly string[]): (into: Destination | undefined) => Reach {
  const parsed = patterns.map(parseDestinationPattern);
  const inside = parsed.filter(({ excludes }) => !excludes).map(matcher);
  const outside = parsed.filter(({ excludes }) => excludes).map(matcher);
  if ([...inside, ...outside].includes(undefined)) return () => 'unknown';
  return (into) => {
    if (into === undefined) return 'unknown';
    if (outside.some((matches) => matches?.(into))) return 'outside';
    return inside.length === 0 || inside.some((matches) => matches?.(into)) ? 'inside' : 'outside';
  };
}

/** A test for one pattern; undefined for a glob that cannot be read, such as one of 100,000 characters. */
function matcher({ kind, name }: Destination): ((into: Destination) => boolean) | undefined {
  if (kind === 'path') {
    try {
      const glob = new Minimatch(name, { dot: true, nonegate: true, nocomment: true });
      return (into) => into.kind === 'path' && glob.match(into.name);
    } catch {
      return undefined;
    }
  }
  const matches = wildcardTest(name.toLowerCase());
  return (into) => into.kind === kind && matches(into.name.toLowerCase());
}

/** A place with its path in one spelling: `a/./b/../c` and `a/c` are the same file, and only one may match a rule. */
function place(kind: DestinationKind, name: string): Destination {
  return { kind, name: kind === 'path' ? plainPath(name) : name };
}

function plainPath(path: string): string {
  const parts: string[] = [];
  for (const part of path.split('/')) {
    if (part === '.' || (part === '' && parts.length > 0)) continue;
    const above = parts.at(-1);
    if (part === '..' && above !== undefined && above !== '..' && above !== '') parts.pop();
    else parts.push(part);
  }
  return parts.join('/');
}
