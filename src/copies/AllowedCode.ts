/** The fingerprints of open code. What occurs there is no evidence of copying, whenever it was added. */
const RUN_LIMIT = 1 << 20;

/** A growing set of 32-bit fingerprints: sorted runs, the newest still unsorted. */
export class AllowedCode {
  #fresh = new Uint32Array(1024);
  #freshCount = 0;
  #runs: Uint32Array[] = [];

  add(fingerprint: number): void {
    if (this.#freshCount === this.#fresh.length) {
      if (this.#freshCount >= RUN_LIMIT) this.#sortFresh();
      else {
        const larger = new Uint32Array(this.#freshCount * 2);
        larger.set(this.#fresh);
        this.#fresh = larger;
      }
    }
    this.#fresh[this.#freshCount++] = fingerprint;
  }

  #sortFresh(): void {
    if (this.#freshCount === 0) return;
    this.#runs.push(distinct(this.#fresh.slice(0, this.#freshCount).sort()));
    this.#freshCount = 0;
  }

  #settle(): void {
    if (this.#freshCount === 0) return;
    this.#sortFresh();
    while (this.#runs.length > 1) {
      const last = this.#runs[this.#runs.length - 1] as Uint32Array;
      const before = this.#runs[this.#runs.length - 2] as Uint32Array;
      if (before.length > last.length * 4) break;
      this.#runs.splice(-2, 2, union(before, last));
    }
  }

  has(fingerprint: number): boolean {
    if (this.#freshCount > 0) this.#settle();
    for (const run of this.#runs) {
      // Fingerprints are spread evenly, so the place of one is all but known: look there, then halve.
      let from = 0;
      let to = run.length;
      const guess = Math.floor((fingerprint / 0x100000000) * to);
      const reach = 64 + (to >>> 8);
      if (guess - reach > 0 && (run[guess - reach] as number) <= fingerprint) from = guess - reach;
      if (guess + reach < to && (run[guess + reach] as number) > fingerprint) to = guess + reach;
      while (from < to) {
        const middle = (from + to) >>> 1;
        if ((run[middle] as number) < fingerprint) from = middle + 1;
        else to = middle;
      }
      if (from < run.length && run[from] === fingerprint) return true;
    }
    return false;
  }

  /** All fingerprints, ascending. */
  all(): Uint32Array {
    this.#settle();
    while (this.#runs.length > 1) {
      const [first, second] = this.#runs.splice(-2, 2) as [Uint32Array, Uint32Array];
      this.#runs.push(union(first, second));
    }
    return this.#runs[0] ?? new Uint32Array(0);
  }

  /** Takes in fingerprints that are ascending and distinct. */
  restore(sorted: Uint32Array): void {
    if (sorted.length > 0) this.#runs.unshift(sorted);
  }

  get bytes(): number {
    this.#settle();
    return this.#runs.reduce((sum, run) => sum + run.byteLength, 0);
  }
}

function distinct(sorted: Uint32Array): Uint32Array {
  let kept = 0;
  for (let i = 0; i < sorted.length; i++) {
    if (i === 0 || sorted[i] !== sorted[i - 1]) sorted[kept++] = sorted[i] as number;
  }
  return sorted.slice(0, kept);
}

function union(a: Uint32Array, b: Uint32Array): Uint32Array {
  const both = new Uint32Array(a.length + b.length);
  let i = 0;
  let j = 0;
  let kept = 0;
  while (i < a.length || j < b.length) {
    const x = i < a.length ? (a[i] as number) : Infinity;
    const y = j < b.length ? (b[j] as number) : Infinity;
    both[kept++] = x < y ? x : y;
    if (x <= y) i++;
    if (y <= x) j++;
  }
  return both.slice(0, kept);
}
