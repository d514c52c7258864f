import { Minimatch } from 'minimatch';

interface Rule {
  readonly glob: Minimatch;
  readonly brings: boolean;
  readonly foldersOnly: boolean;
}

const OPTIONS = { dot: true, nonegate: true, nocomment: true, nobrace: true, noext: true, platform: 'linux' } as const;

/**
 * What a tree's `.gitignore` files leave out, where git itself cannot be asked. A pattern means what gitignore(5) says;
 * `.git` is always left out, and so is `node_modules`, which nobody writes.
 */
export class IgnoredPaths {
  /** By the folder of their `.gitignore`: a tree with many of them asks those on the way to a path alone. */
  private readonly rules = new Map<string, Rule[]>();

  /** Takes the `.gitignore` of a folder in. */
  add(folder: string, text: string): void {
    const rules: Rule[] = [];
    for (const line of text.split(/\r?\n/)) {
      let written = line.replace(/(?<!\\)[ \t]+$/, '');
      if (written === '' || written.startsWith('#')) continue;
      const brings = written.startsWith('!');
      if (brings) written = written.slice(1);
      const foldersOnly = written.endsWith('/');
      if (foldersOnly) written = written.slice(0, -1);
      const anchored = written.includes('/');
      const below = anchored ? written.replace(/^\//, '') : `**/${written}`;
      if (below === '' || below === '**/') continue;
      const above = folder === '' ? '' : `${folder.replace(/[\\*?[\]]/g, '\\$&')}/`;
      rules.push({ glob: new Minimatch(above + below, OPTIONS), brings, foldersOnly });
    }
    if (rules.length > 0) this.rules.set(folder, rules);
  }

  /** True for a file or folder that is left out by itself; what lies in a folder that is left out is, too. */
  has(path: string, isFolder: boolean): boolean {
    const name = path.slice(path.lastIndexOf('/') + 1);
    if (isFolder && (name === '.git' || name === 'node_modules')) return true;
    // The nearest folder's word counts, and there the last.
    for (let end = path.lastIndexOf('/'); ; end = path.lastIndexOf('/', end - 1)) {
      const rules = this.rules.get(path.slice(0, Math.max(0, end))) ?? [];
      const said = rules.findLast((rule) => (isFolder || !rule.foldersOnly) && rule.glob.match(path));
      if (said !== undefined) return !said.brings;
      if (end <= 0) return false;
    }
  }

  /** True for a file that is left out, by itself or with a folder above it. */
  covers(path: string): boolean {
    const parts = path.split('/');
    return parts.some((_, at) => this.has(parts.slice(0, at + 1).join('/'), at + 1 < parts.length));
  }
}
