import { canonicalJson, sha256 } from '#kernel';
import {
  COUNTRIES,
  EU_MEMBERS,
  getPurposeRule,
  LAYERS,
  type Purpose,
  PURPOSES,
  VOCABULARY_VERSION,
  WORK_KINDS,
} from '#vocabulary';
import { ACTOR_CLASSES, listOverlays } from '#consent/domain';

/**
 * The closed lists that answers are computed with, by version and digest: SHA-256 over their
 * canonical JSON. The log holds it, so that nobody can recompute an answer with other lists and not
 * notice.
 */
export function describeVocabulary(): { readonly version: string; readonly digest: string } {
  const purposes = PURPOSES.map((purpose) => {
    const { parent, family, unset, chain, tightens } = getPurposeRule(purpose);
    return { purpose, parent, family, unset, chain, tightens: tightens?.purpose ?? null };
  });
  const overlays = PURPOSES.map((purpose) => ({ purpose, overlays: overlaysOf(purpose) }));
  const lists = {
    ...{ version: VOCABULARY_VERSION, layers: LAYERS, kinds: WORK_KINDS, purposes, overlays },
    ...{ countries: COUNTRIES, euMembers: EU_MEMBERS },
  };
  return { version: VOCABULARY_VERSION, digest: sha256(canonicalJson(lists)).toString('hex') };
}

/** Which statutes are told of beside an answer, wherever somebody asks from. */
function overlaysOf(purpose: Purpose): string[] {
  const ids = new Set<string>();
  for (const place of COUNTRIES) {
    for (const actorClass of ACTOR_CLASSES) {
      for (const { id } of listOverlays(purpose, place, actorClass)) ids.add(id);
    }
  }
  return [...ids].sort();
}
