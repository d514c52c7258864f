import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { extname, join, relative, sep } from 'node:path';
import { parsePolicy } from '../../src/policy/parsePolicy.js';
import { regionsOf } from '../../src/regions/regionsOf.js';

const root = join(import.meta.dirname, '../../examples/cobuild');
const text = (path: string) => readFileSync(join(root, path), 'utf8');

/** Paths of all files of the demo, with `/`, build products left out. */
function filesOf(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(root, join(entry.parentPath, entry.name)).split(sep).join('/'))
    .filter((path) => !/(^|\/)(\.build|__pycache__|node_modules)\//.test(path));
}

const languages: Readonly<Record<string, string>> = {
  '.ts': 'TypeScript',
  '.py': 'Python',
  '.cpp': 'C++',
  '.h': 'C++',
};

/** Lines that hold code: neither blank nor only a comment. */
function codeLines(path: string): number {
  const comment = extname(path) === '.py' ? /^#/ : /^(\/\/|\/\*|\*)/;
  return text(path)
    .split('\n')
    .filter((line) => line.trim() !== '' && !comment.test(line.trim())).length;
}

describe('the demo co-build', () => {
  it('has at least 2,000 lines of code beside its tests, in three languages', () => {
    const lines = new Map<string, number>();
    for (const path of filesOf(root)) {
      const language = languages[extname(path)];
      if (language === undefined || /(^|\/)tests?\//.test(path)) continue;
      lines.set(language, (lines.get(language) ?? 0) + codeLines(path));
    }
    const total = [...lines.values()].reduce((sum, count) => sum + count, 0);
    assert.ok(total >= 2000, `${total} lines`);
    for (const language of ['TypeScript', 'Python', 'C++']) {
      assert.ok((lines.get(language) ?? 0) >= 400, `${lines.get(language) ?? 0} lines of ${language}`);
    }
  });

  it('marks regions in all three languages, and every marker is sound', () => {
    const { policy, problems } = parsePolicy(text('developer-terms.yaml'));
    assert.ok(policy, JSON.stringify(problems));
    const marked = new Set<string>();
    for (const path of filesOf(root)) {
      const { regions, problems: ofMarkers } = regionsOf(policy, path, text(path));
      assert.deepEqual(ofMarkers, [], path);
      // Prose and cases speak of markers; only code carries them.
      if (regions.some(({ by }) => by !== 'path')) marked.add(languages[extname(path)] ?? path);
    }
    assert.deepEqual([...marked].sort(), ['C++', 'Python', 'TypeScript']);
  });

  it('has terms without a problem', () => {
    assert.deepEqual(parsePolicy(text('developer-terms.yaml')).problems, []);
  });

  it('type-checks', function () {
    this.timeout(60_000);
    const compiler = join(import.meta.dirname, '../../node_modules/typescript/bin/tsc');
    const run = spawnSync(process.execPath, [compiler, '-p', root], { encoding: 'utf8' });
    assert.equal(run.stdout, '');
    assert.equal(run.status, 0);
  });

  for (const [argument, language] of [
    ['ts', 'TypeScript'],
    ['py', 'Python'],
    ['cpp', 'C++'],
  ] as const) {
    it(`passes its own tests in ${language}`, function () {
      this.timeout(180_000);
      const run = spawnSync(process.execPath, [join(root, 'run-tests.mjs'), argument], { encoding: 'utf8' });
      // 3 says that the language's tools are missing on this machine.
      if (run.status === 3) {
        process.stderr.write(run.stdout);
        this.skip();
      }
      assert.equal(run.status, 0, `${run.stdout}\n${run.stderr}`);
    });
  }
});
