import { readdir } from 'node:fs/promises';
import { join } from 'node:path';

/**
 * Paths of all files in a folder and below, with `/`, sorted; without `.git` and `node_modules`, and not through links. A folder that may
 * not be looked into is named in place of its files.
 */
export async function folderFiles(folder: string): Promise<readonly string[]> {
  const found: string[] = [];
  const open = [''];
  for (let below = open.pop(); below !== undefined; below = open.pop()) {
    const entries = await readdir(join(folder, below), { withFileTypes: true }).catch(() => undefined);
    if (entries === undefined) {
      if (below !== '') found.push(below);
      continue;
    }
    for (const entry of entries) {
      const path = below === '' ? entry.name : `${below}/${entry.name}`;
      if (!entry.isDirectory()) found.push(path);
      else if (entry.name !== '.git' && entry.name !== 'node_modules') open.push(path);
    }
  }
  return found.sort();
}
