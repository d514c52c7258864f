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
  private readonly rules: Rule[] = [];

  /** Takes the `.gitignore` of a folder in; folders above come first. */
  add(folder: string, text: string): void {
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
      this.rules.push({ glob: new Minimatch(above + below, OPTIONS), brings, foldersOnly });
    }
  }

  /** True for a file or folder that is left out by itself; what lies in a folder that is left out is, too. */
  has(path: string, isFolder: boolean): boolean {
    const name = path.slice(path.lastIndexOf('/') + 1);
    if (isFolder && (name === '.git' || name === 'node_modules')) return true;
    for (let at = this.rules.length - 1; at >= 0; at--) {
      const rule = this.rules[at];
      if (rule !== undefined && (isFolder || !rule.foldersOnly) && rule.glob.match(path)) return !rule.brings;
    }
    return false;
  }

  /** True for a file that is left out, by itself or with a folder above it. */
  covers(path: string): boolean {
    const parts = path.split('/');
    return parts.some((_, at) => this.has(parts.slice(0, at + 1).join('/'), at + 1 < parts.length));
  }
}
