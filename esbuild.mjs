// Builds dist/: the engine in one file, the extension and the command line in pieces; types of the engine come from tsc.
import { build, context } from 'esbuild';
import { rm } from 'node:fs/promises';

const watch = process.argv.includes('--watch');
const shared = {
  bundle: true,
  format: 'esm',
  target: 'node20',
  minify: !process.argv.includes('--readable'),
  sourcemap: watch,
  legalComments: 'none',
  logLevel: 'warning',
  // Neutral, so that dependencies come in their plain ESM builds: yaml's build for Node is CommonJS, which an ESM bundle
  // cannot load. A Node module that leaks into the engine fails its build; the hosts name theirs with `node:`.
  platform: 'neutral',
  mainFields: ['module', 'main'],
  conditions: ['browser', 'import'],
};

/** @type {import('esbuild').BuildOptions[]} */
const bundles = [
  {
    ...shared,
    entryPoints: ['src/extension.ts'],
    // In pieces: what few people use is not loaded when a window opens.
    outdir: 'dist',
    splitting: true,
    chunkNames: 'extension/[name]-[hash]',
    external: ['vscode', 'node:*'],
  },
  {
    ...shared,
    entryPoints: ['src/cli.ts'],
    // In pieces: a command loads what it needs, and starting up does not take longer for every command that there is.
    outdir: 'dist',
    splitting: true,
    chunkNames: 'cli/[name]-[hash]',
    external: ['node:*'],
  },
  { ...shared, entryPoints: ['src/copyIndex.worker.ts'], outfile: 'dist/copyIndex.worker.js', external: ['node:*'] },
  { ...shared, entryPoints: ['src/engine.ts'], outfile: 'dist/engine.js', target: 'es2022' },
];

await rm('dist', { recursive: true, force: true });
if (watch) {
  for (const options of bundles) await (await context(options)).watch();
} else {
  await Promise.all(bundles.map((options) => build(options)));
}
