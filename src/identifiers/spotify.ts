import { defineScheme, type IdentifierSubject, type Reading, type Scheme } from './identifier.js';
import { refuse } from './refusal.js';
import { withoutQuery } from './typed-text.js';

type SpotifyEntity = 'track' | 'album' | 'artist';

const URI = /^spotify:([a-z]+):([^:]+)$/i;
const ADDRESS =
  /^(?:https?:\/\/)?open\.spotify\.com\/(?:intl-[a-z-]+\/)?(?:embed\/)?([a-z]+)\/([^/?#]+)$/i;
const BASE_62 = /^[0-9A-Za-z]{22}$/;
/** 2^128 - 1: an id is a 128-bit number in base 62, so not every text of 22 characters is one. */
const GREATEST = '7N42dgm5tFLK9N8MT7fHC7';

/** The same 22 characters may name a track and an album, so each entity type is a scheme. */
function defineSpotify<const Name extends string>(
  scheme: Name,
  entity: SpotifyEntity,
  subject: IdentifierSubject,
  example: string,
): Scheme<Name> {
  return defineScheme({
    scheme,
    title: `Spotify ${entity} id`,
    subject: [subject],
    example,
    read(text) {
      const named = URI.exec(text) ?? ADDRESS.exec(withoutQuery(text));
      if (named === null) return readSpotifyId(text, entity);
      if (named[1]?.toLowerCase() !== entity) {
        return refuse('wrong_form', `This Spotify link does not name a Spotify ${entity}.`);
      }
      return readSpotifyId(named[2] ?? '', entity);
    },
    display: (id) => `spotify:${entity}:${id}`,
  });
}

function readSpotifyId(id: string, entity: SpotifyEntity): Reading {
  if (!BASE_62.test(id)) {
    return refuse('wrong_form', `A Spotify ${entity} id is 22 letters or digits; case counts.`);
  }
  if (isAboveGreatest(id)) {
    return refuse('out_of_range', `This is above the greatest Spotify ${entity} id, ${GREATEST}.`);
  }
  return id;
}

function isAboveGreatest(id: string): boolean {
  for (let index = 0; index < id.length; index++) {
    const difference = base62Digit(id.charCodeAt(index)) - base62Digit(GREATEST.charCodeAt(index));
    if (difference !== 0) return difference > 0;
  }
  return false;
}

/** Digits, then small letters, then capitals; not the order of their character codes. */
function base62Digit(code: number): number {
  if (code <= 57) return code - 48;
  return code >= 97 ? code - 97 + 10 : code - 65 + 36;
}

export const spotifyTrack = defineSpotify(
  'spotify-track',
  'track',
  'work',
  'spotify:track:4uLU6hMCjMI75M1A2tKUQC',
);

export const spotifyAlbum = defineSpotify(
  'spotify-album',
  'album',
  'work',
  'spotify:album:0ETFjACtuP2ADo6LFhL6HN',
);

export const spotifyArtist = defineSpotify(
  'spotify-artist',
  'artist',
  'party',
  'spotify:artist:3WrFJ7ztbogyGnTHbHJFl2',
);
