import { Module } from '@nestjs/common';
import { Acknowledgements } from './acknowledgements.service.js';
import { Checkpoints } from './checkpoints.service.js';
import { OperatorKeysController } from './keys/operator-keys.controller.js';
import { PublishedKeysController } from './keys/published-keys.controller.js';
import { RegistryKeysRepository } from './keys/registry-keys.repository.js';
import { SigningKeys } from './keys/signing-keys.service.js';
import { LogAppender } from './log-appender.service.js';
import { LogFilesController } from './log-files.controller.js';
import { LogFolders } from './log-folders.js';
import { LogProofs } from './log-proofs.service.js';
import { LogController } from './log.controller.js';
import { LogQuery } from './log.query.js';
import { LogRepository } from './log.repository.js';
import { LogSigner } from './signing/log-signer.service.js';
import { SigningStatus } from './signing/signing-status.service.js';
import { Witnesses } from './signing/witnesses.service.js';

@Module({
  controllers: [LogController, LogFilesController, PublishedKeysController, OperatorKeysController],
  providers: [
    ...[Acknowledgements, Checkpoints, LogAppender, LogFolders, LogProofs, LogQuery],
    ...[LogRepository, LogSigner, RegistryKeysRepository, SigningKeys, SigningStatus, Witnesses],
  ],
  exports: [
    Acknowledgements,
    Checkpoints,
    LogAppender,
    LogFolders,
    LogProofs,
    LogSigner,
    SigningKeys,
    SigningStatus,
  ],
})
export class TransparencyModule {}
