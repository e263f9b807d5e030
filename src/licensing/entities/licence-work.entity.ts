import { Entity, PrimaryColumn } from 'typeorm';

@Entity('licence_works')
export class LicenceWorkEntity {
  @PrimaryColumn({ type: 'text' })
  granteePartyId: string;

  @PrimaryColumn({ type: 'text' })
  workId: string;

  @PrimaryColumn({ type: 'text' })
  licenceId: string;
}
