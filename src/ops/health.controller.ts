import { setTimeout as sleep } from 'node:timers/promises';
import { type BeforeApplicationShutdown, Controller, Get, Header } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Public } from '#accounts';
import { DomainProblem } from '#kernel';
import { Database, METRICS } from '#platform';

export class HealthResponse {
  /** @example ok */
  status: 'ok';
}

/** A database that takes longer is no use to a request, either. */
const PATIENCE_MS = 2_000;

/** For the machines that watch this one: alive, ready, and how it goes. */
@ApiTags('Operations')
@Controller()
export class HealthController implements BeforeApplicationShutdown {
  private stopping = false;

  constructor(private readonly database: Database) {}

  /** From here on nothing new is sent our way, while running requests are finished. */
  beforeApplicationShutdown(): void {
    this.stopping = true;
  }

  @Get('health/live')
  @Public()
  @Header('Cache-Control', 'no-store')
  @ApiOperation({ summary: 'Whether the process runs' })
  @ApiOkResponse({ type: HealthResponse })
  live(): HealthResponse {
    return { status: 'ok' };
  }

  @Get('health/ready')
  @Public()
  @Header('Cache-Control', 'no-store')
  @ApiOperation({ summary: 'Whether requests can be answered: the database is reached' })
  @ApiOkResponse({ type: HealthResponse })
  async ready(): Promise<HealthResponse> {
    if (this.stopping || !(await this.reachesDatabase())) {
      const why = this.stopping ? 'The server is stopping.' : 'The database is out of reach.';
      throw new DomainProblem('server/overloaded', why, { retryAfterSeconds: 5 });
    }
    return { status: 'ok' };
  }

  private async reachesDatabase(): Promise<boolean> {
    const end = new AbortController();
    const late = sleep(PATIENCE_MS, false, { signal: end.signal, ref: false }).catch(() => false);
    return Promise.race([this.database.isReachable(), late]).finally(() => end.abort());
  }

  @Get('metrics')
  @Public()
  @Header('Content-Type', METRICS.contentType)
  @ApiOperation({ summary: 'Metrics in Prometheus’ text format' })
  @ApiOkResponse({ content: { 'text/plain': { schema: { type: 'string' } } } })
  metrics(): Promise<string> {
    return METRICS.metrics();
  }
}
