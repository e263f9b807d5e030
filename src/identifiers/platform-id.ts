import { defineScheme, type Reading } from './identifier.js';
import { refuse } from './refusal.js';

/**
 * Numeric ids of platforms. Most platforms count tracks, albums and artists separately, so the same
 * number means different things; each scheme here therefore stands for one kind of thing only, and
 * an address of another kind is refused instead of being stripped to its number.
 */

const NUMBER = /^[1-9]\d{0,18}$/;
const DEEZER = /^(?:https?:\/\/)?(?:www\.)?deezer\.com\/(?:[a-z]{2}\/)?([a-z]+)\/(\d+)(?:[/?#]|$)/i;
const TIDAL =
  /^(?:https?:\/\/)?(?:www\.|listen\.)?tidal\.com\/(?:browse\/)?([a-z]+)\/(\d+)(?:[/?#]|$)/i;
const DISCOGS =
  /^(?:https?:\/\/)?(?:www\.)?discogs\.com\/(?:[a-z_]{2,5}\/)?([a-z]+)\/(\d+)(?:[-/?#]|$)/i;
const DISCOGS_SHORT = /^\[?r(\d+)\]?$/i;
const APPLE = /^(?:https?:\/\/)?(?:geo\.)?(?:music|itunes)\.apple\.com\//i;
const APPLE_SONG_IN_ALBUM = /[?&]i=(\d+)(?:[&#]|$)/;
const APPLE_SONG = /\/song\/(?:[^/?#]+\/)?(\d+)(?:[/?#]|$)/i;

/** Deezer track. */
export const deezer = defineScheme({
  scheme: 'deezer',
  title: 'Deezer track id',
  subject: ['work'],
  example: '3135556',
  read: (text) =>
    readAddressOrNumber(text, { name: 'Deezer track', address: DEEZER, kind: 'track' }),
});

/** Tidal track. */
export const tidal = defineScheme({
  scheme: 'tidal',
  title: 'Tidal track id',
  subject: ['work'],
  example: '77646164',
  read: (text) => readAddressOrNumber(text, { name: 'Tidal track', address: TIDAL, kind: 'track' }),
});

/** Discogs release: one pressing or issue (`r249504`), not the master that gathers them. */
export const discogs = defineScheme({
  scheme: 'discogs',
  title: 'Discogs release id',
  subject: ['work'],
  example: '249504',
  read: (text) =>
    readAddressOrNumber(DISCOGS_SHORT.exec(text)?.[1] ?? text, {
      name: 'Discogs release',
      address: DISCOGS,
      kind: 'release',
    }),
});

/** Apple Music song. In the address of an album the song is the parameter `i`. */
export const apple = defineScheme({
  scheme: 'apple',
  title: 'Apple Music song id',
  subject: ['work'],
  example: '1440857786',
  read(text) {
    if (!APPLE.test(text)) return readNumber(text, 'Apple Music song');
    const song = APPLE_SONG_IN_ALBUM.exec(text) ?? APPLE_SONG.exec(text);
    if (song !== null) return readNumber(song[1] ?? '', 'Apple Music song');
    return refuse('wrong_form', 'This Apple Music address does not name a song.');
  },
});

function readAddressOrNumber(
  text: string,
  { name, address, kind }: { name: string; address: RegExp; kind: string },
): Reading {
  const match = address.exec(text);
  if (match === null) return readNumber(text, name);
  if (match[1]?.toLowerCase() === kind) return readNumber(match[2] ?? '', name);
  return refuse('wrong_form', `This address does not name a ${name}.`);
}

function readNumber(text: string, name: string): Reading {
  if (NUMBER.test(text)) return text;
  return refuse(
    'wrong_form',
    `The id of a ${name} is a number of at most 19 digits without leading zeros.`,
  );
}
