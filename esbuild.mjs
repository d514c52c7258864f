// Builds dist/: the extension, the command line and the engine, each one file; types of the engine come from tsc.
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
  // The browser builds of our dependencies are plain ESM without Node's modules.
  mainFields: ['module', 'main'],
  conditions: ['browser', 'import'],
};

/** @type {import('esbuild').BuildOptions[]} */
const bundles = [
  {
    ...shared,
    entryPoints: ['src/extension.ts'],
    outfile: 'dist/extension.js',
    platform: 'node',
    external: ['vscode'],
  },
  {
    ...shared,
    entryPoints: ['src/cli.ts'],
    outfile: 'dist/cli.js',
    platform: 'node',
    banner: { js: '#!/usr/bin/env node' },
  },
  // platform neutral: a Node module that leaks into the engine fails this build.
  { ...shared, entryPoints: ['src/engine.ts'], outfile: 'dist/engine.js', platform: 'neutral', target: 'es2022' },
];

await rm('dist', { recursive: true, force: true });
if (watch) {
  for (const options of bundles) await (await context(options)).watch();
} else {
  await Promise.all(bundles.map((options) => build(options)));
}
