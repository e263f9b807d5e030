/**
 * SHA-256 (FIPS 180-4) of four messages at a time, in WebAssembly with 128-bit vectors: lane l of
 * every vector belongs to message l.
 *
 * A batch is hashed item by item, and most of what `node:crypto` takes for a short text is the call.
 * Here a call compresses four blocks, and a state can be kept: items that begin alike are hashed from
 * where they part. Specs hold every result against `node:crypto`, which also does the work where
 * there are no vectors.
 */

/** Places in the module's memory, in bytes. */
const K_AT = 0;
const W_AT = 256;
const STATE_AT = 1_280;
const BLOCKS_AT = 2_048;
const MEMORY_PAGES = 2;

export const LANES = 4;
export const STATE_WORDS = 8;
export const BLOCK_WORDS = 16;

/** How many blocks of four messages there is room for. */
export const BLOCKS_MAX = (MEMORY_PAGES * 65_536 - BLOCKS_AT) / (BLOCK_WORDS * LANES * 4);

const PRIMES = firstPrimes(64);

/** The first 32 bits of the fractions of the cube roots of the first 64 primes. */
const K = PRIMES.map((prime) => fractionOf(Math.cbrt(prime)));

/** Those of the square roots of the first eight: the state before the first block. */
export const INITIAL_STATE = Int32Array.from(PRIMES.slice(0, 8), (p) => fractionOf(Math.sqrt(p)));

/** The module's memory as its users fill it. */
export interface Lanes {
  /** Word i of lane l at `i * LANES + l`. */
  readonly state: Int32Array;
  /** Word i of block b of lane l at `(b * 16 + i) * LANES + l`. */
  readonly blocks: Int32Array;
  /** Takes block b of every lane into its state. */
  compress(block: number): void;
}

/** As far as it is used here; the libraries that Node's types stand on leave it out. */
declare const WebAssembly: {
  validate(code: Uint8Array): boolean;
  Module: new (code: Uint8Array) => object;
  Instance: new (module: object) => {
    readonly exports: {
      readonly m: { readonly buffer: ArrayBuffer };
      readonly f: (at: number) => void;
    };
  };
};

let shared: Lanes | null | undefined;

/**
 * The lanes of this process, made when they are first needed; null where this machine has no
 * vectors in WebAssembly. Whoever fills them reads the result before anybody else has a turn.
 */
export function sharedLanes(): Lanes | null {
  if (shared === undefined) shared = createLanes();
  return shared;
}

function createLanes(): Lanes | null {
  const code = moduleBytes();
  if (!WebAssembly.validate(code)) return null;
  const { m, f } = new WebAssembly.Instance(new WebAssembly.Module(code)).exports;
  new Int32Array(m.buffer, K_AT, K.length).set(K);
  return {
    state: new Int32Array(m.buffer, STATE_AT, STATE_WORDS * LANES),
    blocks: new Int32Array(m.buffer, BLOCKS_AT),
    compress: (block) => f(BLOCKS_AT + block * BLOCK_WORDS * LANES * 4),
  };
}

function firstPrimes(count: number): number[] {
  const primes: number[] = [];
  for (let n = 2; primes.length < count; n += 1) if (primes.every((p) => n % p)) primes.push(n);
  return primes;
}

function fractionOf(root: number): number {
  return ((root % 1) * 2 ** 32) | 0;
}

/** A piece of code: bytes that leave one value, or none, on the stack. */
type Code = readonly number[];

const unsigned = (n: number): Code => (n < 128 ? [n] : [(n & 127) | 128, ...unsigned(n >>> 7)]);
const signed = (n: number): Code =>
  n >= -64 && n < 64 ? [n & 127] : [(n & 127) | 128, ...signed(n >> 7)];
const vector = (op: number): Code => [0xfd, ...unsigned(op)];

const get = (local: number): Code => [0x20, ...unsigned(local)];
const set = (local: number, value: Code): Code => [...value, 0x21, ...unsigned(local)];
const int = (n: number): Code => [0x41, ...signed(n)];
const plus = (a: Code, b: Code): Code => [...a, ...b, 0x6a];
const load = (at: Code, offset: number): Code => [...at, ...vector(0), 4, ...unsigned(offset)];
const loadInAll = (at: Code, offset: number): Code => [...at, ...vector(9), 2, ...unsigned(offset)];
const store = (at: Code, value: Code, offset: number): Code => [
  ...[...at, ...value],
  ...[...vector(11), 4, ...unsigned(offset)],
];
const and = (a: Code, b: Code): Code => [...a, ...b, ...vector(78)];
const or = (a: Code, b: Code): Code => [...a, ...b, ...vector(80)];
const xor = (a: Code, b: Code): Code => [...a, ...b, ...vector(81)];
const left = (a: Code, by: number): Code => [...a, ...int(by), ...vector(171)];
const right = (a: Code, by: number): Code => [...a, ...int(by), ...vector(173)];
const add = (first: Code, ...rest: Code[]): Code =>
  rest.reduce((sum, one) => [...sum, ...one, ...vector(174)], first);
const rotate = (a: Code, by: number): Code => or(right(a, by), left(a, 32 - by));
/** Repeats a body while `at`, raised by `step` after it, is below `end`. */
const loop = (at: number, step: number, end: number, body: Code): Code => [
  ...[0x03, 0x40, ...body],
  ...set(at, plus(get(at), int(step))),
  ...[...get(at), ...int(end), 0x49, 0x0d, 0, 0x0b],
];

/** Numbers of the function's locals: its parameter, a counter, then the working variables. */
const BLOCK = 0;
const AT = 1;
const A = 2;
const T1 = A + STATE_WORDS;
const LOCALS = T1 + 1;

/** FIPS 180-4 §6.2.2, step 1: the message schedule into W. */
function schedule(): Code {
  const word = (back: number) => load(get(AT), W_AT + (BLOCK_WORDS - back) * 16);
  const s0 = xor(xor(rotate(get(A), 7), rotate(get(A), 18)), right(get(A), 3));
  const s1 = xor(xor(rotate(get(T1), 17), rotate(get(T1), 19)), right(get(T1), 10));
  const copy = Array.from({ length: BLOCK_WORDS }, (_, i) =>
    store(int(0), load(get(BLOCK), i * 16), W_AT + i * 16),
  );
  const next = [...set(A, word(15)), ...set(T1, word(2))];
  const sum = add(word(16), s0, word(7), s1);
  return [
    ...copy.flat(),
    ...set(AT, int(0)),
    ...loop(AT, 16, 48 * 16, [...next, ...store(get(AT), sum, W_AT + BLOCK_WORDS * 16)]),
  ];
}

/** Step 3, eight rounds: after them every variable is back in its own place. */
function rounds(): Code {
  return Array.from({ length: STATE_WORDS }, (_, round) => {
    const [a, b, c, d, e, f, g, h] = Array.from(
      { length: STATE_WORDS },
      (_one, i) => A + ((i - round + STATE_WORDS) % STATE_WORDS),
    ) as [number, number, number, number, number, number, number, number];
    const s1 = xor(xor(rotate(get(e), 6), rotate(get(e), 11)), rotate(get(e), 25));
    const choice = xor(get(g), and(get(e), xor(get(f), get(g))));
    const s0 = xor(xor(rotate(get(a), 2), rotate(get(a), 13)), rotate(get(a), 22));
    const majority = or(and(get(a), get(b)), and(get(c), or(get(a), get(b))));
    // K has a word where W has a vector: the counter runs over K.
    const k = loadInAll(get(AT), K_AT + round * 4);
    const w = load([...get(AT), ...int(2), 0x74], W_AT + round * 16);
    return [
      ...set(T1, add(get(h), s1, choice, k, w)),
      ...set(d, add(get(d), get(T1))),
      ...set(h, add(get(T1), s0, majority)),
    ];
  }).flat();
}

function compressBody(): Code {
  const places = Array.from({ length: STATE_WORDS }, (_, i) => i);
  return [
    ...schedule(),
    ...places.flatMap((i) => set(A + i, load(int(0), STATE_AT + i * 16))),
    ...set(AT, int(0)),
    ...loop(AT, STATE_WORDS * 4, 64 * 4, rounds()),
    ...places.flatMap((i) => {
      return store(int(0), add(get(A + i), load(int(0), STATE_AT + i * 16)), STATE_AT + i * 16);
    }),
  ];
}

/** The module: one function `f` of the place of a block, and its memory `m`. */
function moduleBytes(): Uint8Array {
  const sized = (bytes: Code): Code => [...unsigned(bytes.length), ...bytes];
  const section = (id: number, bytes: Code): Code => [id, ...sized(bytes)];
  const name = (letter: string): Code => [1, letter.charCodeAt(0)];
  const locals = [2, 1, 0x7f, ...unsigned(LOCALS - A), 0x7b];
  return Uint8Array.from([
    ...[0x00, 0x61, 0x73, 0x6d, 1, 0, 0, 0],
    ...section(1, [1, 0x60, 1, 0x7f, 0]),
    ...section(3, [1, 0]),
    ...section(5, [1, 0, MEMORY_PAGES]),
    ...section(7, [2, ...name('f'), 0, 0, ...name('m'), 2, 0]),
    ...section(10, [1, ...sized([...locals, ...compressBody(), 0x0b])]),
  ]);
}
