/** A binary heap; the smallest by `compare` comes first, equal ones in any order. */
export class MinHeap<T> {
  private readonly items: T[] = [];

  constructor(private readonly compare: (a: T, b: T) => number) {}

  get size(): number {
    return this.items.length;
  }

  push(item: T): void {
    let hole = this.items.length;
    this.items.push(item);
    while (hole > 0) {
      const parent = (hole - 1) >> 1;
      const above = this.items[parent]!;
      if (this.compare(above, item) <= 0) break;
      this.items[hole] = above;
      hole = parent;
    }
    this.items[hole] = item;
  }

  pop(): T | undefined {
    const first = this.items[0];
    const last = this.items.pop();
    if (first === undefined || last === undefined || this.items.length === 0) return first;
    let hole = 0;
    for (;;) {
      let child = 2 * hole + 1;
      if (child >= this.items.length) break;
      if (child + 1 < this.items.length && this.compare(this.items[child + 1]!, this.items[child]!) < 0) child += 1;
      if (this.compare(last, this.items[child]!) <= 0) break;
      this.items[hole] = this.items[child]!;
      hole = child;
    }
    this.items[hole] = last;
    return first;
  }
}
