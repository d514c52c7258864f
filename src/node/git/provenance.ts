import { runGit } from './runGit.js';

/** Which state of which repository lies in a folder. */
export interface Provenance {
  readonly repository: string;
  readonly revision?: string;
  readonly branch?: string;
}

/** The remote repository, commit and branch that are checked out; undefined where there is no git, or no remote with an address. */
export async function provenanceOf(cwd: string): Promise<Provenance | undefined> {
  const said = async (...args: string[]): Promise<string | undefined> => {
    const outcome = await runGit(cwd, args).catch(() => undefined);
    const text = outcome?.code === 0 ? outcome.stdout.toString().trim() : '';
    return text === '' ? undefined : text;
  };
  const [remote, revision, branch] = await Promise.all([
    said('config', '--get', 'remote.origin.url'),
    said('rev-parse', '--verify', '--quiet', 'HEAD'),
    said('symbolic-ref', '--short', '--quiet', 'HEAD'),
  ]);
  const repository = remote === undefined ? undefined : repositoryUri(remote);
  if (repository === undefined) return undefined;
  return {
    repository,
    ...(revision === undefined ? {} : { revision }),
    ...(branch === undefined ? {} : { branch }),
  };
}

/**
 * A remote as an absolute URI without a user's name, password or token; undefined for a path on this machine, which is nobody's
 * business.
 */
export function repositoryUri(remote: string): string | undefined {
  const scp = /^(?:[^@/\s]+@)?([\w.-]{2,}):(?!\/\/)(?!\\)\/*(.+)$/.exec(remote);
  if (scp !== null) return uriOf(`ssh://${scp[1] ?? ''}/${scp[2] ?? ''}`);
  return /^(https?|ssh|git):\/\//i.test(remote) ? uriOf(remote) : undefined;
}

function uriOf(text: string): string | undefined {
  try {
    const url = new URL(text);
    url.username = '';
    url.password = '';
    url.search = '';
    url.hash = '';
    return url.host === '' ? undefined : url.href;
  } catch {
    return undefined;
  }
}
