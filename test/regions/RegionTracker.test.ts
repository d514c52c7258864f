import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { Position } from '../../src/ports.js';
import type { Lines } from '../../src/regions/markers.js';
import { createRegionTracker, type TextChange } from '../../src/regions/RegionTracker.js';
import { regionsOf } from '../../src/regions/regionsOf.js';
import { asset, brief, regionPolicy } from './regionPolicy.js';

const policy = regionPolicy([asset('fusion', 'perception/fusion/**'), asset('radar-cal')]);
const BREAK = /\r\n|\r|\n/;

/** A document as an editor holds it, which also counts how many of its lines were read. */
class Document implements Lines {
  reads = 0;
  readonly #lines: string[];
  constructor(readonly text: string) {
    this.#lines = text.split(BREAK);
  }
  get lineCount() {
    return this.#lines.length;
  }
  lineAt(line: number) {
    const text = this.#lines[line - 1];
    if (text === undefined) throw new RangeError(`There is no line ${line}.`);
    this.reads++;
    return text;
  }
}

const at = (line: number, column: number): Position => ({ line, column });
const change = (start: Position, end: Position, text: string): TextChange => ({ range: { start, end }, text });

/** The text after these changes, none of which overlaps another. */
function changed(text: string, changes: readonly TextChange[], end = '\n'): string {
  const lines = text.split(BREAK);
  const offset = ({ line, column }: Position) =>
    lines.slice(0, line - 1).reduce((sum, one) => sum + one.length + end.length, 0) + column - 1;
  return changes
    .map((one, order) => ({ order, from: offset(one.range.start), to: offset(one.range.end), text: one.text }))
    .sort((a, b) => b.from - a.from || b.to - a.to || b.order - a.order)
    .reduce((all, one) => all.slice(0, one.from) + one.text + all.slice(one.to), text);
}

describe('following a document edit by edit', () => {
  const text = ['a', 'TERMS-BEGIN asset=fusion', 'b', 'TERMS-END', 'c'].join('\n');
  const follow = (...changes: TextChange[]) => {
    const tracker = createRegionTracker(policy, 'open/a.cpp', text);
    return tracker.apply(changes, new Document(changed(text, changes))).regions.map(brief);
  };

  it('starts with the regions of the text', () => {
    assert.deepEqual(createRegionTracker(policy, 'open/a.cpp', text).current, regionsOf(policy, 'open/a.cpp', text));
  });

  it('moves what stands below a line that is added or removed', () => {
    assert.deepEqual(follow(change(at(1, 2), at(1, 2), '\n')), ['fusion 3-5 marker']);
    assert.deepEqual(follow(change(at(1, 1), at(2, 1), '')), ['fusion 1-3 marker']);
    assert.deepEqual(follow(change(at(3, 1), at(3, 1), 'x\r\ny\rz\n')), ['fusion 2-7 marker']);
    assert.deepEqual(follow(change(at(5, 2), at(5, 2), '\n\n')), ['fusion 2-4 marker']);
  });

  it('notices a marker that is typed, altered, cut or split', () => {
    assert.deepEqual(follow(change(at(3, 2), at(3, 2), ' TERMS-END')), ['fusion 2-3 marker']);
    assert.deepEqual(follow(change(at(2, 19), at(2, 25), 'radar-cal')), ['radar-cal 2-4 marker']);
    assert.deepEqual(follow(change(at(4, 1), at(5, 1), '')), ['fusion 2-4… marker']);
    assert.deepEqual(follow(change(at(2, 3), at(2, 3), '\n')), []);
    assert.deepEqual(follow(change(at(2, 12), at(2, 12), '\n')), ['? 2-5 marker']);
    assert.deepEqual(follow(change(at(1, 1), at(5, 2), '')), []);
  });

  it('takes several changes at once, in any order, also in one line', () => {
    const changes = [
      change(at(5, 1), at(5, 1), 'TERMS-BEGIN asset=radar-cal '),
      change(at(5, 2), at(5, 2), '\nTERMS-END'),
      change(at(3, 1), at(3, 2), ''),
      change(at(1, 1), at(1, 1), '\n\n'),
      change(at(1, 2), at(2, 7), '\nTERMS-'),
    ];
    const expected = ['fusion 4-6 marker', 'radar-cal 7-8 marker'];
    assert.deepEqual(follow(...changes), expected);
    assert.deepEqual(follow(...[...changes].reverse()), expected);
  });

  it('gives the same object until something about the regions changes', () => {
    const tracker = createRegionTracker(policy, 'open/a.cpp', text);
    const before = tracker.current;
    const typed = changed(text, [change(at(3, 2), at(3, 2), 'x')]);
    assert.equal(tracker.apply([change(at(3, 2), at(3, 2), 'x')], new Document(typed)), before);
    assert.equal(tracker.apply([], new Document(typed)), before);
    const split = changed(typed, [change(at(3, 2), at(3, 2), '\n')]);
    assert.notEqual(tracker.apply([change(at(3, 2), at(3, 2), '\n')], new Document(split)), before);
  });

  it('keeps a marker’s place right when text before it in its line changes', () => {
    const tracker = createRegionTracker(policy, 'a', 'TERMS-END');
    const edit = change(at(1, 1), at(1, 1), '  ');
    assert.deepEqual(tracker.apply([edit], new Document('  TERMS-END')).problems[0]?.range.start, at(1, 3));
  });

  it('lets TERMS-FILE come into its window and leave it', () => {
    const tracker = createRegionTracker(policy, 'a', 'top\nTERMS-FILE asset=fusion\n');
    const long = 'x'.repeat(5_000);
    const grow = change(at(1, 1), at(1, 1), long);
    assert.deepEqual(tracker.apply([grow], new Document(`${long}top\nTERMS-FILE asset=fusion\n`)).regions, []);
    assert.equal(tracker.current.problems[0]?.code, 'file-marker-too-late');
    const shrink = change(at(1, 1), at(1, 5_001), '');
    const after = tracker.apply([shrink], new Document('top\nTERMS-FILE asset=fusion\n'));
    assert.deepEqual(after.regions.map(brief), ['fusion 1-3 file-marker']);
  });

  it('reads only the lines that were touched', () => {
    const lines = Array.from({ length: 10_000 }, (_, line): string =>
      line % 10 ? 'code' : line % 20 ? 'TERMS-END' : 'TERMS-BEGIN asset=fusion',
    );
    const tracker = createRegionTracker(policy, 'perception/fusion/a.cpp', lines.join('\n'));
    lines.splice(5_000, 1, 'cod', 'e', 'TERMS-BEGIN asset=fusion');
    const document = new Document(lines.join('\n'));
    const edit = change(at(5_001, 4), at(5_001, 5), '\ne\nTERMS-BEGIN asset=fusion');
    tracker.apply([edit], document);
    assert.equal(document.reads, 3);
    assert.deepEqual(tracker.current, regionsOf(policy, 'perception/fusion/a.cpp', document.text));
  });

  it('reads everything anew when the changes cannot have led to the text', () => {
    const tracker = createRegionTracker(policy, 'a', text);
    const other = 'TERMS-BEGIN asset=radar-cal\nx\ny\nz\nTERMS-END\nu\nv';
    assert.deepEqual(tracker.apply([], new Document(other)), regionsOf(policy, 'a', other));
    const outside = change(at(90, 1), at(90, 1), 'x');
    assert.deepEqual(tracker.apply([outside], new Document(text)), regionsOf(policy, 'a', text));
  });

  it('follows a link and the policy’s own file as regionsOf reads them', () => {
    const edit = change(at(1, 1), at(1, 1), 'TERMS-BEGIN asset=radar-cal\n');
    const link = createRegionTracker(policy, 'open/link', 'a', 'perception/fusion/a.cpp');
    assert.deepEqual(link.apply([edit], new Document('TERMS-BEGIN asset=radar-cal\na')).regions.map(brief), [
      'fusion 1-2 path',
      'radar-cal 1-2… marker',
    ]);
    const own = createRegionTracker(policy, 'developer-terms.yaml', 'a');
    assert.deepEqual(own.apply([edit], new Document('TERMS-BEGIN asset=radar-cal\na')).regions, []);
  });

  it('agrees with a fresh look at the whole text after any edits', () => {
    const piece = fc.constantFrom(
      ...[
        'a',
        ' ',
        '-',
        '\n',
        '\n\n',
        'TERMS-',
        'BEGIN',
        'END',
        'TERMS-BEGIN asset=fusion',
        'TERMS-END',
        ' asset=radar-cal',
      ],
      ...[
        'TERMS-BEGIN',
        'TERMS-BEGIN asset=nobody',
        'TERMS-FILE asset=fusion',
        'TERMS-FILE',
        'x'.repeat(1_500),
        'é'.repeat(900),
        '\n'.repeat(1_400),
      ],
    );
    const snippet = fc.array(piece, { maxLength: 6 }).map((pieces) => pieces.join(''));
    const start = fc.array(piece, { maxLength: 30 }).map((pieces) => pieces.join(''));
    const edit = fc.record({
      cuts: fc.array(fc.nat(), { minLength: 2, maxLength: 8 }),
      texts: fc.array(snippet, { minLength: 4, maxLength: 4 }),
      order: fc.boolean(),
    });
    fc.assert(
      fc.property(
        start,
        fc.array(edit, { minLength: 1, maxLength: 6 }),
        fc.constantFrom('\n', '\r\n'),
        (first, edits, end) => {
          let text = first.replaceAll('\n', end);
          const tracker = createRegionTracker(policy, 'perception/fusion/a.cpp', text);
          for (const { cuts, texts, order } of edits) {
            const lines = text.split(BREAK);
            const positions = cuts
              .map((cut) => {
                const line = (cut % lines.length) + 1;
                return at(line, (Math.floor(cut / lines.length) % ((lines[line - 1] ?? '').length + 1)) + 1);
              })
              .sort((a, b) => a.line - b.line || a.column - b.column);
            const changes: TextChange[] = [];
            for (let index = 0; index + 1 < positions.length; index += 2) {
              const [from, to] = [positions[index], positions[index + 1]];
              if (from && to) changes.push(change(from, to, (texts[index / 2] ?? '').replaceAll('\n', end)));
            }
            text = changed(text, changes, end);
            tracker.apply(order ? changes : [...changes].reverse(), new Document(text));
            assert.deepEqual(tracker.current, regionsOf(policy, 'perception/fusion/a.cpp', text));
          }
        },
      ),
      { numRuns: 1_500 },
    );
  });
});
