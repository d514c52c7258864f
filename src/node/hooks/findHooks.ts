import { existsSync, readFileSync, statSync } from 'node:fs';
import { basename, dirname, isAbsolute, join, relative, resolve, sep } from 'node:path';
import { UserError } from '../../ports.js';
import { runGit } from '../git/runGit.js';

/** Who runs the hooks of a repository, and from which folder. */
export interface HookPlace {
  /** The folder with the files of the repository, where hooks are run. */
  readonly root: string;
  /** Where the hook scripts are that may be written. */
  readonly folder: string;
  readonly by:
    | { readonly kind: 'git' }
    /** husky's own folder is remade by husky; the scripts beside it are everybody's. */
    | { readonly kind: 'husky'; readonly isActive: boolean }
    /** A tool that writes git's hooks anew from a file of its own. */
    | { readonly kind: 'lefthook' | 'pre-commit'; readonly config: string; readonly namesUs: boolean };
  /** Where `core.hooksPath` leads out of the repository: the folder serves others too. */
  readonly sharedBy?: { readonly scope: string; readonly value: string };
}

const LEFTHOOK = ['lefthook', '.lefthook', '.config/lefthook'].flatMap((name) =>
  ['yml', 'yaml', 'toml', 'json'].map((extension) => `${name}.${extension}`),
);

/** How the hooks of the repository at or above `cwd` are run. Rejects with a `UserError` where there is none, or a bare one. */
export async function findHooks(cwd: string): Promise<HookPlace> {
  const top = await runGit(cwd, ['rev-parse', '--show-toplevel']);
  if (top.code !== 0) {
    const bare = await runGit(cwd, ['rev-parse', '--is-bare-repository']);
    throw new UserError(
      bare.stdout.toString().trim() === 'true'
        ? 'This repository is bare: nobody commits here, so there are no hooks to install. Check pushes in CI.'
        : 'This is no git repository. Go to one, or make one: git init.',
    );
  }
  const root = resolve(top.stdout.toString().replace(/\r?\n$/, ''));
  // Configured hooks and worktrees are git's to know; the path it gives is from where it stands.
  const git = await runGit(root, ['rev-parse', '--git-path', 'hooks', '--git-common-dir']);
  if (git.code !== 0) throw new UserError(`git could not say where its hooks are: ${git.stderr}`);
  const [hooks = '', common = ''] = git.stdout
    .toString()
    .split(/\r?\n/)
    .map((path) => resolve(root, path));
  const configured = await runGit(root, ['config', '--show-scope', '--get', 'core.hooksPath']);
  const [scope = '', value = ''] = configured.stdout.toString().trim().split('\t');
  const isShared = configured.code === 0 && (scope === 'global' || scope === 'system' || !isBelow(hooks, root, common));
  const shared = isShared ? { sharedBy: { scope, value } } : {};
  const husky = huskyFolder(root, hooks);
  if (husky !== undefined && !(isShared && husky.isActive)) {
    const { folder, isActive } = husky;
    return { root, folder, by: { kind: 'husky', isActive } };
  }
  const config = LEFTHOOK.find((name) => existsSync(join(root, name)));
  if (config !== undefined) return { root, folder: hooks, by: toolOf(root, 'lefthook', config), ...shared };
  const framework = '.pre-commit-config.yaml';
  if (existsSync(join(root, framework)))
    return { root, folder: hooks, by: toolOf(root, 'pre-commit', framework), ...shared };
  return { root, folder: hooks, by: { kind: 'git' }, ...shared };
}

/** husky 9 has git run `.husky/_/NAME`, which runs `.husky/NAME`. */
function huskyFolder(root: string, hooks: string): { readonly folder: string; readonly isActive: boolean } | undefined {
  if (basename(hooks) === '_' && (existsSync(join(hooks, 'h')) || basename(dirname(hooks)) === '.husky'))
    return { folder: dirname(hooks), isActive: true };
  const folder = join(root, '.husky');
  return existsSync(folder) && statSync(folder).isDirectory() ? { folder, isActive: false } : undefined;
}

function toolOf(root: string, kind: 'lefthook' | 'pre-commit', config: string): HookPlace['by'] {
  const text = readFileSync(join(root, config), 'utf8');
  const lines = text.split(/\r?\n/).filter((line) => !/^\s*#/.test(line));
  return { kind, config, namesUs: lines.some((line) => /\bdevterms\b|\bdeveloper-terms\b/.test(line)) };
}

function isBelow(path: string, ...folders: readonly string[]): boolean {
  return folders.some((folder) => {
    const found = relative(folder, path);
    return found !== '..' && !found.startsWith(`..${sep}`) && !isAbsolute(found);
  });
}
