import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { promisify } from 'node:util';
import { extensionOf } from '../Language.js';
import { megabytesOf, type PeerAnswer, type PeerInput } from './Peer.js';

/** Has scanoss make its winnowing fingerprints of texts, on this machine: nothing is sent anywhere. */
async function fingerprints(folder: string, texts: readonly { path: string; text: string }[]): Promise<Set<string>[]> {
  const root = mkdtempSync(join(tmpdir(), 'copies-scanoss-'));
  try {
    mkdirSync(join(root, 'files'));
    for (const [at, { path, text }] of texts.entries())
      writeFileSync(join(root, 'files', `f${at}.${extensionOf(path)}`), text);
    const output = join(root, 'out.wfp');
    const cli = join(folder, 'node_modules/scanoss/build/main/cli/bin/cli-bin.js');
    await promisify(execFile)(process.execPath, [cli, 'wfp', '-o', output, join(root, 'files')], {
      maxBuffer: 1 << 28,
    });
    const sets = texts.map(() => new Set<string>());
    let current: Set<string> | undefined;
    for (const line of readFileSync(output, 'utf8').split('\n')) {
      if (line.startsWith('file='))
        current = sets[Number(/^f(\d+)/.exec(basename(line.split(',')[2] ?? ''))?.[1] ?? -1)];
      else if (/^\d+=/.test(line)) for (const hash of line.slice(line.indexOf('=') + 1).split(',')) current?.add(hash);
    }
    return sets;
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
}

/** scanoss's winnowing (30 characters, window of 64) against an index of the restricted files held here: a file is named from `hits` shared fingerprints on. */
export async function askScanoss(
  folder: string,
  input: PeerInput,
  hitLevels: readonly number[],
): Promise<PeerAnswer[]> {
  const started = performance.now();
  const restricted = await fingerprints(folder, input.restricted);
  const built = performance.now() - started;
  const holders = new Map<string, number[]>();
  for (const [at, set] of restricted.entries())
    for (const hash of set) holders.set(hash, [...(holders.get(hash) ?? []), at]);
  const pastes = await fingerprints(folder, input.groups.flat());
  const asked = performance.now();
  const counts = pastes.map((set) => {
    const shared = new Map<number, number>();
    for (const hash of set)
      for (const holder of holders.get(hash) ?? []) shared.set(holder, (shared.get(holder) ?? 0) + 1);
    return shared;
  });
  const lookup = (performance.now() - asked) / Math.max(1, pastes.length);
  return hitLevels.map((hits) => {
    let next = 0;
    const named = input.groups.map((group) =>
      group.map(() =>
        [...(counts[next++] ?? [])].flatMap(([at, count]) => (count >= hits ? [input.restricted[at]?.id ?? ''] : [])),
      ),
    );
    return {
      name: `scanoss 0.40.2, ≥ ${hits} hits`,
      named,
      megabytesPerSecond: (megabytesOf(input) * 1000) / built,
      timing: `${lookup.toFixed(2)} ms without fingerprinting`,
    };
  });
}
