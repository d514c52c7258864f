/**
 * The files of an index that hold open code alone, with their stamps. In a large repository these are nearly all, and few
 * questions are about them: stored ones stay packed until somebody asks.
 */
export class OpenFiles {
  /** What is known beside `packed`; while there is that, undefined marks a file that is gone from it. */
  private readonly stamps = new Map<string, string | undefined>();

  /** @param packed what `pack` gave */
  constructor(private packed: Uint8Array = new Uint8Array(0)) {}

  set(path: string, stamp: string): void {
    this.stamps.set(path, stamp);
  }

  delete(path: string): void {
    if (this.packed.length > 0) this.stamps.set(path, undefined);
    else this.stamps.delete(path);
  }

  stampOf(path: string): string | undefined {
    this.unpack();
    return this.stamps.get(path);
  }

  get paths(): readonly string[] {
    this.unpack();
    return [...this.stamps.keys()];
  }

  get size(): number {
    this.unpack();
    return this.stamps.size;
  }

  /**
   * All of them as bytes, the same for the same files: path and stamp by turns, each with a zero byte behind it, and more
   * of these up to a multiple of eight.
   */
  pack(): Uint8Array {
    const fields = [...this.paths].sort().map((path) => `${path}\0${this.stamps.get(path) ?? ''}\0`);
    const bytes = new TextEncoder().encode(fields.join(''));
    const packed = new Uint8Array(Math.ceil(bytes.length / 8) * 8);
    packed.set(bytes);
    return packed;
  }

  private unpack(): void {
    if (this.packed.length === 0) return;
    const fields = new TextDecoder().decode(this.packed).split('\0');
    this.packed = new Uint8Array(0);
    for (let at = 0; at + 1 < fields.length; at += 2) {
      const path = fields[at] ?? '';
      if (path !== '' && !this.stamps.has(path)) this.stamps.set(path, fields[at + 1]);
    }
    for (const [path, stamp] of this.stamps) if (stamp === undefined) this.stamps.delete(path);
  }
}
