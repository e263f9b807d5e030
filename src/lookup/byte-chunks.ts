/** Bytes that are handed on at a time; the event loop gets its turn in between. */
const CHUNK_BYTES = 256 * 1024;

/** Builds UTF-8 out of short texts and ready bytes, in chunks of about a quarter MiB. */
export class ByteChunks {
  private chunk = Buffer.allocUnsafe(CHUNK_BYTES);
  private length = 0;
  private readonly full: Buffer[] = [];

  text(text: string): void {
    // UTF-8 takes at most three bytes for each UTF-16 unit.
    this.reserve(text.length * 3);
    this.length += this.chunk.write(text, this.length);
  }

  bytes(bytes: Buffer): void {
    this.reserve(bytes.length);
    this.length += bytes.copy(this.chunk, this.length);
  }

  /** The chunks that are full, leaving none. */
  takeFull(): Buffer[] {
    return this.full.splice(0);
  }

  /** All that is left. */
  takeRest(): Buffer[] {
    const rest = [...this.takeFull(), this.chunk.subarray(0, this.length)];
    this.chunk = Buffer.allocUnsafe(CHUNK_BYTES);
    this.length = 0;
    return rest;
  }

  private reserve(bytes: number): void {
    if (this.length + bytes <= this.chunk.length) return;
    this.full.push(this.chunk.subarray(0, this.length));
    this.chunk = Buffer.allocUnsafe(Math.max(CHUNK_BYTES, bytes));
    this.length = 0;
  }
}
