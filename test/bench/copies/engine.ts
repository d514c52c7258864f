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
  readonly CopyIndex: { from(bytes: Uint8Array): Index };
  /** Follows a document edit by edit; positions are 1-based, the end is exclusive. */
  readonly FollowedDocument: new (index: Index, document: { path: string; text: string }) => Follower;
}

export interface Follower {
  change(range: { start: Place; end: Place }, text: string): readonly Match[];
}

interface Place {
  readonly line: number;
  readonly column: number;
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
  const follower = join(dirname(entry), 'FollowedDocument.ts');
  const contents = [entry, ...(existsSync(follower) ? [follower] : [])]
    .map((path) => `export * from ${JSON.stringify(path)};`)
    .join('\n');
  await build({
    stdin: { contents, resolveDir: dirname(entry), loader: 'ts' },
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
