import { covers, type Layer } from '#vocabulary';
import { noteChange } from './inquiry.js';
import type { Asking, Licence, Offer } from './inquiry.js';

function reachesPurpose(purposes: readonly string[], asking: Asking): boolean {
  for (const purpose of asking.rule.chain) if (purposes.includes(purpose)) return true;
  return false;
}

/** Whether a grant or offer runs at the moment asked about; its edges end the validity. */
function runs(from: number | undefined, until: number | undefined, asking: Asking): boolean {
  noteChange(asking, from);
  noteChange(asking, until);
  return (
    (from === undefined || from <= asking.asOf) && (until === undefined || asking.asOf < until)
  );
}

/**
 * Rule 4.2: the licence that was granted to this very inquirer for this purpose, territory, period and
 * layer; of several the least id, so that the answer does not hang on their order. A licence that names
 * works must name the very work whose layer it is: one for a recording says nothing about a composition
 * that somebody links to it later.
 */
export function findLicence(asking: Asking, layer: Layer, workId: string): Licence | null {
  const { licences, inquirer } = asking.inquiry;
  if (licences === undefined || inquirer === undefined) return null;
  let found: Licence | null = null;
  for (const one of licences) {
    if (one.grantee !== inquirer || !reachesPurpose(one.purposes, asking)) continue;
    if (one.layers !== undefined && !one.layers.includes(layer)) continue;
    if (one.works !== undefined && !one.works.includes(workId)) continue;
    if (!covers(one.territory, asking.territory)) continue;
    if (one.recordedAt !== undefined && one.recordedAt > asking.asOf) continue;
    if (!runs(one.from, one.until, asking)) continue;
    if (found === null || one.licenceId < found.licenceId) found = one;
  }
  return found;
}

function isOpen(one: Offer, asking: Asking, party: string, layer: Layer, workId: string): boolean {
  if (one.party !== party || !reachesPurpose(one.purposes, asking)) return false;
  if (one.layers !== undefined && !one.layers.includes(layer)) return false;
  if (one.works !== undefined && !one.works.includes(workId)) return false;
  return covers(one.territory, asking.territory) && runs(one.from, one.until, asking);
}

/** Whether a party keeps an offer open that would lead this inquirer to a licence. */
export function hasOpenOffer(asking: Asking, party: string, layer: Layer, workId: string): boolean {
  let open = false;
  // Every offer is looked at, so that the end of the validity does not hang on their order.
  for (const one of asking.inquiry.offers ?? []) {
    if (isOpen(one, asking, party, layer, workId)) open = true;
  }
  return open;
}

/** The ids of a party's open offers for this purpose and layer, sorted. */
export function listOpenOffers(
  asking: Asking,
  party: string,
  layer: Layer,
  workId: string,
): readonly string[] {
  const open: string[] = [];
  for (const one of asking.inquiry.offers ?? []) {
    if (isOpen(one, asking, party, layer, workId)) open.push(one.offerId);
  }
  return open.sort();
}
