import type { SnapshotFile, SnapshotManifest, SnapshotRole } from '#verify';

/** Terms of JSON-LD that the description uses, as Croissant 1.1 has them. */
const CONTEXT = {
  '@language': 'en',
  '@vocab': 'https://schema.org/',
  column: 'cr:column',
  conformsTo: 'dct:conformsTo',
  cr: 'http://mlcommons.org/croissant/',
  dataType: { '@id': 'cr:dataType', '@type': '@vocab' },
  dct: 'http://purl.org/dc/terms/',
  extract: 'cr:extract',
  field: 'cr:field',
  fileObject: 'cr:fileObject',
  isLiveDataset: 'cr:isLiveDataset',
  key: 'cr:key',
  recordSet: 'cr:recordSet',
  references: 'cr:references',
  sc: 'https://schema.org/',
  source: 'cr:source',
};

type Column = readonly [name: string, type: 'sc:Text' | 'sc:Integer' | 'sc:DateTime', what: string];

const STANDING: Column = ['standing', 'sc:Integer', 'The standing that it is in'];

/** The columns of docs/specs/snapshot.md; files of changes are for whoever holds an older snapshot. */
const COLUMNS: Readonly<Record<Exclude<SnapshotRole, 'changes'>, readonly Column[]>> = {
  identifiers: [['identifier', 'sc:Text', 'Canonical form in its scheme'], STANDING],
  standings: [STANDING, ['facts', 'sc:Text', 'What is evaluated, canonical JSON']],
  answers: [
    STANDING,
    ['purpose', 'sc:Text', 'What somebody might do with the work'],
    ['outcome', 'sc:Text', 'The answer to an inquiry that states nothing'],
    ['reasons', 'sc:Text', 'Why, with commas between'],
    ['valid_until', 'sc:DateTime', 'Until when the answer holds, UTC'],
  ],
};

const KEYS = {
  identifiers: ['identifier'],
  standings: ['standing'],
  answers: ['standing', 'purpose'],
};

/**
 * A snapshot as a dataset in JSON-LD (Croissant 1.1), for catalogues and loaders of datasets: its files with
 * address and digest, and their columns. It describes and proves nothing: what counts is the signed manifest.
 * `license` is an address, if the registry states one.
 */
export function croissantOf(manifest: SnapshotManifest, license?: string): object {
  const { iss, size, files } = manifest;
  const address = `${iss}/snapshots/${size}`;
  return {
    '@context': CONTEXT,
    '@type': 'sc:Dataset',
    conformsTo: 'http://mlcommons.org/croissant/1.1',
    name: `consent-snapshot-${size}`,
    description:
      `What ${iss} answered about ${manifest.identifiers} identifiers of works at one moment: whether they may be ` +
      `kept, shown and trained on. An identifier that is not listed is unknown, which is not permission.`,
    url: `${address}/manifest.json`,
    version: String(size),
    identifier: manifest.snapshot,
    datePublished: new Date(manifest.asOf).toISOString(),
    expires: new Date(manifest.expires).toISOString(),
    creator: { '@type': 'sc:Organization', name: iss, url: iss },
    ...(license === undefined ? {} : { license }),
    isLiveDataset: false,
    distribution: files.map((file) => ({
      '@type': 'cr:FileObject',
      '@id': file.path,
      name: file.path,
      contentUrl: `${address}/${file.path}`,
      contentSize: `${file.bytes} B`,
      encodingFormat: 'application/vnd.apache.parquet',
      sha256: file.sha256,
    })),
    recordSet: files.flatMap((file) => recordSetOf(file)),
  };
}

function recordSetOf({ path, role, scheme }: SnapshotFile): object[] {
  if (role === 'changes') return [];
  const id = path.replace(/\.parquet$/, '');
  return [
    {
      '@type': 'cr:RecordSet',
      '@id': id,
      name: scheme === undefined ? role : `${role} (${scheme})`,
      key: KEYS[role].map((name) => ({ '@id': `${id}/${name}` })),
      field: COLUMNS[role].map(([name, dataType, description]) => ({
        '@type': 'cr:Field',
        '@id': `${id}/${name}`,
        name,
        description,
        dataType,
        source: { fileObject: { '@id': path }, extract: { column: name } },
        ...(name === 'standing' && role !== 'standings'
          ? { references: { field: { '@id': 'standings/standing' } } }
          : {}),
      })),
    },
  ];
}
