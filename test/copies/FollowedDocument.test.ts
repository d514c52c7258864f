import assert from 'node:assert/strict';
import { createCopyIndex, FollowedDocument, type SourceText } from '../../src/copies/CopyIndex.js';
import { samples } from './samples.js';

const copied = samples['planner.ts'] ?? '';
const other = samples['Gauge.jsx'] ?? '';
const index = createCopyIndex({ key: new Uint8Array(16) });
index.add({ id: 'planner', path: 'planner.ts', text: copied });

const at = (line: number, column: number, endLine = line, endColumn = column) => ({
  start: { line, column },
  end: { line: endLine, column: endColumn },
});
const filler = (lines: number): string =>
  Array.from({ length: lines }, (_, i) => `log(${i * 37}, 'line ${i}')`).join('\n');

describe('A document that is followed', () => {
  it('knows the copies that it opened with', () => {
    const document = new FollowedDocument(index, { path: 'a.ts', text: `${filler(20)}\n${copied}` });
    assert.equal(document.matches[0]?.id, 'planner');
    assert.ok(document.matches[0].startLine > 20);
  });

  it('notices a paste at once, and where it stands', () => {
    const document = new FollowedDocument(index, { path: 'a.ts', text: filler(1000) });
    const found = document.change(at(500, 1), `${copied}\n`);
    assert.equal(found[0]?.id, 'planner');
    assert.ok(found[0].startLine >= 500 && found[0].endLine <= 520);
  });

  it('notices code that is typed line by line', () => {
    const document = new FollowedDocument(index, { path: 'a.ts', text: '' });
    const lines = copied.split('\n');
    let noticedAt = 0;
    lines.forEach((line, number) => {
      const found = document.change(at(number + 1, 1), `${line}\n`);
      if (noticedAt === 0 && found.length > 0) noticedAt = number + 1;
    });
    assert.ok(noticedAt > 2 && noticedAt < 12, `noticed at line ${noticedAt}`);
    assert.equal(document.text, `${copied}\n`);
  });

  it('moves what it knows with its lines, and drops it when it is deleted', () => {
    const document = new FollowedDocument(index, { path: 'a.ts', text: `${filler(200)}\n${copied}` });
    const before = document.matches[0];
    assert.ok(before);
    assert.deepEqual(document.change(at(3, 1), 'one\ntwo\nthree\n'), []);
    assert.deepEqual(document.matches, [{ ...before, startLine: before.startLine + 3, endLine: before.endLine + 3 }]);
    document.change(at(201, 1, 300, 1), '');
    assert.deepEqual(document.matches, []);
  });

  it('gives what asking anew gives, after any edits far from each other', () => {
    const document = new FollowedDocument(index, { path: 'a.ts', text: `${other}\n${filler(100)}` });
    document.change(at(60, 1), `${copied}\n`);
    document.change(at(1, 1, 3, 5), 'x');
    document.change(at(110, 2, 112, 1), '\r\n');
    const fresh = index.query({ path: 'a.ts', text: document.text });
    assert.deepEqual(
      document.matches.map(({ id, startLine, endLine }) => ({ id, startLine, endLine })),
      fresh.map(({ id, startLine, endLine }) => ({ id, startLine, endLine })),
    );
  });

  it('looks at the changed lines and their neighbourhood only, however long document and lines are', () => {
    const asked: SourceText[] = [];
    const counting = {
      query: (snippet: SourceText) => {
        asked.push(snippet);
        return index.query(snippet);
      },
    };
    const document = new FollowedDocument(counting, { path: 'a.ts', text: filler(50_000) });
    document.change(at(25_000, 3, 25_003, 1), 'a\nb\nc\n');
    assert.ok((asked[1]?.text.length ?? 0) < 2000);
    const long = new FollowedDocument(counting, { path: 'a.js', text: `${'a=b+1;'.repeat(100_000)}\nlet z` });
    asked.length = 0;
    long.change(at(2, 1), 'const ');
    assert.ok((asked[0]?.text.length ?? 0) < 700_000);
  });

  it('takes positions beyond its end for its end', () => {
    const document = new FollowedDocument(index, { path: 'a.ts', text: 'a\nb' });
    document.change(at(99, 99), 'c');
    assert.equal(document.text, 'a\nbc');
  });
});
