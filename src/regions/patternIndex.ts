import { braceExpand, GLOBSTAR, Minimatch, type MinimatchOptions, type ParseReturnFiltered } from 'minimatch';

/**
 * How every pattern of a policy is read: `/` on every platform, dot-files matched, case kept. A leading `!` is told
 * apart before, and `#` is an ordinary first letter, because a path that silently matched nothing would be unprotected.
 */
export const PATTERN_OPTIONS: MinimatchOptions = { dot: true, nonegate: true, nocomment: true, platform: 'linux' };

/** Answers which of many patterns match a path, without trying them one by one. */
export interface PatternIndex {
  /**
   * The numbers of all patterns that match `path`, ascending. Paths with the same answer mostly share one array, so that
   * what follows from it can be remembered by identity.
   */
  matching(path: string): readonly number[];
  /** The numbers of the patterns that minimatch refuses to compile. They match nothing. */
  readonly refused: readonly number[];
}

type PartMatcher = Exclude<ParseReturnFiltered, string | typeof GLOBSTAR>;

/**
 * A place that a pattern can have come to on its way down a path: the part that the next portion has to match. The parts
 * of one pattern follow each other, so the place after this one has the next number.
 */
interface Place {
  readonly pattern: number;
  readonly part: ParseReturnFiltered;
  /** True when nothing may follow: the part has to match the file's own name. */
  readonly isLast: boolean;
}

/** What is left of all patterns inside a folder: the places they have come to. Folders with the same ones share one. */
interface Folder {
  /** Where the patterns come to in any folder below: `**` stays where it is, `*` lets any portion pass. */
  readonly onward: readonly number[];
  /** Where some come to in the folder below of this name. */
  readonly byPortion: ReadonlyMap<string, readonly number[]>;
  /** Where some come to in a folder below whose name passes a test. */
  readonly portionTests: readonly { readonly part: PartMatcher; readonly to: number }[];
  /** The folders below that were asked for: by name, and by the places that only such names lead to. */
  readonly below: Map<string, Folder>;
  readonly turns: Map<string, Folder>;

  /** Patterns that match every file in the folder. */
  readonly every: readonly number[];
  readonly byName: ReadonlyMap<string, readonly number[]>;
  /** Patterns `*.c`, by `.c`; an ending is looked up from each dot of a file's name. */
  readonly byEnding: ReadonlyMap<string, readonly number[]>;
  readonly nameTests: readonly { readonly part: PartMatcher; readonly pattern: number }[];
  /** The answers given, by the name's ending and by the patterns that match only such names. */
  readonly answers: Map<string, readonly number[]>;
}

/** Above this many alternatives a pattern's braces stay folded: the index would grow without getting quicker. */
const MAX_ALTERNATIVES = 64;
/** What is remembered of folders, and of a folder's endings, is dropped beyond this, so that a long session stays small. */
const MAX_REMEMBERED = 200_000;
const MAX_ENDINGS = 1_000;

/** The matcher of one pattern, or undefined for a pattern that minimatch refuses to compile. */
export function compilePattern(pattern: string, options: MinimatchOptions = PATTERN_OPTIONS): Minimatch | undefined {
  try {
    return new Minimatch(pattern, options);
  } catch {
    return undefined;
  }
}

type Route = readonly ParseReturnFiltered[];

/**
 * The ways to satisfy a pattern, one for each alternative of its braces: what each portion of a path has to match.
 * Undefined for a pattern that minimatch refuses to compile.
 */
function routesOf(pattern: string): readonly Route[] | undefined {
  try {
    const alternatives = braceExpand(pattern, PATTERN_OPTIONS);
    if (alternatives.length > MAX_ALTERNATIVES) return new Minimatch(pattern, PATTERN_OPTIONS).set;
    return alternatives.flatMap((alternative) => new Minimatch(alternative, { ...PATTERN_OPTIONS, nobrace: true }).set);
  } catch {
    return undefined;
  }
}

/** No file system has longer paths, and a folder's state is worked out from its parent's. */
const MAX_PATH = 4_096;

/** True for a folder with an empty portion, `.` or `..`: rare, and nothing an index should guess about. */
const isOdd = (folder: string): boolean => folder.length > MAX_PATH || /(?:^|\/)\.{0,2}(?:\/|$)/.test(folder);

function add<K>(map: Map<K, number[]>, key: K, number: number): void {
  const list = map.get(key);
  if (list) list.push(number);
  else map.set(key, [number]);
}

/** The ending `.c` of a part `*.c`, the commonest kind of pattern; undefined for all others. */
const endingOf = (glob: string): string | undefined => /^\*(\.[A-Za-z0-9_-]+)$/.exec(glob)?.[1];

/**
 * Compiles `patterns` into an index that answers as `minimatch(path, pattern, PATTERN_OPTIONS)` does for each of them.
 *
 * All patterns are followed at once, portion by portion, as an automaton: a folder's state is the set of places the
 * patterns have come to, so it is worked out once for each distinct state and portion. In a folder the patterns that
 * are left are told apart by file name and by ending.
 */
export function createPatternIndex(patterns: readonly string[]): PatternIndex {
  const places: Place[] = [];
  const starts: number[] = [];
  const refused: number[] = [];
  for (const [pattern, text] of patterns.entries()) {
    const routes = routesOf(text);
    if (!routes) refused.push(pattern);
    for (const parts of routes ?? []) {
      starts.push(places.length);
      parts.forEach((part, at) => places.push({ pattern, part, isLast: at === parts.length - 1 }));
    }
  }
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

  /** The folder for these places, and for those after a `**`, which may also stand for no portion at all. */
  function folderOf(numbers: readonly number[]): Folder {
    const reached = new Set<number>();
    for (const number of numbers) {
      reached.add(number);
      for (let at = number; ; reached.add(++at)) {
        const place = places[at];
        if (place?.part !== GLOBSTAR || place.isLast) break;
      }
    }
    const key = [...reached].sort((a, b) => a - b).join(',');
    let folder = states.get(key);
    if (!folder) states.set(key, (folder = createFolder(reached)));
    return folder;
  }

  function createFolder(numbers: Iterable<number>): Folder {
    const onward: number[] = [];
    const byPortion = new Map<string, number[]>();
    const portionTests: { part: PartMatcher; to: number }[] = [];
    const every: number[] = [];
    const byName = new Map<string, number[]>();
    const byEnding = new Map<string, number[]>();
    const nameTests: { part: PartMatcher; pattern: number }[] = [];
    for (const number of numbers) {
      const place = places[number];
      if (!place) continue;
      const { part, pattern, isLast } = place;
      if (part === GLOBSTAR) {
        onward.push(number);
        if (isLast) every.push(pattern);
      } else if (typeof part === 'string') {
        if (isLast) add(byName, part, pattern);
        else add(byPortion, part, number + 1);
      } else if (part.pattern === '*') {
        if (isLast) every.push(pattern);
        else onward.push(number + 1);
      } else if (isLast) {
        const ending = endingOf(part.pattern);
        if (ending === undefined) nameTests.push({ part, pattern });
        else add(byEnding, ending, pattern);
      } else portionTests.push({ part, to: number + 1 });
    }
    return {
      onward,
      byPortion,
      portionTests,
      below: new Map(),
      turns: new Map(),
      every,
      byName,
      byEnding,
      nameTests,
      answers: new Map(),
    };
  }

  /** The folder named `portion` inside this one. */
  function below(folder: Folder, portion: string): Folder {
    let next = folder.below.get(portion);
    if (!next) {
      const special = [...(folder.byPortion.get(portion) ?? [])];
      for (const { part, to } of folder.portionTests) if (part.test(portion)) special.push(to);
      const key = special.join();
      next = folder.turns.get(key);
      if (!next) folder.turns.set(key, (next = folderOf([...folder.onward, ...special])));
      folder.below.set(portion, next);
    }
    return next;
  }

  let root = folderOf(starts);

  // Files are mostly asked for folder by folder.
  let lastPath = '';
  let lastFolder = root;

  function forget(): void {
    states.clear();
    folders.clear();
    lists.clear();
    root = folderOf(starts);
    lastPath = '';
  }

  /** The folder at `path`, which is not the root; undefined for an odd one. */
  function folderAt(path: string): Folder | undefined {
    let folder = folders.get(path);
    if (!folder && !isOdd(path)) {
      if (states.size + folders.size + lists.size > MAX_REMEMBERED) forget();
      folder = root;
      for (const portion of path.split('/')) folder = below(folder, portion);
      folders.set(path, folder);
    }
    return folder;
  }

  function answer(folder: Folder, name: string): readonly number[] {
    const special = [...(folder.byName.get(name) ?? [])];
    for (const { part, pattern } of folder.nameTests) if (part.test(name)) special.push(pattern);
    const dot = folder.byEnding.size === 0 ? -1 : name.indexOf('.');
    const ending = dot < 0 ? '' : name.slice(dot);
    // No ending has a slash in it.
    const key = special.length === 0 ? ending : `${ending}/${special.join()}`;
    let known = folder.answers.get(key);
    if (!known) {
      const found = [...folder.every, ...special];
      for (let at = 0; at >= 0 && at < ending.length; at = ending.indexOf('.', at + 1)) {
        found.push(...(folder.byEnding.get(ending.slice(at)) ?? []));
      }
      if (folder.answers.size >= MAX_ENDINGS) folder.answers.clear();
      folder.answers.set(key, (known = listOf(found)));
    }
    return known;
  }

  // Only odd paths need them, and those hardly come.
  let matchers: readonly (Minimatch | undefined)[] | undefined;

  return {
    refused,
    matching(path) {
      const slash = path.lastIndexOf('/');
      const name = path.slice(slash + 1);
      let folder: Folder | undefined = root;
      if (slash >= 0) {
        if (slash > 0 && slash === lastPath.length && path.startsWith(lastPath)) folder = lastFolder;
        else {
          const folderPath = path.slice(0, slash);
          folder = folderAt(folderPath);
          if (folder) {
            lastPath = folderPath;
            lastFolder = folder;
          }
        }
      }
      if (!folder || name === '' || name === '.' || name === '..') {
        matchers ??= patterns.map((pattern) => compilePattern(pattern));
        return listOf(matchers.flatMap((matcher, number) => (matcher?.match(path) ? [number] : [])));
      }
      return answer(folder, name);
    },
  };
}
