/**
 * A small believable world. Everybody in it is made up; identifiers begin with ZZ, which is assigned
 * to no registrant.
 */
export const DEMO_PASSWORD = 'only for trying things out';

interface Wish {
  template: string;
  parameters?: Record<string, unknown>;
}

export interface DemoPerson {
  key: string;
  email: string;
  displayName: string;
  role: string;
  kind: string;
  /** Who it is, in the words of the start banner. */
  about: string;
  /** What the party says about everything it holds. */
  wish?: Wish;
}

export const DEMO_PEOPLE: readonly DemoPerson[] = [
  {
    key: 'ines',
    email: 'ines@demo.example',
    displayName: 'Ines Okonjo-Hall',
    role: 'artist',
    kind: 'person',
    about: 'artist: preserve it, never train on it',
    wish: { template: 'preserve_never_train' },
  },
  {
    key: 'juno',
    email: 'juno@demo.example',
    displayName: 'Juno Valemark',
    role: 'artist',
    kind: 'person',
    about: 'artist: train, but pay me',
    wish: {
      template: 'train_only_with_licence',
      parameters: { price: { amount: '12.50', currency: 'EUR', model: 'per_training_run' } },
    },
  },
  {
    key: 'quartet',
    email: 'quartet@demo.example',
    displayName: 'Tidewrack Quartet',
    role: 'artist',
    kind: 'group',
    about: 'group: open to research',
    wish: { template: 'open_to_research' },
  },
  {
    key: 'label',
    email: 'lantern@demo.example',
    displayName: 'Lanternfish Records',
    role: 'representative',
    kind: 'label',
    about: 'label: claims a recording that another label claims too',
  },
  {
    key: 'rival',
    email: 'greywater@demo.example',
    displayName: 'Greywater Phonograph',
    role: 'representative',
    kind: 'label',
    about: 'label: the other side of that conflict',
  },
  {
    key: 'archive',
    email: 'archive@demo.example',
    displayName: 'Hearthside Sound Archive',
    role: 'archive',
    kind: 'archive',
    about: 'archive: wants to keep copies',
  },
  {
    key: 'builder',
    email: 'builder@demo.example',
    displayName: 'Corvid Datasets',
    role: 'dataset_builder',
    kind: 'dataset_builder',
    about: 'dataset builder: wants to train on them',
  },
  {
    key: 'auditor',
    email: 'auditor@demo.example',
    displayName: 'Plumbline Audit',
    role: 'auditor',
    kind: 'auditor',
    about: 'auditor: checks what was in force',
  },
];

export interface DemoSong {
  by: string;
  artist: string;
  title: string;
  releasedOn: string;
  identifiers: { scheme: string; value: string }[];
  /** What is said about this one song, beside what its party says about everything. */
  wish?: Wish;
  /** A second party with a verified exclusive claim on the recording: a conflict. */
  alsoClaimedBy?: string;
}

const isrc = (value: string) => ({ scheme: 'isrc', value });

export const DEMO_SONGS: readonly DemoSong[] = [
  {
    by: 'ines',
    artist: 'Ines Okonjo-Hall',
    title: 'Harbour Without a Town',
    releasedOn: '2019-03-08',
    identifiers: [isrc('ZZ-FMT-19-00001')],
  },
  {
    by: 'ines',
    artist: 'Ines Okonjo-Hall',
    title: 'Letters to the Weather',
    releasedOn: '2021-10-22',
    identifiers: [isrc('ZZ-FMT-21-00002')],
    wish: { template: 'open_with_attribution', parameters: { attribution: 'Ines Okonjo-Hall' } },
  },
  {
    by: 'juno',
    artist: 'Juno Valemark',
    title: 'Slow Machines',
    releasedOn: '2022-05-13',
    identifiers: [isrc('ZZ-FMT-22-00003')],
  },
  {
    by: 'quartet',
    artist: 'Tidewrack Quartet',
    title: 'Quartet for Low Water',
    releasedOn: '2016-11-04',
    identifiers: [isrc('ZZ-FMT-16-00004')],
  },
  {
    by: 'label',
    artist: 'The Paper Lanterns',
    title: 'Two Owners',
    releasedOn: '1998-07-01',
    identifiers: [isrc('ZZ-FMT-98-00005')],
    alsoClaimedBy: 'rival',
  },
];
