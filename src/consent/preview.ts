import type { Purpose } from '#vocabulary';
import {
  type ActorClass,
  evaluate,
  explainAnswer,
  type Outcome,
  type WorkFacts,
} from './domain/index.js';
import type { TermSetContent } from './term-set.js';

export interface PreviewedAnswer {
  readonly asker: string;
  readonly purpose: Purpose;
  readonly outcome: Outcome;
  readonly sentences: string[];
}

const ASKERS: readonly [asker: string, actorClass: ActorClass, purposes: readonly Purpose[]][] = [
  [
    'A company that trains AI models',
    'commercial',
    ['ai.train.generative', 'ai.train.likeness', 'ai.input', 'dataset.redistribute'],
  ],
  ['A search engine', 'commercial', ['ai.search']],
  [
    'An archive',
    'heritage_institution',
    ['preservation.ingest', 'preservation.migrate', 'access.onsite', 'access.stream'],
  ],
  ['A researcher', 'research', ['access.research', 'ai.analyse', 'ai.train.nongenerative']],
];

/**
 * What machines conclude from a wish, if one verified party holds a recording and its composition
 * and declares nothing else. `asOf` is epoch ms; sources are lawful and everyone asks from `territory`.
 */
export function previewAnswers(
  content: TermSetContent,
  asOf: number,
  territory: string,
): PreviewedAnswer[] {
  const work = (layer: 'recording' | 'composition', embodies: WorkFacts[]): WorkFacts => ({
    workId: layer,
    kind: layer,
    claims: [
      {
        ...{ party: 'you', layer, sharePpm: 1_000_000, level: 3, exclusive: false },
        ...{ state: 'active', madeAt: asOf },
      },
    ],
    statements: [
      {
        ...{ declarationId: 'this', party: 'you', layer, recordedAt: asOf },
        subject: { kind: 'party', id: 'you' },
        ...content,
      },
    ],
    embodies,
    contains: [],
    samples: [],
  });
  const recording = work('recording', [work('composition', [])]);
  const match = { work: recording, confidence: 1, how: 'identifier' } as const;
  return ASKERS.flatMap(([asker, actorClass, purposes]) =>
    purposes.map((purpose) => {
      const inquiry = {
        ...{ asOf, territory, actorClass, lawfulSource: true },
        unknownPolicy: 'deny',
      } as const;
      const answer = evaluate([match], inquiry, purpose);
      const { outcome } = answer;
      return { asker, purpose, outcome, sentences: [...explainAnswer(asker, answer)] };
    }),
  );
}
