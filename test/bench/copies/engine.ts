import { existsSync, mkdirSync, mkdtempSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { cacheFolder } from './fetchPackages.js';

/** A match as the index reports it; lines are the snippet's, 1-based. */
export interface Match {
  readonly id: string;
  readonly score: number;
  readonly startLine: number;
  readonly endLine: number;
}

/** What the benchmark asks of a copy index. */
export interface Index {
  add(region: { id: string; path: string; text: string }): void;
  allow(file: { path: string; text: string }): void;
  query(snippet: { path: string; text: string }): Match[];
  serialize(): Uint8Array;
  readonly stats: {
    readonly regions: number;
    readonly lines: number;
    readonly fingerprints: number;
    readonly bytes: number;
  };
}

export interface Engine {
  createCopyIndex(options?: { key?: Uint8Array; threshold?: number }): Index;
  /** Restores an index from its bytes and, where the engine wants it, its key. */
  readonly restore?: (bytes: Uint8Array, key: Uint8Array) => Index;
  /** Follows a document edit by edit. */
  readonly follow?: (index: Index, path: string, text: string) => Follower;
}

/** A document that is followed: `replace` puts `text` in place of the lines from `start` to `end` (0-based, exclusive). */
export interface Follower {
  replace(start: number, end: number, text: string): readonly Match[];
}

/** The key of every index the benchmark makes: answers do not depend on it. */
export const benchmarkKey = Uint8Array.from({ length: 16 }, (_, at) => at * 7 + 3);

const defaultEntry = resolve(dirname(fileURLToPath(import.meta.url)), '../../../src/copies/CopyIndex.ts');

/** Bundles the engine as it is shipped, so that no loader's instrumentation is measured, and returns the bundle's path. */
export async function bundleEngine(entry = defaultEntry): Promise<string> {
  if (!existsSync(entry)) throw new Error(`There is no copy index at ${entry}.`);
  const folder = join(cacheFolder(), 'engines');
  mkdirSync(folder, { recursive: true });
  const outfile = join(mkdtempSync(join(folder, 'engine-')), 'engine.mjs');
  await build({
    entryPoints: [entry],
    bundle: true,
    format: 'esm',
    platform: 'neutral',
    target: 'es2022',
    outfile,
    logLevel: 'silent',
  });
  return outfile;
}

/** Loads a bundle made by `bundleEngine`. */
export async function loadEngine(bundle: string): Promise<Engine> {
  return (await import(pathToFileURL(bundle).href)) as Engine;
}
