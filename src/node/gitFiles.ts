import { execFile } from 'node:child_process';

/**
 * The paths of a folder's files that git tracks or would track, from that folder, with `/`. Undefined where git cannot
 * say: it is not installed, or the folder is in no repository.
 */
export function gitFiles(folder: string): Promise<readonly string[] | undefined> {
  const args = ['ls-files', '-z', '--cached', '--others', '--exclude-standard', '--deduplicate'];
  return new Promise((resolve) => {
    // A list of a million files takes some 100 MB; the default would fail at a mere 1 MB.
    execFile('git', args, { cwd: folder, maxBuffer: 512 * 1024 * 1024, windowsHide: true }, (error, stdout) => {
      resolve(error === null ? stdout.split('\0').filter((path) => path !== '') : undefined);
    });
  });
}
