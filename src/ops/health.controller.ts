import { setTimeout as sleep } from 'node:timers/promises';
import { type BeforeApplicationShutdown, Controller, Get, Header } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Public } from '#accounts';
import { DomainProblem } from '#kernel';
import { LookupDatabases } from '#lookup';
import { Database, METRICS } from '#platform';
import { Checkpoints, SigningStatus } from '#transparency';

export class HealthResponse {
  /** @example ok */
  status: 'ok';
}

export class ReadyResponse {
  /**
   * `read-only`: the database is out of reach, and lookups are answered from its standbys; changes are
   * refused with 503.
   * @example ok
   */
  status: 'ok' | 'read-only';
}

export class StandbyHealthResponse {
  /**
   * `serving`: lookups are read from it. `behind` and `away` pass by themselves; `refused` needs the
   * operator: it is no copy of this database, or was promoted.
   * @example serving
   */
  state: 'serving' | 'behind' | 'away' | 'refused';

  /** Why it is not serving. */
  reason: string | null;

  /** Leaves of its log when it was seen last. */
  size: number;
}

export class StandbysHealthResponse {
  /** In the order of LOOKUP_DATABASE_URLS. */
  standbys: StandbyHealthResponse[];
}

export class LogHealthResponse {
  /**
   * `signing` is as it should be. `starting` and `delayed` pass; `stopped` needs the operator: lookups
   * go on, and nothing is written.
   * @example signing
   */
  state: 'starting' | 'signing' | 'delayed' | 'stopped';

  /** Why it is not signing. */
  reason: string | null;

  /** Leaves that the last published checkpoint covers; null where there is none yet. */
  signedSize: number | null;
}

/** A database that takes longer is no use to a request, either. */
const PATIENCE_MS = 2_000;

/** For the machines that watch this one: alive, ready, and how it goes. */
@ApiTags('Operations')
@Controller()
export class HealthController implements BeforeApplicationShutdown {
  private stopping = false;

  constructor(
    private readonly database: Database,
    private readonly signing: SigningStatus,
    private readonly checkpoints: Checkpoints,
    private readonly lookups: LookupDatabases,
  ) {}

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
  @ApiOkResponse({ type: ReadyResponse })
  async ready(): Promise<ReadyResponse> {
    if (this.stopping || !(await this.reachesDatabase())) {
      if (!this.stopping && this.lookups.isServedByStandbys) return { status: 'read-only' };
      const why = this.stopping ? 'The server is stopping.' : 'The database is out of reach.';
      throw new DomainProblem('server/overloaded', why, { retryAfterSeconds: 5 });
    }
    return { status: 'ok' };
  }

  @Get('health/log')
  @Public()
  @Header('Cache-Control', 'no-store')
  @ApiOperation({ summary: 'Whether the log is being signed, and why not' })
  @ApiOkResponse({ type: LogHealthResponse })
  log(): LogHealthResponse {
    const { state, reason } = this.signing;
    return { state, reason, signedSize: this.checkpoints.latest?.size ?? null };
  }

  @Get('health/standbys')
  @Public()
  @Header('Cache-Control', 'no-store')
  @ApiOperation({ summary: 'Which standbys lookups are read from, and why not from the others' })
  @ApiOkResponse({ type: StandbysHealthResponse })
  standbys(): StandbysHealthResponse {
    return { standbys: [...this.lookups.health] };
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
