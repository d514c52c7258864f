/** A ring of samples that answers for the spread of the last window without looking at all of it. */
export class SpreadRing {
  private readonly held: Float64Array;
  private at = 0;
  private filled = 0;
  private mean = 0;
  private drift = 0;

  constructor(size: number) {
    this.held = new Float64Array(size);
  }

  push(sample: number): number {
    const leaving = this.held[this.at] ?? 0;
    this.held[this.at] = sample;
    this.at = (this.at + 1) % this.held.length;
    if (this.filled < this.held.length) {
      this.filled += 1;
      const delta = sample - this.mean;
      this.mean += delta / this.filled;
      this.drift += delta * (sample - this.mean);
    } else {
      const before = this.mean;
      this.mean += (sample - leaving) / this.filled;
      this.drift += (sample - leaving) * (sample - this.mean + leaving - before);
    }
    return this.filled < 2 ? 0 : Math.sqrt(Math.max(0, this.drift) / (this.filled - 1));
  }
}
