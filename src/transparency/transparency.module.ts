import { Module } from '@nestjs/common';
import { LogAppender } from './log-appender.service.js';
import { LogRepository } from './log.repository.js';
import { Checkpoints, SigningKeys } from './ports.js';
import { NoCheckpoints, NoSigningKeys } from './unsigned.js';

@Module({
  providers: [
    LogAppender,
    LogRepository,
    { provide: SigningKeys, useClass: NoSigningKeys },
    { provide: Checkpoints, useClass: NoCheckpoints },
  ],
  exports: [LogAppender, SigningKeys, Checkpoints],
})
export class TransparencyModule {}
