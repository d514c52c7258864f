import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { PeerAnswer, PeerInput } from './Peer.js';

interface DolosOutput {
  readonly any: (string[] | null)[][];
  readonly long: (string[] | null)[][];
  readonly buildMs: number;
  readonly bytes: number;
  readonly p50: number;
  readonly p99: number;
}

/** Asks dolos (k-grams of 23 syntax-tree tokens, window 17) two ways: any shared k-gram, and 16 in a row. Languages it has no parser for are not asked. */
export async function askDolos(folder: string, input: PeerInput): Promise<PeerAnswer[]> {
  const root = mkdtempSync(join(tmpdir(), 'copies-dolos-'));
  try {
    writeFileSync(join(root, 'input.json'), JSON.stringify(input));
    const script = fileURLToPath(new URL('dolosProcess.mjs', import.meta.url));
    await promisify(execFile)(
      process.execPath,
      ['--max-old-space-size=8192', script, folder, join(root, 'input.json'), join(root, 'output.json')],
      { maxBuffer: 1 << 24 },
    );
    const output = JSON.parse(readFileSync(join(root, 'output.json'), 'utf8')) as DolosOutput;
    const answer = (name: string, named: DolosOutput['any']): PeerAnswer => ({
      name,
      named: named.map((group) => group.map((ids) => ids ?? undefined)),
      megabytesPerSecond: output.bytes / 1e3 / output.buildMs,
      timing: `${output.p50.toFixed(1)} / ${output.p99.toFixed(0)} ms`,
    });
    return [answer('dolos 3.5.1, any k-gram', output.any), answer('dolos 3.5.1, ≥ 16 in a row', output.long)];
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
}
