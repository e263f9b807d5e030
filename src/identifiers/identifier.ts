import type { RefusedIdentifier } from './refusal.js';
import { admitText } from './typed-text.js';

/** What an identifier can stand for: a creative work (or a copy of one), or a person or organisation. */
export type IdentifierSubject = 'work' | 'party';

export interface AcceptedIdentifier<Name extends string = string> {
  readonly ok: true;
  readonly scheme: Name;
  /** The canonical (compact) form, which is what is stored and compared. */
  readonly value: string;
  /** Whether the typed form differed from the canonical one. */
  readonly repaired: boolean;
}

export type ParsedIdentifier<Name extends string = string> =
  AcceptedIdentifier<Name> | RefusedIdentifier;

/** What a scheme makes of admitted text: the canonical value, or the refusal. */
export type Reading = string | RefusedIdentifier;

export interface Scheme<Name extends string = string> {
  readonly scheme: Name;
  readonly title: string;
  readonly subject: readonly IdentifierSubject[];
  /** A value in its usual written form, for forms and error pages. */
  readonly example: string;
  /** Reads what a person or a file gave. Never throws, whatever it is given. */
  parse(raw: unknown): ParsedIdentifier<Name>;
  /** Writes a canonical value as people of the field write it; `parse` reads it back. */
  display(canonical: string): string;
}

export interface SchemeDefinition<Name extends string> {
  scheme: Name;
  title: string;
  subject: readonly IdentifierSubject[];
  example: string;
  /** Sees only admitted text: trimmed, NFKC, free of control characters, at most 512 long. */
  read: (text: string) => Reading;
  /** Left out where the canonical form is already the written one. */
  display?: (canonical: string) => string;
}

/** Builds a scheme, so that the admission of hostile input is written once and cannot be forgotten. */
export function defineScheme<const Name extends string>(
  definition: SchemeDefinition<Name>,
): Scheme<Name> {
  const { scheme, title, subject, example, read } = definition;
  return Object.freeze({
    scheme,
    title,
    subject,
    example,
    display: definition.display ?? ((canonical: string) => canonical),
    parse(raw: unknown): ParsedIdentifier<Name> {
      const text = admitText(raw);
      if (typeof text !== 'string') return text;
      const value = read(text);
      if (typeof value !== 'string') return value;
      return { ok: true, scheme, value, repaired: value !== raw };
    },
  });
}
