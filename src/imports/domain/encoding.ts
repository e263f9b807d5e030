import { isUtf8 } from 'node:buffer';
import chardet from 'chardet';
import iconv from 'iconv-lite';

/** Encodings that a file may be said to have; the names are iconv-lite's. */
export const ENCODINGS = [
  'utf-8',
  'utf-16le',
  'utf-16be',
  'iso-8859-1',
  'windows-1252',
  'iso-8859-2',
  'iso-8859-9',
  'iso-8859-15',
  'windows-1250',
  'windows-1251',
  'windows-1253',
  'windows-1254',
  'windows-1257',
  'koi8-r',
  'macintosh',
  'shift_jis',
  'euc-jp',
  'gb18030',
  'big5',
  'euc-kr',
] as const;

export type Encoding = (typeof ENCODINGS)[number];

/** Encodings with a structure that hardly comes about by chance, so a detector may be believed. */
const STRUCTURED: ReadonlySet<string> = new Set([
  'shift_jis',
  'euc-jp',
  'gb18030',
  'big5',
  'euc-kr',
]);
const CONFIDENCE_MIN = 50;

export interface DetectedEncoding {
  readonly encoding: Encoding;
  /** What was assumed and why; null where there was nothing to assume. */
  readonly note: string | null;
}

/** The listed encoding of this name in any usual spelling, or null. */
export function encodingNamed(name: string): Encoding | null {
  const key = name.trim().toLowerCase().replace(/[_ ]/g, '-');
  const known: Record<string, Encoding> = {
    utf8: 'utf-8',
    latin1: 'iso-8859-1',
    'latin-1': 'iso-8859-1',
    cp1252: 'windows-1252',
    'utf-16': 'utf-16le',
    utf16: 'utf-16le',
    sjis: 'shift_jis',
    'shift-jis': 'shift_jis',
    gbk: 'gb18030',
    gb2312: 'gb18030',
    mac: 'macintosh',
    macroman: 'macintosh',
  };
  return known[key] ?? ENCODINGS.find((encoding) => encoding === key) ?? null;
}

/**
 * Finds the encoding of a text file: its byte order mark, else UTF-8 where every byte fits, else
 * an East Asian encoding where its structure shows, else Latin-1 (Windows-1252 where that alone
 * has the letters). Returns null for what is no text: NUL bytes without UTF-16's pattern.
 */
export function detectEncoding(bytes: Uint8Array): DetectedEncoding | null {
  const [first, second, third] = bytes;
  if (first === 0xef && second === 0xbb && third === 0xbf) return { encoding: 'utf-8', note: null };
  if (first === 0xff && second === 0xfe) return { encoding: 'utf-16le', note: null };
  if (first === 0xfe && second === 0xff) return { encoding: 'utf-16be', note: null };
  const wide = withoutMark(bytes);
  if (wide !== undefined) return wide;
  if (isUtf8(bytes)) return { encoding: 'utf-8', note: null };
  const telling = tellingLines(bytes);
  const best = chardet.analyse(telling)[0];
  const guess = best && best.confidence >= CONFIDENCE_MIN ? encodingNamed(best.name) : null;
  const encoding = guess && STRUCTURED.has(guess) ? guess : westEuropean(bytes);
  const note = `Read as ${encoding}: the bytes are not UTF-8. If letters look wrong, name the encoding.`;
  return { encoding, note };
}

/** UTF-16 without its mark: every other byte of Western text is NUL. */
function withoutMark(bytes: Uint8Array): DetectedEncoding | null | undefined {
  const sample = bytes.subarray(0, 4096);
  if (!sample.includes(0)) return undefined;
  let [even, odd] = [0, 0];
  sample.forEach((byte, at) => {
    if (byte !== 0) return;
    if (at % 2 === 0) even += 1;
    else odd += 1;
  });
  const many = sample.length / 4;
  const note = 'Read as UTF-16, for every other byte is empty.';
  if (odd > many && even < many / 8) return { encoding: 'utf-16le', note };
  if (even > many && odd < many / 8) return { encoding: 'utf-16be', note };
  return null;
}

/** The lines with letters beyond ASCII, up to 64 KiB of them: the rest tells a detector nothing. */
function tellingLines(bytes: Uint8Array): Buffer {
  const lines: Uint8Array[] = [];
  let [size, start, telling] = [0, 0, false];
  for (let at = 0; at < bytes.length && size < 65_536; at++) {
    if (bytes[at]! >= 0x80) telling = true;
    if (bytes[at] !== 0x0a) continue;
    if (telling) {
      lines.push(bytes.subarray(start, at + 1));
      size += at + 1 - start;
    }
    [start, telling] = [at + 1, false];
  }
  return lines.length === 0 ? Buffer.from(bytes.subarray(0, 65_536)) : Buffer.concat(lines);
}

/** Windows-1252 fills with letters and curly quotes what Latin-1 leaves to control characters. */
function westEuropean(bytes: Uint8Array): Encoding {
  return bytes.some((byte) => byte >= 0x80 && byte < 0xa0) ? 'windows-1252' : 'iso-8859-1';
}

/** Decodes piece by piece, so that a large file is never a second time in memory as text. */
export function* decodeInPieces(
  bytes: Uint8Array,
  encoding: Encoding,
  pieceSize = 65_536,
): Generator<string> {
  const decoder = iconv.getDecoder(encoding, { stripBOM: true });
  for (let start = 0; start < bytes.length; start += pieceSize) {
    const text = decoder.write(Buffer.from(bytes.subarray(start, start + pieceSize)));
    if (text !== '') yield text;
  }
  const rest = decoder.end();
  if (rest) yield rest;
}
