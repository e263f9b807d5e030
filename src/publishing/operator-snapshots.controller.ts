import { Controller, Get, HttpCode, Post } from '@nestjs/common';
import { ApiAcceptedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { RequireScope } from '#accounts';
import {
  PlannedSnapshotResponse,
  SnapshotResponse,
  SnapshotsResponse,
} from './dto/snapshots.response.js';
import { SnapshotSchedule } from './snapshot-schedule.service.js';
import { SnapshotShelf } from './snapshot-shelf.service.js';

@ApiTags('operator')
@Controller('v1/operator/snapshots')
export class OperatorSnapshotsController {
  constructor(
    private readonly shelf: SnapshotShelf,
    private readonly schedule: SnapshotSchedule,
  ) {}

  @Get()
  @RequireScope('operator:decide')
  @ApiOperation({ summary: 'List the published snapshots, and why the last was not made' })
  @ApiOkResponse({ type: SnapshotsResponse })
  async list(): Promise<SnapshotsResponse> {
    const snapshots = (await this.shelf.list()).map(SnapshotResponse.from);
    return { snapshots, lastFailure: this.schedule.lastFailure };
  }

  /** Takes no Idempotency-Key: planned twice, it is made once. */
  @Post()
  @HttpCode(202)
  @RequireScope('operator:decide')
  @ApiOperation({ summary: 'Have a snapshot made now' })
  @ApiAcceptedResponse({ type: PlannedSnapshotResponse })
  async make(): Promise<PlannedSnapshotResponse> {
    await this.schedule.now();
    return { state: 'planned' };
  }
}
