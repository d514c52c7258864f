import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const DOCS = join(import.meta.dirname, '../../docs');

/** The rows of the matrix: way, in the editor, later, shown by. */
const rows = readFileSync(join(DOCS, 'coverage.md'), 'utf8')
  .split('\n')
  .filter((line) => line.startsWith('| '))
  .map((line) =>
    line
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim()),
  )
  .filter((cells) => cells.length === 4 && cells[3] !== 'Shown by' && !/^-+$/.test(cells[0] ?? ''));

/** The titles of tests in a file, as they are written. */
function titlesIn(path: string): readonly string[] {
  const source = readFileSync(path, 'utf8');
  return [...source.matchAll(/\b(?:it|inDepth)\)?\(\s*(?:'([^'\n]*)'|"([^"\n]*)"|`([^`\n]*)`)/g)].map(
    ([, single, double, template]) => single ?? double ?? template ?? '',
  );
}

describe('the matrix of what is covered', () => {
  it('has something in every row, and says how it is shown', () => {
    assert.ok(rows.length > 60, `${rows.length} rows`);
    for (const [way = '', inEditor = '', later = '', shownBy = ''] of rows) {
      assert.notEqual(way, '');
      assert.notEqual(`${inEditor}${later}`, '', way);
      assert.match(shownBy, /^(untested|(\[[^\]]+\]\(\.\.\/test\/[^)]+\)(, )?)+)$/, way);
    }
  });

  it('names tests that are there', () => {
    for (const [way = '', , , shownBy = ''] of rows) {
      for (const [, title = '', path = ''] of shownBy.matchAll(/\[([^\]]+)\]\(([^)]+)\)/g)) {
        const file = join(DOCS, path);
        assert.ok(existsSync(file), `${way}: there is no ${path}`);
        // The matrix may leave out the end of a title, such as what follows a colon or a theme.
        const isThere = titlesIn(file).some((known) => known.startsWith(title));
        assert.ok(isThere, `${way}: no test of ${path} is called '${title}'`);
      }
    }
  });
});
