/** Bytes that are handed on at a time; the event loop gets its turn in between. */
const CHUNK_BYTES = 256 * 1024;

/** Chunks begin with a byte that is not handed on, so that every text has one before it. */
const FIRST = 1;

/** Builds UTF-8 out of short texts and ready bytes, in chunks of about a quarter MiB. */
export class ByteChunks {
  private chunk = Buffer.allocUnsafe(CHUNK_BYTES);
  private length = FIRST;
  private readonly full: Buffer[] = [];

  text(text: string): void {
    // UTF-8 takes at most three bytes for each UTF-16 unit.
    this.reserve(text.length * 3);
    this.length += this.chunk.write(text, this.length);
  }

  /** Bytes and a text that stand together in one chunk; `see` is shown where before they go on. */
  piece(
    bytes: Buffer | null,
    text: string,
    see: ((chunk: Buffer, start: number, end: number, bytes: Buffer | null) => void) | null,
  ): void {
    this.reserve((bytes?.length ?? 0) + text.length * 3);
    const start = this.length;
    if (bytes !== null) this.length += bytes.copy(this.chunk, start);
    this.length += this.chunk.write(text, this.length);
    if (see !== null) see(this.chunk, start, this.length, bytes);
  }

  /** The chunks that are full, leaving none. */
  takeFull(): Buffer[] {
    return this.full.splice(0);
  }

  /** All that is left. */
  takeRest(): Buffer[] {
    const rest = [...this.takeFull(), this.chunk.subarray(FIRST, this.length)];
    this.chunk = Buffer.allocUnsafe(CHUNK_BYTES);
    this.length = FIRST;
    return rest;
  }

  private reserve(bytes: number): void {
    if (this.length + bytes <= this.chunk.length) return;
    this.full.push(this.chunk.subarray(FIRST, this.length));
    this.chunk = Buffer.allocUnsafe(Math.max(CHUNK_BYTES, FIRST + bytes));
    this.length = FIRST;
  }
}
