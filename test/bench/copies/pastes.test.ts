import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { boilerplateOf } from './boilerplate.js';
import { lineFacts } from './lineFacts.js';
import { likeness } from './likeness.js';
import { Oracle } from './Oracle.js';
import { Random } from './random.js';
import { scan } from './scan.js';
import { sourceFile, type SourceFile } from './SourceFile.js';
import { editLines } from './transform/editLines.js';
import { reflow } from './transform/reflow.js';
import { reformatted } from './transform/reformat.js';
import { halfRenamed, renamed } from './transform/rename.js';
import { recommented, reindented, requoted } from './transform/restyle.js';
import type { Job } from './transform/Transformation.js';

const tank = `import { clock } from './clock';

/** Fills the tank. */
export function fillTank(tank, litres) {
  // never above the brim
  const free = tank.size - tank.level;
  const taken = Math.min(free, litres);
  tank.level += taken;
  tank.log.push({ at: clock.now(), what: 'filled', taken });
  if (taken < litres) warn(\`\${litres - taken} litres too much for '\${tank.name}'\`);
  return taken;
}
`;
const script = (text: string, path = 'src/tank.js'): SourceFile => sourceFile(path, path, 'javascript', text);
const job = (text: string, seed = 'a'): Job => {
  const file = script(text);
  return { range: { file, start: 0, end: file.lines.length }, random: new Random(seed), stranger: undefined };
};
const wordsOf = (text: string): string[] => text.match(/[A-Za-z_]\w*/g) ?? [];
const count = (text: string, of: string): number => wordsOf(text).filter((word) => word === of).length;

describe('the pastes of the copies benchmark', () => {
  it('come from tokens that cover a text without gaps', () => {
    const text = `${tank}\nconst r = /a'[/]\\/b/g; x = "open\ny = '''`;
    const tokens = scan(text, 'javascript');
    assert.equal(tokens.map((token) => text.slice(token.start, token.end)).join(''), text);
  });

  it('keep code within a template apart from its text', () => {
    const text = '`a ${b + `c ${d}`} e` + f';
    const words = scan(text, 'javascript').filter((token) => token.kind === 'word');
    assert.deepEqual(
      words.map((token) => text.slice(token.start, token.end)),
      ['b', 'd', 'f'],
    );
  });

  it('rename every identifier, each to one other name, and leave keywords and line breaks alone', () => {
    const text = renamed(job(tank));
    for (const old of ['fillTank', 'tank', 'litres', 'taken', 'free', 'warn', 'clock'])
      assert.equal(count(text, old), 0, old);
    for (const keyword of ['export', 'function', 'const', 'return', 'if'])
      assert.equal(count(text, keyword), count(tank, keyword));
    assert.equal(text.split('\n').length, tank.split('\n').length);
    const [, name = ''] = /const \w+ = (\w+)\./.exec(text) ?? [];
    assert.ok(count(text, name) >= 5);
  });

  it('rename some identifiers and keep others when half of them are renamed', () => {
    const names = [
      'fillTank',
      'tank',
      'litres',
      'taken',
      'free',
      'warn',
      'level',
      'size',
      'log',
      'push',
      'min',
      'Math',
    ];
    const kept = names.filter((name) => count(halfRenamed(job(tank)), name) > 0);
    assert.ok(kept.length > 0 && kept.length < names.length, kept.join());
  });

  it('edit as many lines as they say', () => {
    const lines = Array.from({ length: 40 }, (_, at) => `  total += weigh(part${at}, ${at});`);
    const edited = editLines(lines.join('\n'), 0.3, job(lines.join('\n'))).split('\n');
    const untouched = lines.filter((line) => edited.includes(line)).length;
    // 12 of 40 lines: some deleted or changed, some only swapped or preceded by another.
    assert.ok(untouched < 40 && untouched >= 28, String(untouched));
    assert.notDeepEqual(edited, lines);
  });

  it('change nothing but layout, quotes and comments in those that stay verbatim', async () => {
    const bare = (text: string): string => wordsOf(text.replace(/\/\/.*|\/\*.*?\*\//gs, '')).join(' ');
    for (const change of [reindented, requoted, recommented, ({ range, random }: Job) => reflow(range, random)])
      assert.equal(bare(change(job(tank)) ?? ''), bare(tank));
    const [formatted] = await reformatted([job(tank)]);
    assert.equal(bare(formatted ?? ''), bare(tank));
    assert.notEqual(formatted, tank);
  });

  it('are the same for the same seed and others for another', () => {
    assert.equal(renamed(job(tank, 'a')), renamed(job(tank, 'a')));
    assert.notEqual(renamed(job(tank, 'a')), renamed(job(tank, 'b')));
  });
});

describe('the oracle of the copies benchmark', () => {
  const other = script(
    'export const sum = (list) => list.reduce((a, b) => a + b, 0);\nexport const first = (list) => list[0];\n',
    'src/sum.js',
  );

  it('finds a text wholly in itself, comments and imports aside', () => {
    const like = likeness({ path: 'a.js', text: tank.slice(tank.indexOf('export')) }, script(tank));
    assert.equal(like.exact, 1);
    assert.equal(like.startLine, 4);
  });

  it('sees the structure of a renamed text, and not its names', () => {
    const like = likeness({ path: 'a.js', text: renamed(job(tank)) }, script(tank));
    assert.ok(like.structure > 0.95 && like.exact < 0.7, JSON.stringify(like));
  });

  it('takes a piece with six telling lines of a restricted file for a copy, unless they are open code', () => {
    assert.equal(new Oracle([script(tank), other], []).isCopy(script(tank)), true);
    assert.equal(new Oracle([script(tank), other], [script(tank)]).isCopy(script(tank)), false);
    assert.equal(new Oracle([other], []).isCopy(script(tank)), false);
  });

  it('knows an import over several lines, and boilerplate by its kind', () => {
    const imports = script("import {\n  alpha,\n  beta,\n} from './greek';\nimport gamma from './gamma';\ngamma();\n");
    assert.deepEqual(
      lineFacts(imports).map((fact) => fact.imports),
      [true, true, true, true, true, false, false],
    );
    const uses = sourceFile(
      'a.rs',
      'a.rs',
      'rust',
      'use crate::{\n    a::{b, c},\n    d,\n};\nuse std::mem;\nfn go() {}\n',
    );
    assert.deepEqual(
      lineFacts(uses).map((fact) => fact.imports),
      [true, true, true, true, true, false, false],
    );
    assert.equal(boilerplateOf(imports, 0, 6), 'imports');
    assert.equal(boilerplateOf(script(tank), 3, 12), undefined);
  });
});
