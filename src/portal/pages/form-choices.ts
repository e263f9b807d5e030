import { ACTOR_CLASSES, type ActorClass } from '#consent/domain';
import { SCHEMES } from '#identifiers';
import {
  COUNTRIES,
  getPurposeRule,
  type Purpose,
  type PurposeFamily,
  PURPOSES,
  type TerritoryCode,
} from '#vocabulary';

export interface Choice {
  readonly value: string;
  readonly label: string;
}

const FAMILIES: readonly (readonly [PurposeFamily, string])[] = [
  ['preservation', 'Keep it'],
  ['access', 'Show it'],
  ['ai', 'Let machines use it'],
  ['dataset', 'Pass it on'],
];

/** The purposes in plain words, by family. */
export const PURPOSE_CHOICES: readonly { label: string; choices: readonly Choice[] }[] =
  FAMILIES.map(([family, label]) => ({
    label,
    choices: PURPOSES.filter((purpose) => getPurposeRule(purpose).family === family).map(
      (purpose) => ({ value: purpose, label: sentence(labelOf(purpose)) }),
    ),
  }));

const ACTORS: Readonly<Record<ActorClass, readonly [label: string, asker: string]>> = {
  heritage_institution: ['an archive, museum or library', 'An archive, museum or library'],
  research: ['a researcher', 'A researcher'],
  education: ['a school or university', 'A school or university'],
  nonprofit: ['a non-profit', 'A non-profit'],
  government: ['a public authority', 'A public authority'],
  commercial: ['a company', 'A company'],
  individual: ['a private person', 'A private person'],
};

export const ACTOR_CHOICES: readonly Choice[] = ACTOR_CLASSES.map((value) => ({
  value,
  label: ACTORS[value][0],
}));

/** The one who asks, as the beginning of a sentence. */
export function askerOf(actorClass: ActorClass | null): string {
  return actorClass === null ? 'Anyone' : ACTORS[actorClass][1];
}

const names = new Intl.DisplayNames('en', { type: 'region' });

export const TERRITORY_CHOICES: readonly Choice[] = [
  { value: 'WORLD', label: 'everywhere' },
  { value: 'EU', label: 'the European Union' },
  ...COUNTRIES.map((value) => ({ value, label: nameOf(value) })).sort((a, b) =>
    a.label.localeCompare(b.label, 'en'),
  ),
];

function nameOf(code: TerritoryCode): string {
  return names.of(code) ?? code;
}

/** Only schemes that lead to works: a person is nothing to ask about here. */
export const SCHEME_CHOICES: readonly Choice[] = Object.values(SCHEMES)
  .filter(({ subject }) => subject.includes('work'))
  .map(({ scheme, title }) => ({ value: scheme, label: title }));

export function labelOf(purpose: Purpose): string {
  return getPurposeRule(purpose).label;
}

function sentence(words: string): string {
  return words.replace(/^./, (first) => first.toUpperCase());
}
