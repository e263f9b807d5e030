import { Module } from '@nestjs/common';
import { LookupModule } from '#lookup';
import { TransparencyModule } from '#transparency';
import { OperatorSnapshotsController } from './operator-snapshots.controller.js';
import { SnapshotBuilder } from './snapshot-builder.service.js';
import { SnapshotJobs } from './snapshot-jobs.repository.js';
import { SnapshotPublisher } from './snapshot-publisher.service.js';
import { SnapshotSchedule } from './snapshot-schedule.service.js';
import { SnapshotShelf } from './snapshot-shelf.service.js';
import { SnapshotStandings } from './snapshot-standings.repository.js';
import { SnapshotsController } from './snapshots.controller.js';

@Module({
  imports: [LookupModule, TransparencyModule],
  controllers: [SnapshotsController, OperatorSnapshotsController],
  providers: [
    ...[SnapshotBuilder, SnapshotJobs, SnapshotPublisher],
    ...[SnapshotSchedule, SnapshotShelf, SnapshotStandings],
  ],
})
export class PublishingModule {}
