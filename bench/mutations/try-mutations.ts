import { Random } from '../samples/random.js';
import { LOGS } from './logs.js';
import type { MutationKind } from './mutation.js';
import { CHECKPOINTS, COSIGNATURES, NOTES, PROOF_FILES } from './notes.js';
import { CONSISTENCY, INCLUSION } from './proofs.js';
import { RECEIPTS } from './receipts.js';

/** How large a part of the cases each kind takes; reading a whole log costs the most. */
const KINDS: readonly (readonly [kind: MutationKind, parts: number])[] = [
  [INCLUSION, 20],
  [CONSISTENCY, 20],
  [NOTES, 14],
  [CHECKPOINTS, 12],
  [COSIGNATURES, 10],
  [PROOF_FILES, 10],
  [RECEIPTS, 13],
  [LOGS, 1],
];

export interface KindFigures {
  readonly name: string;
  readonly mutations: number;
  cases: number;
  /** Documents that were accepted as they were. */
  sound: number;
  /** What was accepted and must not be, as `kind: mutation`. */
  readonly accepted: string[];
}

/**
 * Tries at least `cases` mutated documents, all mutations of all kinds in turn. A sound document that
 * is refused ends the run: it would make every refusal that follows worthless.
 */
export async function tryMutations(cases: number, seed: number): Promise<KindFigures[]> {
  const random = new Random(seed);
  const figures: KindFigures[] = [];
  for (const [kind, parts] of KINDS) {
    figures.push(await tryKind(kind, Math.ceil((cases * parts) / 100), random));
  }
  return figures;
}

async function tryKind(kind: MutationKind, cases: number, random: Random): Promise<KindFigures> {
  const names = Object.keys((await kind.sample(random)).mutations);
  const figures = {
    name: kind.name,
    mutations: names.length,
    cases: 0,
    sound: 0,
    accepted: [] as string[],
  };
  while (figures.cases < cases) {
    const { sound, mutations } = await kind.sample(random);
    if (!(await sound()).ok) throw new Error(`${kind.name}: a sound document was refused`);
    figures.sound += 1;
    for (const [name, mutate] of Object.entries(mutations)) {
      if (figures.cases >= cases) break;
      const verdict = await mutate(random)();
      if (verdict.ok) figures.accepted.push(`${kind.name}: ${name}`);
      figures.cases += 1;
    }
  }
  return figures;
}
