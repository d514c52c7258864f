import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';

const ROOT = join(import.meta.dirname, '../..');

describe('a co-build with a history', function () {
  this.timeout(600_000);

  it('gets from every command what it should, on bash with git and node alone', async function () {
    if (process.platform === 'win32') this.skip();
    // Beside the repository's own modules, where what is not bundled can be found.
    const folder = mkdtempSync(join(ROOT, '.build-scenario-'));
    try {
      await build({
        entryPoints: [join(ROOT, 'src/cli.ts')],
        outdir: folder,
        ...{ bundle: true, splitting: true, format: 'esm', platform: 'neutral', target: 'node20', logLevel: 'error' },
        mainFields: ['module', 'main'],
        conditions: ['browser', 'import'],
        external: ['node:*'],
        outExtension: { '.js': '.mjs' },
      });
      const { code, out, err } = await scenario([process.execPath, join(folder, 'cli.mjs')]);
      assert.equal(code, 0, err);
      assert.match(out, /^\d+ as it should be\n$/);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
});

function scenario(devterms: readonly string[]): Promise<{ code: number; out: string; err: string }> {
  return new Promise((resolve) => {
    execFile('bash', [join(ROOT, 'test/cli/scenario.sh'), ...devterms], (error, out, err) => {
      resolve({ code: error === null ? 0 : Number(error.code ?? 1), out, err });
    });
  });
}
