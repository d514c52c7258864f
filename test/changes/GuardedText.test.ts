import assert from 'node:assert/strict';
import fc from 'fast-check';
import {
  dueSpans,
  dueText,
  followChanges,
  guardText,
  isIntact,
  permitted,
  repaired,
  repairs,
  standingText,
  withLineBreaks,
  type GuardedSpan,
  type GuardedText,
  type PlacedSpan,
  type Replacement,
} from '../../src/changes/GuardedText.js';

interface Named extends GuardedSpan {
  readonly name: string;
}

/** The text, and its spans: `[` before a line opens one and `]` before a line ends it; both lines belong to it. */
function textWithSpans(lines: readonly string[], eol = '\n'): { text: string; spans: PlacedSpan<Named>[] } {
  const text = lines.join(eol);
  const spans: PlacedSpan<Named>[] = [];
  let at = 0;
  let start = -1;
  lines.forEach((line, index) => {
    const end = Math.min(text.length, at + line.length + eol.length);
    if (line.startsWith('[')) start = at;
    if (line.startsWith(']') && start >= 0) {
      spans.push({ span: { continues: false, name: `${index}` }, start, end });
      start = -1;
    }
    at = end;
  });
  return { text, spans };
}

const apply = (text: string, changes: readonly Replacement[]): string =>
  [...changes]
    .sort((a, b) => b.start - a.start || b.end - a.end)
    .reduce((now, { start, end, text: added }) => now.slice(0, start) + added + now.slice(end), text);

const all = () => true;
const LINES = ['above', '[begin', 'secret', ']end', 'below'];

function start(lines: readonly string[] = LINES, eol = '\n'): GuardedText<Named> {
  const { text, spans } = textWithSpans(lines, eol);
  return guardText(text, spans, eol);
}

/** The text after somebody replaced `what` (its first occurrence) with `by`, and after the guard's repair. */
function afterReplacing(what: string, by: string, lines: readonly string[] = LINES, eol = '\n'): string {
  const guarded = start(lines, eol);
  const text = standingText(guarded);
  const at = text.indexOf(what);
  assert.notEqual(at, -1);
  const { guarded: next } = followChanges(guarded, [{ start: at, end: at + what.length, text: by }], all);
  assert.equal(standingText(next), text.slice(0, at) + by + text.slice(at + what.length));
  return standingText(repaired(next, all));
}
const WHOLE = LINES.join('\n');

describe('a text with guarded lines', () => {
  it('is what it was after typing, deleting and replacing inside them', () => {
    assert.equal(afterReplacing('secret', 'secre'), WHOLE);
    assert.equal(afterReplacing('secret', 'public'), WHOLE);
    assert.equal(afterReplacing('egin\nsec', ''), WHOLE);
    assert.equal(afterReplacing('begin', 'begin\nnew line\n'), WHOLE);
    assert.equal(afterReplacing('[', 'x['), WHOLE, 'typed on the first line');
    assert.equal(afterReplacing(']end', ']end!'), WHOLE, 'typed on the last line');
    assert.equal(afterReplacing('[begin\nsecret\n]end\n', 'all of it\n'), WHOLE);
  });

  it('keeps what was done above and below them', () => {
    assert.equal(afterReplacing('above', 'over'), WHOLE.replace('above', 'over'));
    assert.equal(afterReplacing('above\n', ''), WHOLE.replace('above\n', ''));
    assert.equal(afterReplacing('below', 'beneath\nand more'), WHOLE.replace('below', 'beneath\nand more'));
  });

  it('lets a new line come directly above and directly below', () => {
    assert.equal(afterReplacing('above\n', 'above\n\n'), WHOLE.replace('above\n', 'above\n\n'));
    assert.equal(afterReplacing('above', 'above\nmore'), WHOLE.replace('above', 'above\nmore'));
    assert.equal(afterReplacing('\nbelow', '\nmore\nbelow'), WHOLE.replace('below', 'more\nbelow'));
    const behindEnd = followChanges(start(), [{ start: 24, end: 24, text: '\n  ' }], all);
    assert.equal(WHOLE.slice(0, 24).endsWith(']end'), true);
    assert.ok(isIntact(behindEnd.guarded), 'Enter at the end of the last line begins a line below');
    assert.equal(dueText(behindEnd.guarded), WHOLE.replace(']end\n', ']end\n  \n'));
    const atBegin = followChanges(start(), [{ start: 6, end: 6, text: 'a whole line\n' }], all);
    assert.ok(isIntact(atBegin.guarded), 'a whole line put in before the first one');
  });

  it('gives back the line breaks that hold them apart from other lines', () => {
    assert.equal(afterReplacing('above\n', 'above'), WHOLE);
    assert.equal(afterReplacing('end\nbelow', 'endbelow'), WHOLE);
    assert.equal(afterReplacing('above\n[', 'above ['), WHOLE, 'joined');
    assert.equal(afterReplacing('ove\n[beg', ''), WHOLE.replace('above', 'ab'));
  });

  it('loses only the outside part of a deletion across an edge', () => {
    assert.equal(afterReplacing('ove\n[begin\nse', ''), WHOLE.replace('above', 'ab'));
    assert.equal(afterReplacing('cret\n]end\nbel', ''), WHOLE.replace('below', 'ow'));
    assert.equal(afterReplacing(WHOLE, ''), '[begin\nsecret\n]end\n');
    assert.equal(afterReplacing('above\n[begin', ''), WHOLE.replace('above\n', ''));
  });

  it('puts what was typed over a selection across an edge outside', () => {
    assert.equal(afterReplacing('ove\n[begin\nse', 'X'), WHOLE.replace('above', 'abX'));
    assert.equal(afterReplacing('cret\n]end\nbel', 'X'), WHOLE.replace('below', 'Xow'));
    assert.equal(afterReplacing(WHOLE, 'X'), 'X\n[begin\nsecret\n]end\n');
  });

  it('moves back lines that only moved: across an edge, into the lines, out of them', () => {
    // Alt+Down in the line above, as the editor does it: the line below comes up.
    const down = followChanges(
      start(),
      [
        { start: 0, end: 0, text: '[begin\n' },
        { start: 5, end: 12, text: '' },
      ],
      all,
    );
    assert.equal(standingText(down.guarded), '[begin\nabove\nsecret\n]end\nbelow');
    assert.equal(dueText(down.guarded), WHOLE);
    const sorted = [...LINES].sort().join('\n');
    assert.equal(dueText(followChanges(start(), [{ start: 0, end: WHOLE.length, text: sorted }], all).guarded), WHOLE);
    const dragged = followChanges(
      start(),
      [
        { start: 0, end: 3, text: '' },
        { start: 14, end: 14, text: 'abo' },
      ],
      all,
    );
    assert.equal(dueText(dragged.guarded), WHOLE);
  });

  it('keeps the outside part of a rewritten file, and nothing of what it changes inside', () => {
    assert.equal(
      afterReplacing(WHOLE, 'header\nabove\n[begin\npublic\n]end\nnew below'),
      'header\nabove\n[begin\nsecret\n]end\nnew below',
    );
    assert.equal(
      afterReplacing(WHOLE, LINES.map((line) => `  ${line}`).join('\n')),
      ['  above', '[begin', 'secret', ']end', '  below'].join('\n'),
    );
    const again = followChanges(start(), [{ start: 0, end: WHOLE.length, text: `// new\n${WHOLE}\n// end` }], all);
    assert.ok(isIntact(again.guarded), 'a rewrite that leaves them alone is left alone');
  });

  it('keeps lines at the very end of a file apart from what is written behind them', () => {
    const lines = ['above', '[begin', ']end'];
    assert.equal(afterReplacing(']end', ']end\nmore', lines), 'above\n[begin\n]end\nmore');
    assert.equal(afterReplacing(']end', ']endmore', lines), 'above\n[begin\n]end');
  });

  it('holds whatever the line breaks are', () => {
    const windows = LINES.join('\r\n');
    assert.equal(afterReplacing('above\r\n', 'above', LINES, '\r\n'), windows);
    assert.equal(afterReplacing('\nsec', '\nSEC', LINES, '\r\n'), windows);
    const guarded = withLineBreaks(start(), '\r\n');
    assert.equal(dueText(guarded), windows);
    assert.deepEqual(
      dueSpans(guarded).map(({ start: from, end }) => windows.slice(from, end)),
      ['[begin\r\nsecret\r\n]end\r\n'],
    );
  });

  it('lets what was typed inside stay when it is permitted afterwards', () => {
    const typed = followChanges(start(), [{ start: 14, end: 14, text: 'new ' }], all);
    assert.ok(!isIntact(typed.guarded));
    const done = permitted(typed.guarded, all);
    assert.ok(isIntact(done));
    assert.equal(standingText(done), WHOLE.replace('ecret', 'new ecret'));
  });

  it('asks once about each span, and only about those that are met', () => {
    const asked: string[] = [];
    const { guarded } = ((): { guarded: GuardedText<Named> } => ({
      guarded: start(['a', '[1', ']', 'b', '[2', ']', 'c']),
    }))();
    const { met } = followChanges(
      guarded,
      [
        { start: 3, end: 3, text: 'x' },
        { start: 4, end: 4, text: 'y' },
      ],
      (span) => {
        asked.push(span.name);
        return false;
      },
    );
    assert.deepEqual(asked, ['2']);
    assert.deepEqual(
      [...met].map(({ name }) => name),
      ['2'],
    );
  });

  describe('for any sequence of changes', () => {
    const eols = fc.constantFrom('\n', '\r\n');
    const outside = fc.constantFrom('', 'a', 'bb', '  c', 'b', '}');
    const lines = fc
      .array(
        fc.oneof(
          { weight: 2, arbitrary: outside.map((line) => [line]) },
          fc.array(fc.constantFrom('a', '', 'x', '  y'), { maxLength: 3 }).map((body) => ['[', ...body, ']']),
        ),
        { minLength: 1, maxLength: 6 },
      )
      .map((groups) => groups.flat());
    const step = fc.record({
      at: fc.double({ min: 0, max: 1, noNaN: true }),
      length: fc.oneof(fc.constant(0), fc.nat(12)),
      text: fc.oneof(
        fc.constantFrom('', '', 'x', '\n', 'new\n', '\nnew', 'a\nb', '  ', '[', ']'),
        fc.string({ maxLength: 5 }),
      ),
      two: fc.boolean(),
      repair: fc.boolean(),
    });

    it('the guarded lines are whole lines of the text as it is to be, and repairs lead there', () => {
      fc.assert(
        fc.property(lines, eols, fc.array(step, { minLength: 1, maxLength: 12 }), (given, eol, steps) => {
          const { text, spans } = textWithSpans(given, eol);
          const secrets = spans.map(({ start: from, end }) => text.slice(from, end));
          let guarded = guardText(text, spans, eol);
          let stands = text;
          for (const { at, length, text: raw, two, repair } of steps) {
            const added = raw.replace(/\r\n|\r|\n/g, eol);
            const from = notInsideBreak(stands, Math.floor(at * stands.length));
            const to = notInsideBreak(stands, Math.min(stands.length, from + length));
            const changes: Replacement[] = [{ start: from, end: to, text: added }];
            const second = notInsideBreak(stands, Math.floor(stands.length * ((at * 7) % 1)));
            if (two && (second < from || second > to)) changes.push({ start: second, end: second, text: added });
            const before = dueText(guarded);
            stands = apply(stands, changes);
            const followed = followChanges(guarded, changes, all);
            guarded = followed.guarded;
            assert.equal(standingText(guarded), stands, 'the standing text is followed');
            if (!followed.keptSome && followed.met.size === 0 && changes.every((one) => one.text === ''))
              assert.equal(dueText(guarded), before);
            assertWhole(guarded, secrets, eol);
            if (repair) {
              const edits = repairs(guarded, all);
              const due = dueText(guarded);
              stands = apply(stands, edits);
              assert.equal(stands, due, 'the repair leads to what is to be');
              const own = followChanges(guarded, edits, all);
              assert.equal(dueText(own.guarded), due, 'the repair itself changes nothing of that');
              assert.ok(isIntact(own.guarded));
              assert.equal(standingText(repaired(guarded, all)), due);
              guarded = own.guarded;
              assertWhole(guarded, secrets, eol);
            }
          }
        }),
        { numRuns: 3_000 },
      );
    });

    it('changes that touch no guarded line are left alone', () => {
      fc.assert(
        fc.property(lines, eols, step, (given, eol, { at, length, text: raw }) => {
          const { text, spans } = textWithSpans(given, eol);
          const from = notInsideBreak(text, Math.floor(at * text.length));
          const to = notInsideBreak(text, Math.min(text.length, from + length));
          const touches = spans.some(({ start: a, end: b }) => to >= a - eol.length && from <= b);
          fc.pre(!touches);
          const change = { start: from, end: to, text: raw.replace(/\r\n|\r|\n/g, eol) };
          const { guarded, met } = followChanges(guardText(text, spans, eol), [change], all);
          assert.ok(isIntact(guarded));
          assert.equal(met.size, 0);
          assert.equal(standingText(guarded), apply(text, [change]));
        }),
        { numRuns: 2_000 },
      );
    });

    it('what stands outside and was not selected is still there, in its order', () => {
      fc.assert(
        fc.property(lines, eols, step, (given, eol, { at, length, text: raw }) => {
          const { text, spans } = textWithSpans(given, eol);
          const from = notInsideBreak(text, Math.floor(at * text.length));
          const to = notInsideBreak(text, Math.min(text.length, from + length));
          const change = { start: from, end: to, text: raw.replace(/\r\n|\r|\n/g, eol) };
          const { guarded } = followChanges(guardText(text, spans, eol), [change], all);
          const outsideOf = (a: number, b: number): string =>
            [...text.slice(a, b)]
              .filter((_, index) => !spans.some(({ start: s, end: e }) => a + index >= s && a + index < e))
              .join('');
          const due = dueText(guarded);
          assert.ok(isSubsequence(outsideOf(0, from) + outsideOf(to, text.length), due));
        }),
        { numRuns: 2_000 },
      );
    });
  });
});

/** Every secret stands in the text as it is to be, once, in order, and as whole lines. */
function assertWhole(guarded: GuardedText<Named>, secrets: readonly string[], eol: string): void {
  const due = dueText(guarded);
  const placed = dueSpans(guarded);
  assert.deepEqual(
    placed.map(({ start: from, end }) => due.slice(from, end)),
    secrets,
  );
  for (const { start: from, end } of placed) {
    assert.ok(from === 0 || due.slice(0, from).endsWith(eol), `begins a line: ${JSON.stringify(due)}`);
    const behind = due.slice(end);
    assert.ok(
      behind === '' || due.slice(0, end).endsWith(eol) || behind.startsWith(eol),
      `ends a line: ${JSON.stringify(due)}`,
    );
  }
}

function notInsideBreak(text: string, at: number): number {
  return text[at - 1] === '\r' && text[at] === '\n' ? at + 1 : at;
}

function isSubsequence(part: string, whole: string): boolean {
  let at = 0;
  for (const unit of whole) if (unit === part[at]) at++;
  return at === part.length;
}
