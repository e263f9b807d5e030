import { Injectable } from '@nestjs/common';
import { canonicalJson } from '#kernel';
import type { Transaction } from '#platform';
import type { SubjectKind } from './domain/index.js';
import { DeclarationEntity } from './entities/declaration.entity.js';
import { type TermSetContent, termSetDigest } from './term-set.js';

export interface StreamKey {
  readonly partyId: string;
  readonly layer: string;
  readonly subjectKind: SubjectKind;
  readonly subjectId: string;
}

@Injectable()
export class ConsentRepository {
  /** The id of this content, stored once however often it is declared. */
  async internTermSet(tx: Transaction, content: TermSetContent): Promise<string> {
    const parameters = [termSetDigest(content), canonicalJson(content)];
    await tx.manager.query(
      `INSERT INTO term_sets (digest, content) VALUES ($1, $2) ON CONFLICT (digest) DO NOTHING`,
      parameters,
    );
    const [row] = await tx.manager.query(`SELECT term_set_id FROM term_sets WHERE digest = $1`, [
      parameters[0],
    ]);
    return row.term_set_id;
  }

  async insert(tx: Transaction, declarations: readonly DeclarationEntity[]): Promise<void> {
    await tx.manager
      .createQueryBuilder()
      .insert()
      .into(DeclarationEntity)
      .values([...declarations])
      .updateEntity(false)
      .execute();
  }

  /** The last declaration of this party on this subject and layer, a withdrawal too. */
  async findHead(tx: Transaction, key: StreamKey): Promise<DeclarationEntity | null> {
    const { partyId, layer, subjectKind, subjectId } = key;
    return tx.manager.findOne(DeclarationEntity, {
      where: { partyId, layer, subjectKind, subjectId },
      order: { version: 'DESC' },
    });
  }
}
