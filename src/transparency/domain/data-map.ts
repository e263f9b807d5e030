import type { LeafType } from './leaf.js';

/** What a value in a leaf may look like. None of these forms can hold a name, an address or a text. */
export type LeafForm =
  /** A random id of ours: `pty_` and 26 characters. */
  | 'id'
  /** A random UUID of the registry’s own. */
  | 'uuid'
  /** A word of a closed list, in lower case. */
  | 'word'
  /** 32 bytes in hex: a digest, or a commitment that says nothing without its salt. */
  | 'hash'
  /** 32 bytes in base64. */
  | 'key'
  /** A whole number that is not negative. */
  | 'number'
  /** YYYY-MM-DD. */
  | 'day'
  | 'flag'
  /** A country in two capitals, EU or WORLD. */
  | 'place'
  /** Null and nothing else. */
  | 'nothing';

export interface DataMapLine {
  readonly form: LeafForm;
  /** May be null. */
  readonly nullable?: true;
  readonly what: string;
  /** Why it is no personal datum. */
  readonly why: string;
}

/** Fields by their path in the content of a leaf; `[]` stands for each element of a list. */
export type DataMapOfType = Readonly<Record<string, DataMapLine>>;

const RANDOM_ID = 'a random id; who or what it means stands in tables that can be erased';
const CLOSED = 'a word of a closed list that thousands of works share';
const COMMITTED = 'a commitment with a random salt; without the salt it says nothing';
const A_TIME = 'a time by itself names nobody';
const A_NUMBER = 'a number that many works share';
const A_PLACE = 'a country of where a right holds, not of where somebody is';
const A_FLAG = 'yes or no';

const territory = (nothing: string): DataMapOfType => ({
  territory: { form: 'nothing', what: nothing, why: 'nothing is said' },
  'territory.include[]': { form: 'place', what: 'countries where it holds', why: A_PLACE },
  'territory.exclude[]': { form: 'place', what: 'countries left out of those', why: A_PLACE },
});

const linkOf = (path: string, what: string): DataMapOfType => ({
  [`${path}[].kind`]: { form: 'word', what: `${what}: of which kind`, why: CLOSED },
  [`${path}[].to`]: { form: 'id', what: `${what}: to which work`, why: RANDOM_ID },
});

const verifiedLinkOf = (path: string, what: string): DataMapOfType => ({
  ...linkOf(path, what),
  [`${path}[].verified`]: { form: 'flag', what: `${what}: is it proven`, why: A_FLAG },
});

const catalogueOf = (path: string, what: string): DataMapOfType => ({
  [`${path}[].id`]: { form: 'id', what, why: RANDOM_ID },
  [`${path}[].keeper`]: { form: 'id', what: 'the party that keeps the catalogue', why: RANDOM_ID },
});

/**
 * The closed list of what leaves hold. A field that has no line here does not belong into the log:
 * replays refuse it, and a spec holds every leaf of a busy registry against it.
 */
export const LEAF_DATA_MAP: Readonly<Record<LeafType, DataMapOfType>> = {
  work: {
    kind: { form: 'word', what: 'kind of work; in the first leaf of a work alone', why: CLOSED },
    releasedOn: {
      form: 'day',
      what: 'day of first release',
      why: 'a day of the work, not of a person',
    },
    'identifiers[]': { form: 'hash', what: 'identifiers that it has from here on', why: COMMITTED },
    ...verifiedLinkOf('links', 'a link to another work'),
    ...catalogueOf('catalogues', 'a catalogue that holds it'),
    'addIdentifiers[]': { form: 'hash', what: 'identifiers that are added', why: COMMITTED },
    'removeIdentifiers[]': { form: 'hash', what: 'identifiers that end', why: COMMITTED },
    ...verifiedLinkOf('addLinks', 'a link that is added'),
    ...linkOf('removeLinks', 'a link that ends'),
    ...catalogueOf('addCatalogues', 'a catalogue that it is put into'),
    'removeCatalogues[]': {
      form: 'id',
      what: 'a catalogue that it is taken out of',
      why: RANDOM_ID,
    },
  },
  claim: {
    party: { form: 'id', what: 'who claims', why: RANDOM_ID },
    work: { form: 'id', what: 'what is claimed', why: RANDOM_ID },
    layer: { form: 'word', what: 'which layer of it', why: CLOSED },
    role: { form: 'word', what: 'what the claimant is to the work', why: CLOSED },
    sharePpm: { form: 'number', what: 'share in parts per million', why: A_NUMBER },
    ...territory('the claim reaches the world'),
    exclusive: { form: 'flag', what: 'whether it excludes others', why: A_FLAG },
    level: { form: 'number', what: 'how well it is proven, 0 to 4', why: A_NUMBER },
    method: { form: 'word', what: 'how the level came about', why: CLOSED },
    state: { form: 'word', what: 'active, disputed or withdrawn', why: CLOSED },
    mandate: { form: 'id', nullable: true, what: 'the mandate that it rests on', why: RANDOM_ID },
    madeAt: {
      form: 'number',
      nullable: true,
      what: 'time of the first version; null in that one',
      why: A_TIME,
    },
  },
  declaration: {
    declaration: { form: 'id', what: 'the declaration', why: RANDOM_ID },
    party: { form: 'id', what: 'who declares', why: RANDOM_ID },
    layer: { form: 'word', what: 'on which layer', why: CLOSED },
    subjectKind: { form: 'word', what: 'work, release, catalogue or party', why: CLOSED },
    subject: { form: 'id', what: 'about what', why: RANDOM_ID },
    terms: {
      form: 'hash',
      what: 'digest of the terms; the terms may hold a name and stand outside',
      why: 'a digest of what can be erased',
    },
    effectiveFrom: { form: 'number', nullable: true, what: 'from when on it holds', why: A_TIME },
    effectiveUntil: { form: 'number', nullable: true, what: 'until when it holds', why: A_TIME },
    withdraws: {
      form: 'id',
      nullable: true,
      what: 'the declaration that is taken back',
      why: RANDOM_ID,
    },
  },
  dispute: {
    work: { form: 'id', what: 'over which work', why: RANDOM_ID },
    layer: { form: 'word', what: 'over which layer of it', why: CLOSED },
    'claims[]': { form: 'id', what: 'a claim that it touches', why: RANDOM_ID },
    openedBy: {
      form: 'id',
      nullable: true,
      what: 'the party that opened it; null where two exclusive claims did',
      why: RANDOM_ID,
    },
    state: { form: 'word', what: 'opened or resolved', why: CLOSED },
    how: {
      form: 'word',
      nullable: true,
      what: 'withdrawn, upheld, dismissed or lapsed; null while it is open',
      why: CLOSED,
    },
  },
  trigger: {
    work: { form: 'id', what: 'for which work', why: RANDOM_ID },
    kind: { form: 'word', what: 'which state archives found', why: CLOSED },
    months: {
      form: 'number',
      nullable: true,
      what: 'for how many months it had lasted at least',
      why: A_NUMBER,
    },
    party: {
      form: 'id',
      nullable: true,
      what: 'the archive, or the rights holder that objects; null in in_effect and dropped',
      why: RANDOM_ID,
    },
    evidence: {
      form: 'hash',
      nullable: true,
      what: 'digest of the evidence, which stands outside',
      why: 'a digest of what can be erased',
    },
    state: {
      form: 'word',
      what: 'declared, dissented, in_effect, objected or dropped',
      why: CLOSED,
    },
    holders: {
      form: 'number',
      nullable: true,
      what: 'how many archives held the work when the quorum was reached',
      why: A_NUMBER,
    },
    inEffectAt: {
      form: 'number',
      nullable: true,
      what: 'from when on it counts unless somebody objects before; in in_effect alone',
      why: A_TIME,
    },
  },
  mandate: {
    principal: { form: 'id', what: 'who is represented', why: RANDOM_ID },
    representative: { form: 'id', what: 'by whom', why: RANDOM_ID },
    'rights[]': { form: 'word', what: 'what the representative may do', why: CLOSED },
    purposes: { form: 'nothing', what: 'for every purpose', why: 'nothing is said' },
    'purposes[]': { form: 'word', what: 'purposes that it is limited to', why: CLOSED },
    ...territory('the mandate reaches the world'),
    validFrom: { form: 'number', what: 'from when on it holds', why: A_TIME },
    validUntil: { form: 'number', nullable: true, what: 'until when it holds', why: A_TIME },
    state: { form: 'word', what: 'confirmed or revoked', why: CLOSED },
    society: {
      form: 'flag',
      what: 'whether the representative is a collecting society',
      why: 'a kind of organisation, not of person',
    },
  },
  key: {
    party: { form: 'id', what: 'whose passkey; absent for a key of the registry', why: RANDOM_ID },
    use: { form: 'word', what: 'log, receipt, or declare for a passkey', why: CLOSED },
    publicKey: {
      form: 'key',
      what: 'public key of the registry, base64',
      why: 'of the registry, not of a person',
    },
    digest: { form: 'hash', what: 'commitment to the public key of a passkey', why: COMMITTED },
    state: { form: 'word', what: 'added, active, ended or revoked', why: CLOSED },
  },
  vocabulary: {
    version: {
      form: 'word',
      what: 'version of the closed lists',
      why: 'of the registry, not of a person',
    },
    digest: {
      form: 'hash',
      what: 'digest of the closed lists',
      why: 'a digest of what is published',
    },
  },
  erasure: {
    subjectKind: { form: 'word', what: 'work or party', why: CLOSED },
    subject: { form: 'id', what: 'what is withdrawn for good; its stream too', why: RANDOM_ID },
    state: { form: 'word', what: 'withdrawn', why: CLOSED },
  },
  snapshot: {
    snapshot: { form: 'uuid', what: 'the snapshot', why: 'a random id of a file, not of a person' },
    size: { form: 'number', what: 'leaves of the log that it was made from', why: A_NUMBER },
    count: { form: 'number', what: 'identifiers that it holds', why: A_NUMBER },
    digest: {
      form: 'hash',
      what: 'digest of its manifest',
      why: 'a digest of what is published',
    },
  },
};
