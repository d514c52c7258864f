import { readdir } from 'node:fs/promises';
import { join } from 'node:path';

/** Paths of all files in a folder and below, with `/`, sorted; without `.git` and `node_modules`, and not through links. */
export async function folderFiles(folder: string): Promise<readonly string[]> {
  const found: string[] = [];
  const open = [''];
  for (let below = open.pop(); below !== undefined; below = open.pop()) {
    for (const entry of await readdir(join(folder, below), { withFileTypes: true })) {
      const path = below === '' ? entry.name : `${below}/${entry.name}`;
      if (!entry.isDirectory()) found.push(path);
      else if (entry.name !== '.git' && entry.name !== 'node_modules') open.push(path);
    }
  }
  return found.sort();
}
