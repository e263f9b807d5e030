import { ACTOR_CLASSES, type ActorClass } from '#consent/domain';
import {
  type AcceptedIdentifier,
  detectScheme,
  isSchemeName,
  parseIdentifier,
  SCHEMES,
  type SchemeName,
} from '#identifiers';
import { isPurpose, isTerritoryCode, type Purpose, type TerritoryCode } from '#vocabulary';

/** Longer input is cut before it is shown again; no identifier is as long. */
const SHOWN_LENGTH_MAX = 512;

/** A field of the form that has to be mended, with the sentence for the person. */
export interface Fault {
  readonly field: 'q' | 'scheme' | 'purpose' | 'who' | 'where';
  readonly detail: string;
}

/** What somebody asks on the front page, as far as it could be read. */
export interface Question {
  /** As typed, to be shown again. */
  readonly typed: string;
  /** As chosen; null where the form of the identifier decides. */
  readonly scheme: SchemeName | null;
  /** Null for the main uses at a glance. */
  readonly purpose: Purpose | null;
  readonly actorClass: ActorClass | null;
  readonly territory: TerritoryCode | null;
  readonly lawfulSource: boolean;
  /** Present where the question can be answered. */
  readonly identifier: AcceptedIdentifier<SchemeName> | null;
  readonly faults: readonly Fault[];
}

/**
 * Reads the query of the front page. Takes anything: what it does not know it leaves out, what a
 * person has to mend comes back as a fault. Null when nothing was asked.
 */
export function readQuestion(query: Readonly<Record<string, unknown>>): Question | null {
  if (query['q'] === undefined) return null;
  const typed = textOf(query['q']);
  const chosen = textOf(query['scheme']);
  const scheme = isSchemeName(chosen) ? chosen : null;
  const faults: Fault[] = [];
  const choose = <T extends string>(
    field: Fault['field'],
    text: string,
    isKnown: (text: string) => text is T,
  ): T | null => {
    if (text === '') return null;
    if (isKnown(text)) return text;
    faults.push({ field, detail: 'This is not among the choices; choose one from the list.' });
    return null;
  };
  const read = readIdentifier(typed, scheme);
  if ('detail' in read) faults.push(read);
  return {
    typed: typed.slice(0, SHOWN_LENGTH_MAX),
    scheme,
    purpose: choose('purpose', textOf(query['purpose']), isPurpose),
    actorClass: choose('who', textOf(query['who']), isActorClass),
    territory: choose('where', textOf(query['where']).toUpperCase(), isTerritoryCode),
    lawfulSource: textOf(query['lawful']) === 'yes',
    identifier: 'detail' in read ? null : read,
    faults,
  };
}

function readIdentifier(
  typed: string,
  chosen: SchemeName | null,
): AcceptedIdentifier<SchemeName> | Fault {
  const scheme = chosen ?? detectScheme(typed);
  // Any scheme refuses what is no readable text at all, and says why.
  const read = parseIdentifier(scheme ?? 'isrc', typed);
  if (!read.ok && (scheme !== null || isUnreadable(read.reason))) {
    return { field: 'q', detail: read.detail };
  }
  if (scheme === null || !read.ok) {
    const detail =
      'This could be an identifier of several kinds, or of none. Say below which kind it is.';
    return { field: 'scheme', detail };
  }
  const { subject, title } = SCHEMES[scheme];
  if (subject.includes('work')) return read;
  const detail = `This names a person or an organisation (${title}). Ask with an identifier of a work, such as its ISRC.`;
  return { field: 'q', detail };
}

function isUnreadable(reason: string): boolean {
  return ['empty', 'too_long', 'unreadable_text'].includes(reason);
}

/** A parameter that was sent twice counts with its first value. */
function textOf(value: unknown): string {
  const first: unknown = Array.isArray(value) ? value[0] : value;
  return typeof first === 'string' ? first : '';
}

function isActorClass(text: string): text is ActorClass {
  return (ACTOR_CLASSES as readonly unknown[]).includes(text);
}
