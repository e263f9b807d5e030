/** The times of all leaves, by index: they never decrease, so a moment is a number of leaves. */
export class Times {
  private times = new Float64Array(1_024);
  private count = 0;

  push(t: number): void {
    if (this.count === this.times.length) {
      const grown = new Float64Array(this.count * 2);
      grown.set(this.times);
      this.times = grown;
    }
    this.times[this.count] = t;
    this.count += 1;
  }

  /** Of the last leaf; 0 for none. */
  get last(): number {
    return this.count === 0 ? 0 : this.times[this.count - 1]!;
  }

  at(index: number): number {
    return this.times[index]!;
  }

  /** How many leaves had been recorded by the moment. */
  sizeAt(moment: number): number {
    let [low, high] = [0, this.count];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.times[middle]! <= moment) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
