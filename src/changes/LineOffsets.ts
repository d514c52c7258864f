/** Where the lines of a text begin. */
export class LineOffsets {
  private readonly starts: number[] = [0];

  constructor(private readonly text: string) {
    for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) this.starts.push(at + 1);
  }

  /** How many lines the text has: one more than line breaks. */
  get count(): number {
    return this.starts.length;
  }

  /** The offset of a line's first character (1-based); the text's end for lines below it. */
  of(line: number): number {
    return this.starts[line - 1] ?? this.text.length;
  }

  /** The line, 1-based, that an offset lies in. */
  lineOf(offset: number): number {
    let low = 0;
    let high = this.starts.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.starts[middle] ?? 0) <= offset) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
