import { defineScheme } from './identifier.js';
import { withoutQuery } from './typed-text.js';
import { readUuid } from './uuid.js';

const ADDRESS = /^(?:https?:\/\/)?(?:www\.)?acoustid\.org\/track\//i;

/** AcoustID track id: a cluster of like-sounding fingerprints, so evidence and not proof of identity. */
export const acoustid = defineScheme({
  scheme: 'acoustid',
  title: 'AcoustID track id',
  subject: ['work'],
  example: '9ff43b6a-4f16-427c-93c2-92307ca505e0',
  read: (text) =>
    readUuid(
      'An AcoustID',
      ADDRESS.test(text) ? withoutQuery(text.replace(ADDRESS, '')) : text,
      '12345678',
    ),
});
