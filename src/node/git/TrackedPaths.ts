const SLASH = 47;

/**
 * The paths that `git ls-files -z` wrote, as a `PathList`: in a large repository nearly none of them is ever asked about,
 * so that they stay bytes, which git has sorted.
 */
export class TrackedPaths {
  constructor(private readonly bytes: Buffer) {}

  has(path: string): boolean {
    const wanted = Buffer.from(`${path}\0`);
    const { bytes } = this;
    let from = 0;
    let to = bytes.length;
    while (from < to) {
      const start = this.startOf((from + to) >>> 1);
      let same = 0;
      while (same < wanted.length && bytes[start + same] === wanted[same]) same++;
      if (same === wanted.length) return true;
      if ((bytes[start + same] as number) > (wanted[same] as number)) to = start;
      else from = bytes.indexOf(0, start) + 1;
    }
    return false;
  }

  named(names: ReadonlySet<string>): string[] {
    const found: { readonly start: number; readonly path: string }[] = [];
    for (const name of names) {
      const wanted = Buffer.from(`${name}\0`);
      for (let at = this.bytes.indexOf(wanted); at >= 0; at = this.bytes.indexOf(wanted, at + wanted.length)) {
        const start = this.startOf(at);
        if (start < at && this.bytes[at - 1] !== SLASH) continue;
        found.push({ start, path: this.bytes.toString('utf8', start, at + wanted.length - 1) });
      }
    }
    return found.sort((a, b) => a.start - b.start).map(({ path }) => path);
  }

  *[Symbol.iterator](): Iterator<string> {
    yield* this.bytes
      .toString('utf8')
      .split('\0')
      .filter((path) => path !== '');
  }

  /** Where the path begins that holds the byte at this offset. */
  private startOf(at: number): number {
    let start = at;
    while (start > 0 && this.bytes[start - 1] !== 0) start--;
    return start;
  }
}
