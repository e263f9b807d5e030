/**
 * Where something holds: ISO 3166-1 alpha-2 codes, `EU` and `WORLD`, less exclusions.
 * An absent territory is the whole world.
 */
export interface Territory {
  readonly include: readonly TerritoryCode[];
  readonly exclude?: readonly TerritoryCode[];
}

/** Upper-case ISO 3166-1 alpha-2, `EU` or `WORLD`; check foreign input with `isTerritoryCode`. */
export type TerritoryCode = string;

export const WORLD = 'WORLD';
export const EU = 'EU';

/** ISO 3166-1 alpha-2, officially assigned codes. */
export const COUNTRIES: readonly string[] = Object.freeze(
  (
    'AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR ' +
    'BS BT BV BW BY BZ CA CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ ' +
    'EC EE EG EH ER ES ET FI FJ FK FM FO FR GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GS GT GU GW ' +
    'GY HK HM HN HR HT HU ID IE IL IM IN IO IQ IR IS IT JE JM JO JP KE KG KH KI KM KN KP KR KW KY ' +
    'KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO MP MQ MR MS MT MU MV ' +
    'MW MX MY MZ NA NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PN PR PS PT PW PY ' +
    'QA RE RO RS RU RW SA SB SC SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TF TG ' +
    'TH TJ TK TL TM TN TO TR TT TV TW TZ UA UG UM US UY UZ VA VC VE VG VI VN VU WF WS YE YT ZA ZM ZW'
  ).split(' '),
);

/**
 * The members of the European Union under this vocabulary version. Membership changes come with a
 * new vocabulary version, so that an old answer can still be recomputed.
 */
export const EU_MEMBERS: readonly string[] = Object.freeze(
  'AT BE BG CY CZ DE DK EE ES FI FR GR HR HU IE IT LT LU LV MT NL PL PT RO SE SI SK'.split(' '),
);

const COUNTRY_SET: ReadonlySet<string> = new Set(COUNTRIES);
const EU_SET: ReadonlySet<string> = new Set(EU_MEMBERS);

/** Whether a value is an upper-case ISO 3166-1 alpha-2 code, `EU` or `WORLD`. */
export function isTerritoryCode(value: unknown): value is TerritoryCode {
  return typeof value === 'string' && (value === WORLD || value === EU || COUNTRY_SET.has(value));
}

function listHolds(list: readonly TerritoryCode[], country: string): boolean {
  return (
    list.includes(country) || list.includes(WORLD) || (list.includes(EU) && EU_SET.has(country))
  );
}

function holdsCountry(territory: Territory, country: string): boolean {
  if (!listHolds(territory.include, country)) return false;
  return territory.exclude === undefined || !listHolds(territory.exclude, country);
}

/** The countries that a code stands for; an unknown code stands for itself. */
function countriesOf(asked: TerritoryCode | undefined): readonly string[] | null {
  if (asked === undefined || asked === WORLD) return COUNTRIES;
  return asked === EU ? EU_MEMBERS : null;
}

/**
 * Whether all of the place asked about lies in the territory. An unstated place is covered only by
 * the whole world, and `EU` or `WORLD` only when every country of it is.
 */
export function covers(
  territory: Territory | undefined,
  asked: TerritoryCode | undefined,
): boolean {
  if (territory === undefined) return true;
  if (territory.exclude === undefined || territory.exclude.length === 0) {
    if (territory.include.includes(WORLD)) return true;
    if (asked === EU && territory.include.includes(EU)) return true;
  }
  const countries = countriesOf(asked);
  if (countries === null) return holdsCountry(territory, asked as string);
  return countries.every((country) => holdsCountry(territory, country));
}

/**
 * Whether any of the place asked about lies in the territory: the scope of a deny. An unstated place
 * may be anywhere, so every territory that is not empty overlaps it.
 */
export function overlaps(
  territory: Territory | undefined,
  asked: TerritoryCode | undefined,
): boolean {
  if (territory === undefined) return true;
  const countries = countriesOf(asked);
  if (countries === null) return holdsCountry(territory, asked as string);
  return countries.some((country) => holdsCountry(territory, country));
}

/** Whether two territories meet somewhere in the place asked about (anywhere, when unstated). */
export function meet(
  a: Territory | undefined,
  b: Territory | undefined,
  asked: TerritoryCode | undefined,
): boolean {
  if (a === undefined) return overlaps(b, asked);
  if (b === undefined) return overlaps(a, asked);
  const countries = countriesOf(asked) ?? [asked as string];
  return countries.some((country) => holdsCountry(a, country) && holdsCountry(b, country));
}

/** Whether all of `inner` lies in `outer`; absent means the whole world. */
export function isWithin(inner: Territory | undefined, outer: Territory | undefined): boolean {
  if (outer === undefined) return true;
  return COUNTRIES.every(
    (country) =>
      (inner !== undefined && !holdsCountry(inner, country)) || holdsCountry(outer, country),
  );
}
