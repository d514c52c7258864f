import assert from 'node:assert/strict';
import { mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import type { CheckResult } from '../../src/check/Finding.js';
import { PLAIN } from '../../src/report/paint.js';
import { demoText, renamed } from '../changes/partnerCode.js';
import { inFolder, type Outcome } from '../support/commandLine.js';

const POLICY = `version: 1
agreement: {id: A-1, title: The agreement, contact: desk@helio.example}
parties: [{id: helio, name: Helio GmbH}, {id: north, name: Northlight Inc.}]
teams:
  - {id: helio-dev, party: helio, members: [ana@helio.example]}
  - {id: north-dev, party: north, members: [nia@north.example]}
assets:
  - {id: camera, owner: north, paths: ["camera/**"]}
  - {id: tuning, owner: north}
`;
const LINES = demoText('orchestrator/src/dispatcher.ts').split('\n').slice(60, 120);

/** Some hundred files, so that every thread gets several shares: copies, imports, markers, and what is not looked into. */
function tree(): Record<string, string> {
  const files: Record<string, string> = {
    'developer-terms.yaml': POLICY,
    'camera/lens.ts': LINES.join('\n'),
    'camera/Lens.cs': 'namespace North.Camera { class Lens {} }\n',
    'camera/package.json': '{"name": "north-camera"}\n',
    'camera/index.js': 'module.exports = 1;\n',
    'lib/large.bin': 'version https://git-lfs.github.com/spec/v1\noid sha256:1\nsize 1\n',
    'lib/wrong.ts': '// TERMS-END\nexport const wrong = 1;\n',
  };
  for (let at = 0; at < 240; at++) {
    const copied = LINES.slice(at % 20, (at % 20) + 30).join('\n');
    const texts: readonly string[] = [
      `import { lens } from '../camera/lens.js';\nexport const a${at} = lens;\n`,
      `import camera from 'north-camera';\nexport const b${at} = camera;\n`,
      `export const c${at} = 1;\n${copied}\n`,
      `export const d${at} = 1;\n${renamed(copied)}\n`,
      `export const e${at} = 1;\n// TERMS-BEGIN asset=tuning\nexport const gain${at} = ${at};\n// TERMS-END\n`,
      `import { gain${at - 1} } from './f${at - 1}.js';\nexport const f${at} = gain${at - 1};\n`,
    ];
    files[`src/f${at}.ts`] = texts[at % texts.length] ?? '';
  }
  files['src/Uses.cs'] = 'using North.Camera;\nclass Uses {}\n';
  return files;
}

async function check(cwd: string, treeWorker: URL | undefined, ...args: string[]): Promise<Outcome> {
  let out = '';
  let err = '';
  const { runCli } = await import('../../src/cli/runCli.js');
  const code = await runCli(['check', ...args], {
    out: (text) => void (out += text),
    err: (text) => void (err += text),
    cwd,
    paint: PLAIN,
    ...(treeWorker === undefined ? {} : { treeWorker }),
  });
  return { code, out, err };
}

describe('devterms check in several threads', () => {
  let folder: string;
  let worker: URL;
  const script = (name: string, text: string): URL => {
    writeFileSync(join(folder, name), text);
    return pathToFileURL(join(folder, name));
  };

  before(async () => {
    folder = realpathSync(mkdtempSync(join(tmpdir(), 'devterms-threads-')));
    const outfile = join(folder, 'worker.mjs');
    await build({
      entryPoints: [join(import.meta.dirname, '../../src/checkTree.worker.ts')],
      ...{ outfile, bundle: true, format: 'esm', platform: 'neutral', mainFields: ['module', 'main'] },
      conditions: ['browser', 'import'],
      external: ['node:*'],
    });
    worker = pathToFileURL(outfile);
  });
  after(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  it('finds the same in the same order, however many there are', async () => {
    await inFolder(tree(), async (root) => {
      const at = ['--at', '2026-05-20T10:00:00Z', '--format', 'json'];
      const alone = await check(root, undefined, ...at);
      assert.equal(alone.code, 1);
      const { findings, notes, summary } = JSON.parse(alone.out) as CheckResult;
      assert.equal(summary.files, 248);
      for (const kind of ['copy', 'import', 'marker-problem'])
        assert.ok(
          findings.some((finding) => finding.kind === kind),
          kind,
        );
      for (const path of ['src/f0.ts', 'src/f1.ts', 'src/f2.ts', 'src/f3.ts', 'src/f5.ts', 'src/Uses.cs'])
        assert.ok(
          findings.some((finding) => finding.path === path),
          path,
        );
      assert.deepEqual(
        notes.map(({ code }) => code),
        ['lfs-pointer'],
      );
      for (const threads of ['1', '2', '5'])
        assert.deepEqual(await check(root, worker, ...at, '--threads', threads), alone, threads);
      assert.deepEqual(await check(root, worker, ...at), alone);
    });
  });

  it('says so and checks nothing when a thread ends early or does not start', async () => {
    const endings = [
      script(
        'ending.mjs',
        "import { parentPort } from 'node:worker_threads'; parentPort.on('message', ({ kind }) => kind === 'first' && process.exit(3));",
      ),
      script(
        'late.mjs',
        "import { parentPort } from 'node:worker_threads'; parentPort.on('message', ({ kind }) => { if (kind === 'first') parentPort.postMessage([]); if (kind === 'learn') throw new Error('no memory'); });",
      ),
      pathToFileURL(join(folder, 'missing.mjs')),
    ];
    await inFolder(tree(), async (root) => {
      for (const ending of endings) {
        const { code, out, err } = await check(root, ending, '--threads', '2');
        assert.equal(code, 2, ending.href);
        assert.equal(out, '');
        assert.match(
          err,
          /^devterms check: A thread that looks at files ended early \(.+\), so that nothing can be said/,
        );
        assert.match(err, /--threads 1/);
      }
    });
  });

  it('wants a number of threads', async () => {
    for (const threads of ['0', '-1', 'two', '100', '']) {
      const { code, err } = await check('.', worker, `--threads=${threads}`);
      assert.equal(code, 2);
      assert.match(err, /is no number of threads\. Write 1 to 99\./);
    }
  });
});
