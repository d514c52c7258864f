import assert from 'node:assert/strict';
import fc from 'fast-check';
import { compared, printBaseline, readBaseline, updated, type BaselineEntry } from '../../src/check/baseline.js';
import { FINDING_KINDS, type Finding } from '../../src/check/Finding.js';
import { finding } from '../support/findings.js';

const A = 'a'.repeat(32);
const B = 'b'.repeat(32);
const entry: BaselineEntry = {
  fingerprint: A,
  kind: 'copy',
  path: 'src/a.ts',
  assets: ['energy'],
  reason: 'Older than the agreement',
  owner: 'ann@x.example',
  until: '2026-06-30',
};
const words = { reason: 'Being replaced', owner: 'bob@x.example', until: '2026-12-31' };
const at = (text: string): number => Date.parse(text);
const found = (fingerprint: string, given: Partial<Finding> = {}): Finding => finding({ fingerprint, ...given });

describe('A baseline', () => {
  it('makes a finding known by its fingerprint, wherever its lines are', () => {
    const moved = found(A, {
      path: 'src/a.ts',
      range: { start: { line: 90, column: 1 }, end: { line: 99, column: 2 } },
    });
    const { findings, stale, expired } = compared([moved, found(B)], [entry], at('2026-05-01T00:00:00Z'), 'UTC');
    assert.deepEqual(
      findings.map(({ outcome }) => outcome),
      ['known', 'fails'],
    );
    const { reason, owner, until } = entry;
    assert.deepEqual(findings[0]?.known, { reason, owner, until });
    assert.deepEqual([stale, expired], [[], []]);
  });

  it('holds to the end of its last day in the agreement’s zone, and no longer', () => {
    const outcomeAt = (instant: string) => compared([found(A)], [entry], at(instant), 'Europe/Berlin').findings[0];
    assert.equal(outcomeAt('2026-06-30T21:59:59Z')?.outcome, 'known');
    const late = outcomeAt('2026-06-30T22:00:00Z');
    assert.equal(late?.outcome, 'fails');
    assert.equal(late?.known?.until, '2026-06-30', 'and it says since when');
  });

  it('leaves alone what a waiver or a reason has settled', () => {
    const { findings } = compared([found(A, { outcome: 'waived' })], [entry], at('2026-05-01T00:00:00Z'), 'UTC');
    assert.equal(findings[0]?.outcome, 'waived');
    assert.equal(findings[0]?.known, undefined);
  });

  it('shrinks by itself: what is found no more goes, what is over wants new words, what holds keeps its own', () => {
    const other = { ...entry, fingerprint: B, path: 'src/b.ts', until: '2026-01-31' };
    const gone = { ...entry, fingerprint: 'c'.repeat(32) };
    const entries = [entry, other, gone];
    const result = compared([found(A), found(B), found('d'.repeat(32))], entries, at('2026-05-01T00:00:00Z'), 'UTC');
    assert.deepEqual(result.stale, [gone]);
    assert.deepEqual(result.expired, [other]);
    const after = updated(entries, result, words);
    assert.deepEqual([after.added, after.renewed, after.dropped], [1, 1, 1]);
    assert.deepEqual(
      after.entries.map(({ fingerprint, owner }) => [fingerprint.charAt(0), owner]),
      [
        ['a', 'ann@x.example'],
        ['b', 'bob@x.example'],
        ['d', 'bob@x.example'],
      ],
    );
  });

  it('does not take in what passes anyway', () => {
    const result = compared([found(A, { outcome: 'warned' })], [], at('2026-05-01T00:00:00Z'), 'UTC');
    assert.deepEqual(updated([], result, words).entries, []);
  });

  it('is the same text for the same entries in any order, and changes one block for one finding', () => {
    const other = { ...entry, fingerprint: B, path: 'src/b.ts' };
    assert.equal(printBaseline([entry, other]), printBaseline([other, entry]));
    assert.ok(printBaseline([entry, other]).startsWith(printBaseline([entry])));
    assert.match(printBaseline([]), /^version: 1\nfindings: \[\]\n$/m);
  });

  it('comes back as it was written, whatever paths, reasons and owners are made of', () => {
    const text = fc.string({ unit: 'grapheme' }).filter((value) => value.trim() !== '');
    const hex = fc.string({ unit: fc.constantFrom(...'0123456789abcdef'), minLength: 32, maxLength: 32 });
    const entries = fc.uniqueArray(
      fc.record({
        fingerprint: hex,
        kind: fc.constantFrom(...FINDING_KINDS),
        path: text,
        assets: fc.array(text),
        reason: text,
        owner: text,
        until: fc.constant('2026-06-30'),
      }),
      { selector: ({ fingerprint }) => fingerprint },
    );
    fc.assert(
      fc.property(entries, (some) => {
        const read = readBaseline(printBaseline(some), 'b.yaml');
        assert.deepEqual(read.problems, []);
        const sorted = (list: readonly BaselineEntry[]) =>
          list.map((one) => ({ ...one })).sort((a, b) => (a.fingerprint < b.fingerprint ? -1 : 1));
        assert.deepEqual(sorted(read.entries ?? []), sorted(some));
      }),
    );
  });

  it('says what is wrong, and where, when somebody has edited it', () => {
    const problemsOf = (text: string): string[] =>
      readBaseline(text, 'b.yaml').problems.map(
        ({ range, code }) => `${range.start.line}:${range.start.column} ${code}`,
      );
    const good = printBaseline([entry]);
    assert.deepEqual(problemsOf(good), []);
    assert.deepEqual(problemsOf(good.replace('version: 1', 'version: 2')), ['3:10 unknown-version']);
    assert.deepEqual(problemsOf(good.replace('2026-06-30', '2026-06-31')), ['11:12 wrong-date']);
    assert.deepEqual(problemsOf(good.replace(A, 'xyz')), ['5:18 wrong-fingerprint']);
    assert.deepEqual(problemsOf(good.replace('kind: copy', 'kind: cpy')), ['6:11 unknown-word']);
    assert.deepEqual(problemsOf(good.replace('"ann@x.example"', '""')), ['10:12 empty']);
    assert.deepEqual(problemsOf(good.replace('    owner', '    ownr')), ['10:5 unknown-key', '5:5 missing-key']);
    assert.deepEqual(problemsOf(good + good.slice(good.indexOf('  - fing'))), ['12:5 duplicate']);
    assert.deepEqual(problemsOf('findings: [a'), ['1:13 broken-yaml']);
    assert.ok(problemsOf('').length > 0);
    assert.ok(problemsOf('[]').length > 0);
    assert.equal(readBaseline('', 'b.yaml').entries, undefined);
  });
});
