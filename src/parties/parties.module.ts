import { Module } from '@nestjs/common';
import { PartyAccessQuery } from './party-access.query.js';
import { PartyAccess } from './party-access.service.js';

@Module({
  providers: [PartyAccess, PartyAccessQuery],
  exports: [PartyAccess],
})
export class PartiesModule {}
