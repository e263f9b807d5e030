import { defineScheme, type IdentifierSubject, type Scheme } from './identifier.js';
import { refuse } from './refusal.js';
import { withoutQuery } from './typed-text.js';
import { readUuid } from './uuid.js';

const ADDRESS = /^(?:https?:\/\/)?(?:www\.|beta\.)?musicbrainz\.org\/([a-z-]+)\/([^/?#]+)$/i;
/** Newer ids are random (4); ids from before 2011 were often derived from a name (3). */
const MINTED_VERSIONS = '345';

interface MusicBrainzEntity<Name extends string> {
  scheme: Name;
  entity: 'recording' | 'work' | 'release' | 'release-group' | 'artist';
  subject: IdentifierSubject;
  example: string;
}

/**
 * A MusicBrainz id names something only together with its entity type, and the bare UUID does not
 * tell the type. So each entity type is a scheme of its own; were they one, the id of an artist
 * could be registered, and found, as that of a recording. Plain `mbid` is the recording, which is
 * what audio files and music data sets carry under that name.
 */
function defineMusicBrainz<const Name extends string>(of: MusicBrainzEntity<Name>): Scheme<Name> {
  const name = `A MusicBrainz ${of.entity} id`;
  return defineScheme({
    scheme: of.scheme,
    title: `MusicBrainz ${of.entity} id`,
    subject: [of.subject],
    example: of.example,
    read(text) {
      const address = ADDRESS.exec(withoutQuery(text));
      if (address === null) return readUuid(name, text, MINTED_VERSIONS);
      if (address[1]?.toLowerCase() !== of.entity) {
        return refuse('wrong_form', `This MusicBrainz address does not name a ${of.entity}.`);
      }
      return readUuid(name, address[2] ?? '', MINTED_VERSIONS);
    },
  });
}

export const mbid = defineMusicBrainz({
  scheme: 'mbid',
  entity: 'recording',
  subject: 'work',
  example: 'fcbcdc39-8851-4efc-a02a-ab0e13be224f',
});

export const mbidWork = defineMusicBrainz({
  scheme: 'mbid-work',
  entity: 'work',
  subject: 'work',
  example: '10c1a66a-8166-32ec-a00f-540f111ce7a3',
});

export const mbidRelease = defineMusicBrainz({
  scheme: 'mbid-release',
  entity: 'release',
  subject: 'work',
  example: '59211ea4-ffd2-4ad9-9a4e-941d3148024a',
});

export const mbidReleaseGroup = defineMusicBrainz({
  scheme: 'mbid-release-group',
  entity: 'release-group',
  subject: 'work',
  example: '9162580e-5df4-32de-80cc-f45a8d8a9b1d',
});

export const mbidArtist = defineMusicBrainz({
  scheme: 'mbid-artist',
  entity: 'artist',
  subject: 'party',
  example: 'b10bbbfc-cf9e-42e0-be17-e2c3e1d2600d',
});
