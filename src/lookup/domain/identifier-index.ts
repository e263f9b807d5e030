import { type EntryRow, inOrder } from './entry.js';

/** Longer values, and those outside of ASCII, are not held: {@link IdentifierIndex.find} cannot tell. */
const VALUE_MAX = 255;

const CHUNK_BYTES = 4 * 1024 * 1024;
/** Records begin at multiples of this, so that 32 bits name places in 16 GB. */
const UNIT = 4;
const CHUNK_UNITS = CHUNK_BYTES / UNIT;

/** How a record begins: scheme, lengths of value, work id and day, then standing and confidence. */
const HEAD_BYTES = 12;

/** Marks of slots that hold no record. */
const EMPTY = 0;
const GONE = 1;

/** As many slots as are looked at for one identifier; a crowd beyond that is left to the database. */
const PROBES_MAX = 256;

/**
 * Where identifiers lead, held as bytes outside of the heap: about 70 bytes an entry. An identifier is
 * found by a hash from a seed of this process, and then compared in full, so that no other's
 * entry is ever taken for it.
 */
export class IdentifierIndex {
  private slots = new Uint32Array(1024);
  private used = 0;
  /** The first unit is left out: its number marks an empty slot. */
  private end = UNIT * 2;
  private readonly chunks: Buffer[] = [];
  private readonly schemes: string[] = [];
  private crowded = false;
  private held = 0;

  /** `seed`: 32 bits that nobody outside can know, so that nobody can make identifiers crowd. */
  constructor(private readonly seed: number) {}

  /** Entries that can be found. */
  get count(): number {
    return this.held;
  }

  /** Bytes that it takes. */
  get bytes(): number {
    return this.slots.byteLength + this.chunks.length * CHUNK_BYTES;
  }

  /** Whether something could not be taken in, so that nothing may be answered from it. */
  get isUnfit(): boolean {
    return this.crowded;
  }

  /** Adds one entry of an identifier; the same entry twice would be found twice. */
  add(scheme: string, value: string, entry: EntryRow): void {
    if (!isHeld(value)) return;
    if ((this.used + 1) * 2 > this.slots.length) this.grow();
    const code = this.codeOf(scheme, true);
    const place = this.write(code, value, entry);
    this.take(this.slots, this.hash(code, value), place);
    this.held += 1;
  }

  /** Takes all entries of an identifier out; their bytes stay until the index is made anew. */
  remove(scheme: string, value: string): void {
    const code = this.codeOf(scheme, false);
    if (code < 0 || !isHeld(value)) return;
    this.probe(code, value, (_record, slot) => {
      this.slots[slot] = GONE;
      this.held -= 1;
    });
  }

  /** The entries of an identifier in their order, none where it has none; null where it can't tell. */
  find(scheme: string, value: string): EntryRow[] | null {
    if (this.crowded || !isHeld(value)) return null;
    const code = this.codeOf(scheme, false);
    if (code < 0) return [];
    const found: EntryRow[] = [];
    if (!this.probe(code, value, (record) => found.push(this.read(record)))) return null;
    return found.length > 1 ? inOrder(found) : found;
  }

  /** Shows every record of an identifier; false where too many slots would have to be looked at. */
  private probe(code: number, value: string, see: (record: number, slot: number) => void): boolean {
    const mask = this.slots.length - 1;
    let slot = this.hash(code, value) & mask;
    for (let probes = 0; probes < PROBES_MAX; probes += 1) {
      const record = this.slots[slot]!;
      if (record === EMPTY) return true;
      if (record !== GONE && this.isOf(record, code, value)) see(record, slot);
      slot = (slot + 1) & mask;
    }
    return false;
  }

  private isOf(record: number, code: number, value: string): boolean {
    const chunk = this.chunks[Math.floor(record / CHUNK_UNITS)]!;
    const at = (record % CHUNK_UNITS) * UNIT;
    if (chunk[at] !== code || chunk[at + 1] !== value.length) return false;
    for (let i = 0; i < value.length; i += 1) {
      if (chunk[at + HEAD_BYTES + i] !== value.charCodeAt(i)) return false;
    }
    return true;
  }

  private read(record: number): EntryRow {
    const chunk = this.chunks[Math.floor(record / CHUNK_UNITS)]!;
    const at = (record % CHUNK_UNITS) * UNIT;
    const idAt = at + HEAD_BYTES + chunk[at + 1]!;
    const dayAt = idAt + chunk[at + 2]!;
    const dayEnd = dayAt + chunk[at + 3]!;
    return {
      workId: chunk.toString('latin1', idAt, dayAt),
      standingId: chunk.readInt32LE(at + 4),
      confidencePpm: chunk.readInt32LE(at + 8),
      releasedOn: dayAt === dayEnd ? undefined : chunk.toString('latin1', dayAt, dayEnd),
    };
  }

  private write(code: number, value: string, entry: EntryRow): number {
    const { workId, standingId, confidencePpm, releasedOn = '' } = entry;
    const length = HEAD_BYTES + value.length + workId.length + releasedOn.length;
    if ((this.end % CHUNK_BYTES) + length > CHUNK_BYTES) {
      this.end = Math.ceil(this.end / CHUNK_BYTES) * CHUNK_BYTES;
    }
    const number = Math.floor(this.end / CHUNK_BYTES);
    const chunk = (this.chunks[number] ??= Buffer.allocUnsafeSlow(CHUNK_BYTES));
    const at = this.end % CHUNK_BYTES;
    chunk[at] = code;
    chunk[at + 1] = value.length;
    chunk[at + 2] = workId.length;
    chunk[at + 3] = releasedOn.length;
    chunk.writeInt32LE(standingId, at + 4);
    chunk.writeInt32LE(confidencePpm, at + 8);
    chunk.write(value + workId + releasedOn, at + HEAD_BYTES, 'latin1');
    this.end += Math.ceil(length / UNIT) * UNIT;
    return number * CHUNK_UNITS + at / UNIT;
  }

  private take(slots: Uint32Array, hash: number, record: number): void {
    const mask = slots.length - 1;
    let slot = hash & mask;
    // Whoever was taken out leaves room: an identifier that changes often must not crowd its own slots.
    for (let probes = 0; slots[slot]! > GONE; probes += 1) {
      if (probes === PROBES_MAX) this.crowded = true;
      slot = (slot + 1) & mask;
    }
    if (slots[slot] === EMPTY) this.used += 1;
    slots[slot] = record;
  }

  private grow(): void {
    const slots = new Uint32Array(
      this.held * 4 > this.slots.length ? this.slots.length * 2 : this.slots.length,
    );
    const old = this.slots;
    this.used = 0;
    for (const record of old) {
      if (record === EMPTY || record === GONE) continue;
      const chunk = this.chunks[Math.floor(record / CHUNK_UNITS)]!;
      const at = (record % CHUNK_UNITS) * UNIT;
      const value = chunk.toString('latin1', at + HEAD_BYTES, at + HEAD_BYTES + chunk[at + 1]!);
      this.take(slots, this.hash(chunk[at]!, value), record);
    }
    this.slots = slots;
  }

  /** FNV-1a from a seed of this process, with its bits mixed once more. */
  private hash(code: number, value: string): number {
    let hash = Math.imul(this.seed ^ code, 0x01000193);
    for (let at = 0; at < value.length; at += 1) {
      hash = Math.imul(hash ^ value.charCodeAt(at), 0x01000193);
    }
    hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
    hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
    return (hash ^ (hash >>> 16)) >>> 0;
  }

  private codeOf(scheme: string, isNew: boolean): number {
    const known = this.schemes.indexOf(scheme);
    return known < 0 && isNew ? this.schemes.push(scheme) - 1 : known;
  }
}

function isHeld(value: string): boolean {
  if (value.length > VALUE_MAX) return false;
  for (let at = 0; at < value.length; at += 1) if (value.charCodeAt(at) > 127) return false;
  return true;
}
