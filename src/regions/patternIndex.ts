import { braceExpand, GLOBSTAR, Minimatch, type MinimatchOptions, type ParseReturnFiltered } from 'minimatch';

/**
 * How every pattern of a policy is read: `/` on every platform, dot-files matched, case kept. A leading `!` is told
 * apart before, and `#` is an ordinary first letter, because a path that silently matched nothing would be unprotected.
 */
export const PATTERN_OPTIONS: MinimatchOptions = { dot: true, nonegate: true, nocomment: true, platform: 'linux' };

/** Answers which of many patterns match a path, without trying them one by one. */
export interface PatternIndex {
  /**
   * The numbers of all patterns that match `path`, ascending. Paths with the same answer share one array, so that what
   * follows from it can be remembered by identity.
   */
  matching(path: string): readonly number[];
}

type Part = Exclude<ParseReturnFiltered, typeof GLOBSTAR>;

/** One way to satisfy a pattern: what each portion of the path has to match. */
interface Route {
  readonly pattern: number;
  readonly parts: readonly ParseReturnFiltered[];
}

/** A route, and the part that the next portion of the path has to match. */
interface Standing {
  readonly route: Route;
  readonly at: number;
}

/** What is left of all patterns inside a folder. Folders with the same standings share one. */
interface Folder {
  readonly standings: readonly Standing[];
  readonly below: Map<string, Folder>;
  /** Patterns that match every file in the folder. */
  readonly every: readonly number[];
  readonly byName: ReadonlyMap<string, readonly number[]>;
  /** Patterns `*.c`, by `.c`; an extension is looked up from each dot of a file's name. */
  readonly byEnding: ReadonlyMap<string, readonly number[]>;
  readonly tests: readonly { readonly pattern: number; readonly part: Exclude<Part, string> }[];
  /** Answers by ending, kept where only the ending of a name can make a difference. */
  readonly answers: Map<string, readonly number[]>;
}

/** Above this many alternatives a pattern's braces stay folded: the index would grow without getting quicker. */
const MAX_ALTERNATIVES = 64;
/** Remembered folders and names are dropped beyond these numbers, so that a long session stays small. */
const MAX_FOLDERS = 100_000;
const MAX_ENDINGS = 1_000;

/** The matcher of one pattern, or undefined for a pattern that minimatch refuses to compile. */
export function compilePattern(pattern: string, options: MinimatchOptions = PATTERN_OPTIONS): Minimatch | undefined {
  try {
    return new Minimatch(pattern, options);
  } catch {
    return undefined;
  }
}

function routesOf(pattern: string, number: number, whole: Minimatch): Route[] {
  const alternatives = braceExpand(pattern, PATTERN_OPTIONS);
  const matchers =
    alternatives.length > MAX_ALTERNATIVES
      ? [whole]
      : alternatives.map((alternative) => new Minimatch(alternative, { ...PATTERN_OPTIONS, nobrace: true }));
  return matchers.flatMap(({ set }) => set.map((parts) => ({ pattern: number, parts })));
}

/** No file system has longer paths, and a folder's state is worked out from its parent's. */
const MAX_PATH = 4_096;

/** True for the paths that the index answers: portions between single slashes, none of them `.` or `..`. */
const isPlain = (path: string): boolean =>
  path !== '' &&
  path.length <= MAX_PATH &&
  !path.startsWith('/') &&
  !path.endsWith('/') &&
  !path.includes('//') &&
  !/(^|\/)\.\.?(\/|$)/.test(path);

const accepts = (part: Part, name: string): boolean => (typeof part === 'string' ? part === name : part.test(name));

/** The ending `.c` of a part `*.c`, the commonest kind of pattern; undefined for all others. */
const endingOf = (glob: string): string | undefined => /^\*(\.[A-Za-z0-9_-]+)$/.exec(glob)?.[1];

/**
 * Compiles `patterns` into an index that answers as `minimatch(path, pattern, PATTERN_OPTIONS)` does for each of them.
 *
 * All patterns are followed at once, portion by portion, as an automaton: a folder's state is the set of places the
 * patterns have come to, so it is worked out once for each distinct state and portion. In a folder the patterns that
 * are left are told apart by file name and by ending. A pattern that cannot be compiled matches nothing.
 */
export function createPatternIndex(patterns: readonly string[]): PatternIndex {
  const matchers = patterns.map((pattern) => compilePattern(pattern));
  const routes = matchers.flatMap((matcher, number) => {
    const pattern = patterns[number];
    return matcher && pattern !== undefined ? routesOf(pattern, number, matcher) : [];
  });
  const routeNumbers = new Map(routes.map((route, number) => [route, number]));
  const states = new Map<string, Folder>();
  const lists = new Map<string, readonly number[]>();
  const folders = new Map<string, Folder>();

  /** The one array with these numbers. */
  function listOf(numbers: Iterable<number>): readonly number[] {
    const sorted = [...new Set(numbers)].sort((a, b) => a - b);
    const key = sorted.join(',');
    let list = lists.get(key);
    if (!list) lists.set(key, (list = sorted));
    return list;
  }

  /** The state for these places, `**` also standing for no portion at all. */
  function folderOf(places: readonly Standing[]): Folder {
    const reached = new Map<string, Standing>();
    for (const { route, at } of places) {
      for (let next = at; next < route.parts.length; next++) {
        reached.set(`${routeNumbers.get(route)}:${next}`, { route, at: next });
        if (route.parts[next] !== GLOBSTAR) break;
      }
    }
    const key = [...reached.keys()].sort().join(' ');
    let folder = states.get(key);
    if (!folder) states.set(key, (folder = createFolder([...reached.values()])));
    return folder;
  }

  function createFolder(standings: readonly Standing[]): Folder {
    const every: number[] = [];
    const byName = new Map<string, number[]>();
    const byEnding = new Map<string, number[]>();
    const tests: { pattern: number; part: Exclude<Part, string> }[] = [];
    const add = (map: Map<string, number[]>, key: string, pattern: number) => {
      const list = map.get(key);
      if (list) list.push(pattern);
      else map.set(key, [pattern]);
    };
    for (const { route, at } of standings) {
      if (at !== route.parts.length - 1) continue;
      const part = route.parts[at];
      if (part === undefined) continue;
      if (part === GLOBSTAR) every.push(route.pattern);
      else if (typeof part === 'string') add(byName, part, route.pattern);
      else {
        const ending = endingOf(part.pattern);
        if (part.pattern === '*') every.push(route.pattern);
        else if (ending !== undefined) add(byEnding, ending, route.pattern);
        else tests.push({ pattern: route.pattern, part });
      }
    }
    return { standings, below: new Map(), every, byName, byEnding, tests, answers: new Map() };
  }

  function step(folder: Folder, portion: string): Folder {
    let next = folder.below.get(portion);
    if (!next) {
      const places: Standing[] = [];
      for (const { route, at } of folder.standings) {
        const part = route.parts[at];
        if (part === undefined) continue;
        if (part === GLOBSTAR) places.push({ route, at });
        else if (accepts(part, portion)) places.push({ route, at: at + 1 });
      }
      next = folderOf(places);
      if (folder.below.size >= MAX_FOLDERS) folder.below.clear();
      folder.below.set(portion, next);
    }
    return next;
  }

  const root = folderOf(routes.map((route) => ({ route, at: 0 })));

  function folderAt(path: string): Folder {
    if (path === '') return root;
    let folder = folders.get(path);
    if (!folder) {
      const slash = path.lastIndexOf('/');
      folder = step(folderAt(slash < 0 ? '' : path.slice(0, slash)), path.slice(slash + 1));
      if (folders.size >= MAX_FOLDERS) folders.clear();
      folders.set(path, folder);
    }
    return folder;
  }

  function answer(folder: Folder, name: string): readonly number[] {
    const found = [...folder.every, ...(folder.byName.get(name) ?? [])];
    for (let dot = name.indexOf('.'); dot >= 0; dot = name.indexOf('.', dot + 1)) {
      found.push(...(folder.byEnding.get(name.slice(dot)) ?? []));
    }
    for (const { pattern, part } of folder.tests) if (part.test(name)) found.push(pattern);
    return listOf(found);
  }

  return {
    matching(path) {
      if (!isPlain(path)) {
        // Rare, and nothing an index should guess about: minimatch itself decides.
        return listOf(matchers.flatMap((matcher, number) => (matcher?.match(path) ? [number] : [])));
      }
      const slash = path.lastIndexOf('/');
      const folder = folderAt(slash < 0 ? '' : path.slice(0, slash));
      const name = path.slice(slash + 1);
      if (folder.tests.length > 0 || folder.byName.has(name)) return answer(folder, name);
      const dot = folder.byEnding.size === 0 ? -1 : name.indexOf('.');
      const ending = dot < 0 ? '' : name.slice(dot);
      let known = folder.answers.get(ending);
      if (!known) {
        if (folder.answers.size >= MAX_ENDINGS) folder.answers.clear();
        folder.answers.set(ending, (known = answer(folder, name)));
      }
      return known;
    },
  };
}
