import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

/** A repository of its own for a test, with a cache of its own, so that nothing is left behind. */
export interface GitRepository {
  readonly root: string;
  write(path: string, text: string | Uint8Array): void;
  /** Runs git in it; gives what it wrote. */
  git(...args: string[]): string;
  /** Commits everything, for an author; gives the commit's id. */
  commit(message: string, author?: string): string;
}

/** Runs a test in a repository with these files staged and none committed. */
export async function inRepository(
  files: Readonly<Record<string, string>>,
  body: (repository: GitRepository) => Promise<void>,
): Promise<void> {
  const top = realpathSync(mkdtempSync(join(tmpdir(), 'devterms-git-')));
  const root = join(top, 'tree');
  const before = process.env['XDG_CACHE_HOME'];
  process.env['XDG_CACHE_HOME'] = join(top, 'cache');
  const env = {
    ...process.env,
    GIT_CONFIG_GLOBAL: '/dev/null',
    GIT_CONFIG_SYSTEM: '/dev/null',
    GIT_COMMITTER_NAME: 'Committer',
    GIT_COMMITTER_EMAIL: 'committer@helio.example',
  };
  const repository: GitRepository = {
    root,
    write(path, text) {
      mkdirSync(dirname(join(root, path)), { recursive: true });
      writeFileSync(join(root, path), text);
    },
    git: (...args) =>
      execFileSync('git', args, { cwd: root, env, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] }),
    commit(message, author = 'ana@helio.example') {
      repository.git('add', '-A');
      repository.git('commit', '-q', '--allow-empty', '--no-verify', '--author', `Somebody <${author}>`, '-m', message);
      return repository.git('rev-parse', 'HEAD').trim();
    },
  };
  try {
    mkdirSync(root, { recursive: true });
    repository.git('init', '-q', '-b', 'main');
    repository.git('config', 'user.email', 'ana@helio.example');
    repository.git('config', 'user.name', 'Ana');
    for (const [path, text] of Object.entries(files)) repository.write(path, text);
    repository.git('add', '-A');
    await body(repository);
  } finally {
    if (before === undefined) delete process.env['XDG_CACHE_HOME'];
    else process.env['XDG_CACHE_HOME'] = before;
    rmSync(top, { recursive: true, force: true });
  }
}
