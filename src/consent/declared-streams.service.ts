import { Injectable } from '@nestjs/common';
import { ClaimsQuery } from '#claims';
import { layerFault } from '#claims/domain';
import { invalid } from '#platform';
import { type Layer, LAYERS, type WorkKind } from '#vocabulary';
import { WorksQuery } from '#works';
import { ConsentQuery } from './consent.query.js';
import type { StreamKey } from './consent.repository.js';
import type { SubjectKind } from './domain/index.js';

/** Whose declaration it is, and what it covers, as it came over the wire. */
export interface DeclaredOn {
  party: string;
  subject: { kind: SubjectKind; id?: string };
  layers?: Layer[];
}

/** Finds the streams that a declaration continues: its subjects, layer by layer. */
@Injectable()
export class DeclaredStreams {
  constructor(
    private readonly works: WorksQuery,
    private readonly claims: ClaimsQuery,
    private readonly query: ConsentQuery,
  ) {}

  /** The streams that a declaration continues: one for each layer and work that it is about. */
  async of(command: DeclaredOn): Promise<StreamKey[]> {
    const { party, subject } = command;
    if (subject.kind === 'party') {
      if (subject.id !== undefined && subject.id !== party) {
        throw invalid([{ pointer: '/subject/id', detail: 'must be the declaring party itself' }]);
      }
      return layersOf(command).map((layer) => {
        return { partyId: party, layer, subjectKind: 'party', subjectId: party };
      });
    }
    const { kind: subjectKind, id: subjectId } = subject;
    if (subjectId === undefined) {
      throw invalid([{ pointer: '/subject/id', detail: `name the ${subjectKind}` }]);
    }
    if (subjectKind === 'catalogue') await this.refuseForeignCatalogue(party, subjectId);
    else if (subjectKind === 'work') return this.streamsOfWork(command, subjectId);
    else if ((await this.works.kindsOf([subjectId])).get(subjectId)?.kind !== 'release') {
      throw invalid([{ pointer: '/subject/id', detail: 'there is no release with this id' }]);
    }
    return layersOf(command).map((layer) => ({ partyId: party, layer, subjectKind, subjectId }));
  }

  private async refuseForeignCatalogue(party: string, catalogueId: string): Promise<void> {
    if ((await this.works.findCatalogue(catalogueId))?.partyId === party) return;
    throw invalid([{ pointer: '/subject/id', detail: 'the party has no catalogue with this id' }]);
  }

  /**
   * A recording's composition layer is that of the compositions it embodies, so a declaration on it is
   * made there. Without layers, those that the party claims are meant.
   */
  private async streamsOfWork(command: DeclaredOn, workId: string): Promise<StreamKey[]> {
    const { party } = command;
    const work = (await this.works.kindsOf([workId])).get(workId);
    if (!work) throw invalid([{ pointer: '/subject/id', detail: 'there is no work with this id' }]);
    const composed = work.kind === 'recording' || work.kind === 'video';
    const compositions = composed ? await this.query.listCompositionsOf(workId) : [];
    const held = await this.claims.listLayersHeld(party, [workId, ...compositions]);
    const layers = [...new Set(command.layers ?? held.map((claim) => claim.layer))];
    refuseForeignLayers(work.kind, layers);
    if (layers.length === 0) {
      const detail = 'the party claims no layer of this work; claim one, or name the layers';
      throw invalid([{ pointer: '/layers', detail }]);
    }
    return layers.flatMap((layer) => {
      const elsewhere = layer === 'composition' && composed;
      if (elsewhere && compositions.length === 0) {
        const detail = `the ${work.kind} embodies no composition here; link it first`;
        throw invalid([{ pointer: '/layers', detail }]);
      }
      const works = elsewhere
        ? compositions.filter((id) => command.layers || held.some((claim) => claim.workId === id))
        : [workId];
      return works.map(
        (id) => ({ partyId: party, layer, subjectKind: 'work', subjectId: id }) as const,
      );
    });
  }
}

/** Broad subjects without layers mean every layer that the party holds, now or later. */
function layersOf(command: DeclaredOn): readonly Layer[] {
  return command.layers ? [...new Set(command.layers)] : LAYERS;
}

/** Refuses layers that the work does not have: words on them would protect nothing. */
function refuseForeignLayers(kind: WorkKind, layers: readonly Layer[]): void {
  const isComposed = kind === 'recording' || kind === 'video';
  const faults = layers.flatMap((layer, at) => {
    const fault = layer === 'composition' && isComposed ? null : layerFault(kind, layer);
    return fault ? [{ pointer: `/layers/${at}`, detail: fault }] : [];
  });
  if (faults.length > 0) throw invalid(faults);
}
