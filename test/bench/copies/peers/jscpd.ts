import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { promisify } from 'node:util';
import { extensionOf } from '../Language.js';
import { megabytesOf, type PeerAnswer, type PeerInput } from './Peer.js';

/** How jscpd is run: files under their own extension or all as C++, whose lexer needs no whole file, and its flags. */
export interface JscpdWay {
  readonly name: string;
  readonly asCpp: boolean;
  readonly flags: readonly string[];
}

export const jscpdWays: readonly JscpdWay[] = [
  { name: 'jscpd 5.3.3', asCpp: false, flags: [] },
  { name: 'jscpd 5.3.3, all read as C++', asCpp: true, flags: [] },
  {
    name: 'jscpd 5.3.3, as C++, names and literals ignored',
    asCpp: true,
    flags: ['--ignore-identifiers', '--ignore-literals'],
  },
];

interface Report {
  readonly duplicates: readonly {
    readonly firstFile: { readonly name: string };
    readonly secondFile: { readonly name: string };
  }[];
}

/** Runs jscpd over the restricted files together with each group of pastes; it is a batch tool and keeps no index. */
export async function askJscpd(folder: string, input: PeerInput, way: JscpdWay): Promise<PeerAnswer> {
  const root = mkdtempSync(join(tmpdir(), 'copies-jscpd-'));
  const extension = (path: string): string => (way.asCpp ? 'cpp' : extensionOf(path));
  const ids = new Map<string, string>();
  mkdirSync(join(root, 'restricted'));
  for (const [at, file] of input.restricted.entries()) {
    const name = `r${at}.${extension(file.path)}`;
    ids.set(name, file.id);
    writeFileSync(join(root, 'restricted', name), file.text);
  }
  const named: (readonly string[])[][] = [];
  const times: number[] = [];
  try {
    for (const [at, group] of input.groups.entries()) {
      const pastes = join(root, `pastes${at}`);
      mkdirSync(pastes);
      for (const [number, paste] of group.entries())
        writeFileSync(join(pastes, `p${number}.${extension(paste.path)}`), paste.text);
      const started = performance.now();
      await promisify(execFile)(
        process.execPath,
        [
          join(folder, 'node_modules/jscpd/run-jscpd.js'),
          join(root, 'restricted'),
          pastes,
          '--reporters',
          'json',
          '--output',
          join(root, 'report'),
          '--no-gitignore',
          ...way.flags,
        ],
        { maxBuffer: 1 << 28 },
      );
      times.push(performance.now() - started);
      const report = JSON.parse(readFileSync(join(root, 'report', 'jscpd-report.json'), 'utf8')) as Report;
      const found = group.map(() => new Set<string>());
      for (const { firstFile, secondFile } of report.duplicates) {
        for (const [one, other] of [
          [firstFile, secondFile],
          [secondFile, firstFile],
        ] as const) {
          const paste = /^p(\d+)\./.exec(basename(one.name))?.[1];
          const id = ids.get(basename(other.name));
          if (paste !== undefined && id !== undefined) found[Number(paste)]?.add(id);
        }
      }
      named.push(found.map((set) => [...set]));
      rmSync(pastes, { recursive: true });
    }
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
  const middle = times.sort((a, b) => a - b)[times.length >> 1] ?? 0;
  return {
    name: way.name,
    named,
    megabytesPerSecond: (megabytesOf(input) * 1000) / middle,
    timing: `${(middle / 1000).toFixed(1)} s a run`,
  };
}
