import { covers, type Purpose, type Territory, type TerritoryCode } from '#vocabulary';
import { ACTOR_CLASSES } from './terms.js';
import type { ActorClass } from './terms.js';

/** A statute that may bear on the use. It is reported beside the answer and never changes it. */
export interface Overlay {
  readonly id: string;
  readonly title: string;
  readonly territory: TerritoryCode;
  readonly note: string;
}

interface OverlayRule {
  readonly overlay: Overlay;
  readonly place: Territory;
  readonly purposes: readonly Purpose[];
  readonly actorClasses: readonly ActorClass[];
}

const NOTE = 'Reported beside the answer; states no legal conclusion.';

const MINING: readonly Purpose[] = [
  'ai',
  'ai.analyse',
  'ai.train',
  'ai.train.nongenerative',
  'ai.train.generative',
  'ai.train.finetune',
  'ai.train.likeness',
  'ai.evaluate',
];
const COPYING: readonly Purpose[] = [
  'preservation',
  'preservation.ingest',
  'preservation.replicate',
  'preservation.migrate',
];
const TEACHING: readonly Purpose[] = ['access', 'access.onsite', 'access.preview', 'access.stream'];
const LIBRARY_USE: readonly Purpose[] = [...COPYING, 'access.onsite', 'access.research'];
const LISTENING: readonly Purpose[] = [
  ...COPYING,
  'access',
  'access.onsite',
  'access.research',
  'access.preview',
  'access.stream',
  'access.download',
];
const NOT_COMMERCIAL = ACTOR_CLASSES.filter((one) => one !== 'commercial');

function rule(
  id: string,
  title: string,
  territory: TerritoryCode,
  purposes: readonly Purpose[],
  actorClasses: readonly ActorClass[],
): OverlayRule {
  const overlay = Object.freeze({ id, title, territory, note: NOTE });
  return { overlay, place: { include: [territory] }, purposes, actorClasses };
}

const RULES: readonly OverlayRule[] = [
  rule('eu-2019-790-art-3', 'EU 2019/790 Art. 3, mining for scientific research', 'EU', MINING, [
    'research',
    'heritage_institution',
  ]),
  rule(
    'eu-2019-790-art-4',
    'EU 2019/790 Art. 4, mining unless the rightsholder reserves it',
    'EU',
    MINING,
    ACTOR_CLASSES,
  ),
  rule('eu-2019-790-art-5', 'EU 2019/790 Art. 5, illustration for teaching', 'EU', TEACHING, [
    'education',
  ]),
  rule('eu-2019-790-art-6', 'EU 2019/790 Art. 6, preservation of heritage', 'EU', COPYING, [
    'heritage_institution',
  ]),
  rule('us-17-usc-108', '17 USC 108, libraries and archives', 'US', LIBRARY_USE, [
    'heritage_institution',
  ]),
  rule(
    'us-17-usc-1401-c',
    '17 USC 1401(c), non-commercial use of pre-1972 sound recordings',
    'US',
    LISTENING,
    NOT_COMMERCIAL,
  ),
];

const EMPTY: readonly Overlay[] = Object.freeze([]);
const RULES_BY_PURPOSE = groupByPurpose();
/** One shared list per combination of rules: overlays cost nothing per answer. */
const LISTS = new Map<number, readonly Overlay[]>();

function groupByPurpose(): ReadonlyMap<Purpose, readonly number[]> {
  const groups = new Map<Purpose, number[]>();
  RULES.forEach((one, at) => {
    for (const purpose of one.purposes) {
      const group = groups.get(purpose);
      if (group === undefined) groups.set(purpose, [at]);
      else group.push(at);
    }
  });
  return groups;
}

/**
 * The statutes to report for a purpose, place and class of actor (section 4, rule 10). Without a stated
 * place or class there is nothing to report.
 */
export function listOverlays(
  purpose: Purpose,
  territory: TerritoryCode | undefined,
  actorClass: ActorClass | undefined,
): readonly Overlay[] {
  const candidates = RULES_BY_PURPOSE.get(purpose);
  if (candidates === undefined || territory === undefined || actorClass === undefined) return EMPTY;
  let bits = 0;
  for (let at = 0; at < candidates.length; at += 1) {
    const index = candidates[at]!;
    const one = RULES[index]!;
    if (one.actorClasses.includes(actorClass) && covers(one.place, territory)) bits |= 1 << index;
  }
  if (bits === 0) return EMPTY;
  let list = LISTS.get(bits);
  if (list === undefined) {
    list = Object.freeze(RULES.filter((_, at) => bits & (1 << at)).map((one) => one.overlay));
    LISTS.set(bits, list);
  }
  return list;
}
