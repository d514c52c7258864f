import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { PLAIN } from '../../src/report/paint.js';

/** What a command line left behind. */
export interface Outcome {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** Runs a command line in this process, from a folder. */
export async function devterms(cwd: string, ...args: string[]): Promise<Outcome> {
  let out = '';
  let err = '';
  // Mocha loads tests with `require`; commands are loaded with `import`. Both have to see the same classes.
  const { runCli } = await import('../../src/cli/runCli.js');
  const code = await runCli(args, {
    out: (text) => void (out += text),
    err: (text) => void (err += text),
    cwd,
    paint: PLAIN,
  });
  return { code, out, err };
}

/** A folder of its own with these files, for the length of a test. */
export async function inFolder(
  files: Readonly<Record<string, string>>,
  body: (folder: string) => Promise<void>,
): Promise<void> {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'devterms-')));
  try {
    for (const [path, text] of Object.entries(files)) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), text);
    }
    await body(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
