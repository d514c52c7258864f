// Builds dist/: the engine in one file, the extension and the command line in pieces; types of the engine come from tsc.
import { build, context } from 'esbuild';
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';

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

/** The command that runs at every commit is built apart, nearly in one piece: loading fifty would take as long as its work. */
const checkApart = {
  name: 'check-apart',
  setup(build) {
    build.onResolve({ filter: /^\.\/check\.js$/ }, ({ kind }) =>
      kind === 'dynamic-import' ? { path: './cli/check.js', external: true } : undefined,
    );
  },
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
    plugins: [checkApart],
  },
  {
    ...shared,
    entryPoints: ['src/cli/check.ts'],
    outdir: 'dist/cli',
    splitting: true,
    chunkNames: 'check/[name]-[hash]',
    external: ['node:*'],
  },
  { ...shared, entryPoints: ['src/checkTree.worker.ts'], outfile: 'dist/checkTree.worker.js', external: ['node:*'] },
  { ...shared, entryPoints: ['src/copyIndex.worker.ts'], outfile: 'dist/copyIndex.worker.js', external: ['node:*'] },
  { ...shared, entryPoints: ['src/engine.ts'], outfile: 'dist/engine.js', target: 'es2022' },
];

if (watch) {
  for (const options of bundles) await (await context(options)).watch();
} else {
  // A file that is as it was is not touched: an editor that is open on dist/ goes on, whoever builds meanwhile.
  const built = await Promise.all(bundles.map((options) => build({ ...options, write: false })));
  const files = new Map(built.flatMap(({ outputFiles }) => outputFiles.map(({ path, contents }) => [path, contents])));
  for (const [path, contents] of files) {
    const present = await readFile(path).catch(() => undefined);
    if (present?.equals(contents)) continue;
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, contents);
  }
  for (const name of await readdir('dist', { recursive: true })) {
    const path = resolve('dist', name);
    if (path.endsWith('.js') && !files.has(path)) await rm(path);
  }
}
