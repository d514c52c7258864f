/** The longest pattern, in characters. The longest path of a file is of the same order. */
const LONGEST = 1000;
/** How many patterns one pattern's braces may stand for. */
const MOST_ALTERNATIVES = 64;
/** How many `**` one pattern may have: each multiplies the ways in which a deep path can be matched. */
const MOST_GLOBSTARS = 6;
/** How many `*` and `?` may stand in one segment of a path. */
const MOST_STARS = 8;

/**
 * Why a path pattern is refused: it can match nothing, or it would take unreasonably long to match. Undefined for a
 * sound pattern. The pattern comes without a leading `!`. Never expands the pattern, so it is quick for every input.
 */
export function patternProblem(pattern: string): string | undefined {
  if (pattern === '') return 'the pattern is empty. Write which files are meant.';
  if (pattern.length > LONGEST) return `the pattern is longer than ${LONGEST} characters. Split it into several.`;
  if (pattern.includes('\\')) return 'use `/` between folders, on every platform.';
  if (pattern.startsWith('!')) return 'a pattern has at most one `!`.';
  if (pattern.startsWith('/')) return 'patterns begin at the root of the repository; leave the first `/` out.';
  if (/^[A-Za-z]:/.test(pattern)) return 'patterns begin at the root of the repository, not at a drive.';
  const segments = pattern.split('/');
  if (segments.includes('..')) return '`..` leads out of the repository.';
  if (segments.includes('.')) return 'leave `.` out; patterns begin at the root of the repository.';
  if (/[\u0000-\u001f]/.test(pattern)) return 'it contains a control character.';
  if (pattern.endsWith('/')) return 'it names a folder. Add `**` to mean the files in it.';
  if (segments.includes('')) return 'two slashes in a row match nothing. Leave one out.';
  if (segments.filter((segment) => segment === '**').length > MOST_GLOBSTARS) {
    return `it has more than ${MOST_GLOBSTARS} \`**\`, which takes too long to match. Split it into several.`;
  }
  if (segments.some((segment) => segment !== '**' && (segment.match(/[*?]+/g) ?? []).length > MOST_STARS)) {
    return `more than ${MOST_STARS} wildcards in one folder or file name take too long to match. Simplify it.`;
  }
  return braceProblem(pattern) ?? extglobProblem(pattern);
}

/** Braces multiply: `{a,b}{c,d}` is four patterns. Counted here without writing them out. */
function braceProblem(pattern: string): string | undefined {
  const open: { product: number; sum: number }[] = [];
  let product = 1;
  let sum = 0;
  for (let at = 0; at < pattern.length; at += 1) {
    const character = pattern.charAt(at);
    if (character === '{') {
      open.push({ product, sum });
      product = 1;
      sum = 0;
    } else if (character === ',' && open.length > 0) {
      sum += product;
      product = 1;
    } else if (character === '}') {
      const outer = open.pop();
      if (outer === undefined) return 'a `}` has no `{` before it.';
      product = outer.product * (sum + product);
      sum = outer.sum;
    }
    if (open.length > 4) return 'its braces are nested more than four deep. Simplify it.';
    if (product + sum > MOST_ALTERNATIVES) {
      return `its braces stand for more than ${MOST_ALTERNATIVES} patterns. Split it into several.`;
    }
  }
  if (open.length > 0) return 'a `{` is not closed.';
  for (const [, first, last, step] of pattern.matchAll(/(-?\w+)\.\.(-?\w+)(?:\.\.(-?\d+))?/g)) {
    if (!/^-?\d+$/.test(first ?? '') || !/^-?\d+$/.test(last ?? '')) continue;
    const many = Math.abs(Number(last) - Number(first)) / Math.max(1, Math.abs(Number(step ?? 1)));
    if (many >= MOST_ALTERNATIVES) {
      return `its braces stand for more than ${MOST_ALTERNATIVES} patterns. Split it into several.`;
    }
  }
  return undefined;
}

/** `@(a|b)` is fine; one inside another makes matching take exponential time. */
function extglobProblem(pattern: string): string | undefined {
  let depth = 0;
  let groups = 0;
  for (let at = 0; at < pattern.length; at += 1) {
    const character = pattern.charAt(at);
    if (character === '(' && at > 0 && '?*+@!'.includes(pattern.charAt(at - 1))) {
      groups += 1;
      depth += 1;
      if (depth > 1)
        return 'a group inside a group, such as `+(a|*(b))`, takes too long to match. Write the cases out.';
      if (groups > 3) return 'more than three groups such as `@(a|b)` take too long to match. Split it into several.';
    } else if (character === ')' && depth > 0) depth -= 1;
  }
  if (depth > 0) return 'a group such as `@(a|b)` is not closed.';
  if ((pattern.match(/\[/g) ?? []).length > (pattern.match(/\]/g) ?? []).length) return 'a `[` is not closed.';
  return undefined;
}
