import { LAYERS } from '#vocabulary';
import type { ContainedWork, LayerAnswer } from './answer.js';
import { evaluateLayer } from './evaluate-layer.js';
import type { Asking, WorkFacts } from './inquiry.js';
import { listLiveClaims } from './live-claims.js';
import { strictest } from './outcome-order.js';
import type { Outcome } from './outcome-order.js';

export interface WorkAnswer {
  readonly outcome: Outcome;
  readonly layers: readonly LayerAnswer[];
  readonly contained: readonly ContainedWork[];
}

const NONE: readonly never[] = Object.freeze([]);

/**
 * Rules 4.6 and 4.7 for one work: every required layer of the work, of what it embodies and of what it
 * samples by a verified link must permit; a release is the strictest of what it contains. Links may
 * form circles: each work is answered once.
 */
export function evaluateWork(work: WorkFacts, asking: Asking): WorkAnswer {
  if (work.kind === 'release') return evaluateRelease(work, asking);
  const layers = collectLayers(work, asking);
  return { outcome: strictestOf(layers), layers, contained: NONE };
}

/** A release that contains nothing has nothing that permits. */
function evaluateRelease(release: WorkFacts, asking: Asking): WorkAnswer {
  const contained: ContainedWork[] = [];
  const byKey = new Map<string, LayerAnswer>();
  for (const item of listContained(release)) {
    const layers = collectLayers(item, asking);
    const outcome = strictestOf(layers);
    contained.push({ workId: item.workId, kind: item.kind, outcome });
    // Two tracks may embody one composition; a licence for one of them does not free the other's use.
    for (const one of layers) {
      const key = `${one.layer} ${one.workId}`;
      const known = byKey.get(key);
      byKey.set(key, known === undefined ? one : stricterLayer(known, one));
    }
  }
  contained.sort((a, b) => (a.workId < b.workId ? -1 : 1));
  const layers = [...byKey.values()].sort(compareLayers);
  return { outcome: strictestOf(layers), layers, contained };
}

function listContained(release: WorkFacts): readonly WorkFacts[] {
  const found = new Map<string, WorkFacts>();
  const seen = new Set<string>([release.workId]);
  const open: WorkFacts[] = [release];
  for (let at = 0; at < open.length; at += 1) {
    for (const item of open[at]!.contains) {
      if (item.kind !== 'release') found.set(item.workId, item);
      else if (!seen.has(item.workId)) {
        seen.add(item.workId);
        open.push(item);
      }
    }
  }
  return [...found.values()];
}

/** The stricter of two answers about one layer; equal outcomes on different bases keep the public one. */
export function stricterLayer(a: LayerAnswer, b: LayerAnswer): LayerAnswer {
  if (a.outcome !== b.outcome) return strictest(a.outcome, b.outcome) === a.outcome ? a : b;
  return a.basis <= b.basis ? a : b;
}

export function compareLayers(a: LayerAnswer, b: LayerAnswer): number {
  const byLayer = LAYERS.indexOf(a.layer) - LAYERS.indexOf(b.layer);
  if (byLayer !== 0) return byLayer;
  return a.workId < b.workId ? -1 : a.workId > b.workId ? 1 : 0;
}

/** The strictest outcome over layers; none at all is `unknown`, never permission. */
export function strictestOf(layers: readonly { readonly outcome: Outcome }[]): Outcome {
  if (layers.length === 0) return 'unknown';
  let outcome: Outcome = 'permitted';
  for (const one of layers) outcome = strictest(outcome, one.outcome);
  return outcome;
}

/** Layers of a work, what it embodies and what it verifiably samples, in canonical order. */
function collectLayers(work: WorkFacts, asking: Asking): readonly LayerAnswer[] {
  const layers: LayerAnswer[] = [];
  const works: WorkFacts[] = [work];
  const reach = (next: WorkFacts): void => {
    if (!works.some((one) => one.workId === next.workId)) works.push(next);
  };
  for (let at = 0; at < works.length; at += 1) {
    const one = works[at]!;
    addOwnLayers(one, asking, layers);
    if (one.kind === 'recording' || one.kind === 'video') one.embodies.forEach(reach);
    for (const sample of one.samples) if (sample.verified) reach(sample.work);
  }
  return layers.length === 1 ? layers : oncePerLayer(layers.sort(compareLayers));
}

function oncePerLayer(sorted: LayerAnswer[]): readonly LayerAnswer[] {
  let kept = 0;
  for (let at = 1; at < sorted.length; at += 1) {
    const one = sorted[at]!;
    if (compareLayers(sorted[kept]!, one) === 0) sorted[kept] = stricterLayer(sorted[kept]!, one);
    else sorted[(kept += 1)] = one;
  }
  sorted.length = Math.min(sorted.length, kept + 1);
  return sorted;
}

/** The layers that a work requires by itself; a release requires none of its own. */
function addOwnLayers(work: WorkFacts, asking: Asking, out: LayerAnswer[]): void {
  switch (work.kind) {
    case 'release':
      return;
    case 'recording':
    case 'video':
      out.push(evaluateLayer(work, work.kind, asking));
      addPerformance(work, asking, out);
      if (work.kind === 'recording') addUnlinkedComposition(work, asking, out);
      return;
    default:
      out.push(evaluateLayer(work, work.kind, asking));
  }
}

/** Anyone's live claim makes the performance a required layer, also that of a performer in a video. */
function addPerformance(work: WorkFacts, asking: Asking, out: LayerAnswer[]): void {
  if (!work.claims.some((claim) => claim.layer === 'performance')) return;
  if (listLiveClaims(work.claims, 'performance', asking).length === 0) return;
  out.push(evaluateLayer(work, 'performance', asking));
}

/**
 * Where no composition is linked the layer is missing, unless composition claims were recorded on the
 * recording itself: then they answer for it.
 */
function addUnlinkedComposition(work: WorkFacts, asking: Asking, out: LayerAnswer[]): void {
  for (const embodied of work.embodies) if (embodied.kind === 'composition') return;
  out.push(evaluateLayer(work, 'composition', asking));
}
