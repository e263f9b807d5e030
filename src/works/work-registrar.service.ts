import { randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { Transaction } from '#platform';
import { identifierCommitment, type LeafDraft, LogAppender } from '#transparency';
import type { WorkDraft } from './work-draft.js';
import { catalogueInLeaf } from './work-leaf.js';
import { type WorkRows, WorksRepository } from './works.repository.js';

/**
 * Registers works, one or ten thousand, in the caller's transaction: a bounded number of
 * statements whatever the number of works. The caller has checked the drafts and the rights.
 */
@Injectable()
export class WorkRegistrar {
  constructor(
    private readonly works: WorksRepository,
    private readonly log: LogAppender,
  ) {}

  /** Registers the drafts and returns when they were recorded (epoch ms). */
  async register(tx: Transaction, drafts: readonly WorkDraft[]): Promise<number> {
    const salts = drafts.map((draft) => draft.identifiers.map(() => randomBytes(32)));
    const { leafIndexes, recordedAt } = await this.log.append(
      tx,
      drafts.map((draft, at) => leafOf(draft, salts[at]!)),
    );
    const rows = emptyRows();
    const recorded = new Date(recordedAt);
    drafts.forEach((draft, at) => {
      addRows(rows, draft, salts[at]!, {
        recordedAt: recorded,
        leafIndex: String(leafIndexes[at]),
      });
    });
    await this.works.insert(tx, rows);
    for (const draft of drafts) tx.emit('works:work:changed', { workId: draft.workId });
    return recordedAt;
  }
}

function emptyRows(): WorkRows {
  return { works: [], contributors: [], identifiers: [], links: [], catalogueWorks: [] };
}

/** The leaf of a new work: no title and no name, and a commitment in place of each identifier. */
function leafOf(draft: WorkDraft, salts: readonly Buffer[]): LeafDraft {
  return {
    type: 'work',
    stream: draft.workId,
    content: {
      kind: draft.kind,
      ...(draft.releasedOn ? { releasedOn: draft.releasedOn } : {}),
      identifiers: draft.identifiers.map((identifier, at) =>
        identifierCommitment(salts[at]!, identifier.scheme, identifier.value).toString('hex'),
      ),
      links: draft.links.map(({ kind, toWorkId, verified }) => ({ kind, to: toWorkId, verified })),
      catalogues: draft.catalogues.map(catalogueInLeaf),
    },
    concerns: [draft.registrantPartyId],
  };
}

function addRows(
  rows: WorkRows,
  draft: WorkDraft,
  salts: readonly Buffer[],
  place: { recordedAt: Date; leafIndex: string },
): void {
  const { workId } = draft;
  rows.works.push({
    workId,
    kind: draft.kind,
    title: draft.title,
    language: draft.language ?? null,
    releasedOn: draft.releasedOn ?? null,
    registrantPartyId: draft.registrantPartyId,
    ...place,
  });
  draft.contributors.forEach(({ name, role, partyId }, position) => {
    rows.contributors.push({ workId, position, name, role, partyId: partyId ?? null });
  });
  draft.identifiers.forEach(({ scheme, value, typed }, at) => {
    rows.identifiers.push({ workId, scheme, value, typed, salt: salts[at]!, ...place });
  });
  for (const { kind, toWorkId, verified } of draft.links) {
    rows.links.push({ fromWorkId: workId, toWorkId, kind, verified, ...place });
  }
  for (const { catalogueId } of draft.catalogues) {
    rows.catalogueWorks.push({ catalogueId, workId, ...place });
  }
}
