import { Entity, PrimaryColumn } from 'typeorm';

/** A party is told of a leaf. */
@Entity('log_concerns')
export class LogConcernEntity {
  @PrimaryColumn({ type: 'text' })
  partyId: string;

  @PrimaryColumn({ type: 'bigint' })
  leafIndex: string;
}
