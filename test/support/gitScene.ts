import { execFileSync, spawnSync } from 'node:child_process';
import { chmodSync, cpSync, mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { buildSync } from 'esbuild';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { linesFrom } from '../changes/partnerCode.js';

const REPOSITORY = join(import.meta.dirname, '../..');
const DEMO = join(REPOSITORY, 'examples/cobuild');

/** Covered code of the demo co-build. */
export const ENERGY = 'partners/palisade/energy/charge_curve.py';

/** What a program left behind. */
export interface Ran {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

let built: string | undefined;

/** The command line in one file, built from the sources once for all scenes of a run: to translate it at every start takes long. */
function commandLine(): string {
  if (built !== undefined) return built;
  const folder = mkdtempSync(join(tmpdir(), 'devterms-built-'));
  process.once('exit', () => {
    rmSync(folder, { recursive: true, force: true });
  });
  built = join(folder, 'cli.mjs');
  buildSync({
    entryPoints: [join(REPOSITORY, 'src/cli.ts')],
    outfile: built,
    bundle: true,
    format: 'esm',
    target: 'node20',
    platform: 'neutral',
    mainFields: ['module', 'main'],
    conditions: ['browser', 'import'],
    external: ['node:*'],
  });
  return built;
}

/** The demo co-build as a git repository, with `devterms` in node_modules/.bin, and nothing of the machine's own configuration. */
export class GitScene {
  readonly top = realpathSync(mkdtempSync(join(tmpdir(), 'devterms scene ')));
  readonly root = join(this.top, 'a tree');
  readonly environment: NodeJS.ProcessEnv = {
    PATH: process.env['PATH'] ?? '',
    HOME: this.top,
    XDG_CACHE_HOME: join(this.top, 'cache'),
    XDG_CONFIG_HOME: join(this.top, 'config'),
    GIT_CONFIG_NOSYSTEM: '1',
    npm_config_update_notifier: 'false',
  };

  constructor() {
    cpSync(DEMO, this.root, { recursive: true });
    this.git('init', '-q', '-b', 'main');
    this.git('config', 'user.name', 'Sam');
    this.git('config', 'user.email', 'sam.rivera@harborline.example');
    this.write('.gitignore', 'node_modules\ndevterms.*\n');
    this.write('package.json', '{ "name": "scene", "private": true }\n');
    this.write('node_modules/.bin/devterms', `#!/bin/sh\nexec "${process.execPath}" "${commandLine()}" "$@"\n`, 0o755);
    this.git('add', '-A');
    this.git('commit', '-qm', 'The co-build as it was');
  }

  write(path: string, text: string, mode?: number): void {
    const place = join(this.root, path);
    mkdirSync(dirname(place), { recursive: true });
    writeFileSync(place, text);
    if (mode !== undefined) chmodSync(place, mode);
  }

  read(path: string): string {
    return readFileSync(join(this.root, path), 'utf8');
  }

  git(...args: string[]): string {
    return execFileSync('git', args, { cwd: this.root, env: this.environment, encoding: 'utf8' }).trim();
  }

  /** Runs a program in the repository. */
  run(program: string, args: readonly string[], environment: NodeJS.ProcessEnv = {}): Ran {
    const { status, stdout, stderr } = spawnSync(program, args, {
      cwd: this.root,
      env: { ...this.environment, ...environment },
      encoding: 'utf8',
    });
    return { code: status, out: stdout, err: stderr };
  }

  devterms(...args: string[]): Ran {
    return this.run('node_modules/.bin/devterms', args);
  }

  /** Lines of covered code, where they must not be. */
  copyEnergy(path = 'planning/mine.py'): void {
    this.write(path, `import math\n\n${linesFrom(this.read(ENERGY), 23, 60)}\n`);
  }

  /** Commits all there is, without hooks; gives the commit's id. */
  commit(message: string): string {
    this.git('add', '-A');
    this.git('commit', '-qnm', message);
    return this.git('rev-parse', 'HEAD');
  }

  remove(): void {
    rmSync(this.top, { recursive: true, force: true });
  }
}
