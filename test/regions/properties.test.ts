import assert from 'node:assert/strict';
import fc from 'fast-check';
import { minimatch } from 'minimatch';
import { assetsAt } from '../../src/regions/assetsAt.js';
import { PATTERN_OPTIONS } from '../../src/regions/patternIndex.js';
import type { Region } from '../../src/regions/Region.js';
import { regionsOf } from '../../src/regions/regionsOf.js';
import { asset, regionPolicy } from './regionPolicy.js';

const assets = [
  asset('net', 'src/camera/**', '!src/camera/api/**'),
  asset('api', 'src/camera/api/*.h', '!**/internal.h'),
  asset('headers', '**/*.h'),
  asset('marked'),
];
const policy = regionPolicy(assets);
const path = fc.constantFrom(
  ...['src/camera/net.py', 'src/camera/api/types.h', 'src/camera/api/internal.h', 'src/radar/track.h', 'README.md'],
);
const id = fc.constantFrom('net', 'api', 'headers', 'marked', 'nobody', '');

/** A line of a text, and what a reader by the rules' letter sees in it. */
const line = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom('code', '', 'TERMS-BEGINNER', 'x.TERMS-END_ED') },
  fc
    .tuple(fc.constantFrom('// ', '# ', '', '<!--', '--', 'code(); /*'), id)
    .map(([lead, name]) => `${lead}TERMS-BEGIN asset=${name}`),
  fc.constantFrom('// TERMS-END', 'TERMS-END-->', 'end(); /* TERMS-END */'),
);
const text = fc.array(line, { minLength: 1, maxLength: 40 });

/** Which marked assets cover each line, by walking the lines one by one with a stack. */
function walk(lines: readonly string[]): Set<string>[] {
  const stack: string[] = [];
  return lines.map((one) => {
    if (/BEGIN asset/.test(one)) stack.push(/asset=(\w*)/.exec(one)?.[1] ?? '');
    const covering = new Set(stack);
    if (/TERMS-END(?!_)/.test(one)) stack.pop();
    return covering;
  });
}
const names = (regions: readonly Region[]) => [...new Set(regions.map(({ asset: name }) => name))].sort();

describe('for any file', () => {
  it('a line is covered by what its path gives and by every marker that is open there, and by nothing else', () => {
    fc.assert(
      fc.property(path, text, (file, lines) => {
        const byPath = assets
          .filter(({ paths }) => {
            const hit = (no: boolean) =>
              paths.some(
                (one) => one.startsWith('!') === no && minimatch(file, no ? one.slice(1) : one, PATTERN_OPTIONS),
              );
            return hit(false) && !hit(true);
          })
          .map((one) => one.id);
        const found = regionsOf(policy, file, lines.join('\n'));
        walk(lines).forEach((marked, at) => {
          const here = assetsAt(found, { start: at + 1, end: at + 1 });
          assert.deepEqual(names(here), [...new Set([...byPath, ...marked])].sort(), `line ${at + 1}`);
        });
        assert.deepEqual(
          found.regions.filter(({ by }) => by === 'path').map((one) => one.asset),
          byPath.sort(),
        );
      }),
      { numRuns: 1_000 },
    );
  });

  it('two marked regions lie one in the other or apart, never across', () => {
    fc.assert(
      fc.property(text, (lines) => {
        const marked = regionsOf(policy, 'README.md', lines.join('\n')).regions.map((region) => region.lines);
        for (const a of marked) {
          for (const b of marked) {
            const apart = a.end < b.start || b.end < a.start;
            const within = (a.start <= b.start && b.end <= a.end) || (b.start <= a.start && a.end <= b.end);
            assert.ok(apart || within, `${a.start}-${a.end} and ${b.start}-${b.end}`);
          }
        }
      }),
    );
  });

  it('regions are sorted by first line, then outermost first, and lie inside the file', () => {
    fc.assert(
      fc.property(path, text, (file, lines) => {
        const { regions } = regionsOf(policy, file, lines.join('\r\n'));
        regions.forEach((region, at) => {
          assert.ok(
            1 <= region.lines.start && region.lines.start <= region.lines.end && region.lines.end <= lines.length,
          );
          const before = regions[at - 1];
          if (!before) return;
          assert.ok(before.lines.start <= region.lines.start);
          if (before.lines.start === region.lines.start) assert.ok(before.lines.end >= region.lines.end);
        });
      }),
    );
  });

  it('a pair of markers more, or a link’s target, never takes an asset from a line', () => {
    fc.assert(
      fc.property(path, path, text, fc.nat(), id, (file, target, lines, where, name) => {
        const at = where % lines.length;
        const more = [...lines];
        more[at] = `TERMS-BEGIN asset=${name} TERMS-END ${lines[at]}`;
        const before = regionsOf(policy, file, lines.join('\n'));
        for (const after of [
          regionsOf(policy, file, more.join('\n')),
          regionsOf(policy, file, lines.join('\n'), target),
        ]) {
          for (let number = 1; number <= lines.length; number++) {
            const span = { start: number, end: number };
            const now = names(assetsAt(after, span));
            for (const one of names(assetsAt(before, span))) assert.ok(now.includes(one), `${one} at line ${number}`);
          }
        }
      }),
      { numRuns: 500 },
    );
  });

  it('every unknown asset and every region without an end is reported', () => {
    fc.assert(
      fc.property(text, (lines) => {
        const { regions, problems } = regionsOf(policy, 'README.md', lines.join('\n'));
        for (const region of regions) {
          const said = problems.filter(({ range }) => range.start.line === region.lines.start).map(({ code }) => code);
          if (!region.known) assert.ok(said.includes(region.asset === '' ? 'marker-without-asset' : 'unknown-asset'));
          if (region.unclosed) assert.ok(said.includes('unclosed-marker'));
        }
        assert.equal(
          regions.some(({ known, unclosed }) => !known || unclosed === true),
          problems.some(({ code }) => code !== 'end-without-begin'),
        );
      }),
    );
  });

  it('any text at all gives regions, and the same ones again', () => {
    const pieces = fc.constantFrom(
      ...[
        'TERMS-',
        'BEGIN',
        'END',
        'FILE',
        ' asset=',
        'net',
        '-',
        '.',
        '\n',
        '\r',
        '\0',
        '\uFEFF',
        '𝒳',
        '\uD800',
        '"',
        ' ',
      ],
    );
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 60 }), (all) => {
        const given = all.join('');
        assert.deepEqual(regionsOf(policy, 'a', given), regionsOf(policy, 'a', given));
      }),
      { numRuns: 2_000 },
    );
  });
});
