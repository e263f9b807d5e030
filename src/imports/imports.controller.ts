import {
  Controller,
  Get,
  Headers,
  Logger,
  Param,
  Post,
  Query,
  Req,
  Res,
  StreamableFile,
} from '@nestjs/common';
import {
  ApiBody,
  ApiConsumes,
  ApiCreatedResponse,
  ApiOkResponse,
  ApiOperation,
  ApiTags,
} from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Readable } from 'node:stream';
import { type Actor, CurrentActor, RequireScope } from '#accounts';
import { Creates, invalid, pageOf, pageRequest, ProblemFilter } from '#platform';
import { CATALOGUE_TYPES, CatalogueBody } from './catalogue-body.js';
import { parseMapping } from './domain/index.js';
import { ImportRequest, ImportRowsRequest, ImportsQueryRequest } from './dto/import.request.js';
import {
  ImportPageResponse,
  ImportReportResponse,
  ImportResponse,
  ImportRowPageResponse,
  ImportRowResponse,
} from './dto/import.response.js';
import { importLines } from './import-stream.js';
import type { ImportProgress } from './imported.js';
import { rowsAsCsv } from './import-rows.js';
import { ImportHistory } from './import-history.service.js';
import { type ImportCatalogue, ImportsService } from './imports.service.js';

const FAULTS_SHOWN = 100;

@ApiTags('Imports')
@Controller('v1/imports')
export class ImportsController {
  private readonly logger = new Logger('imports');

  constructor(
    private readonly imports: ImportsService,
    private readonly history: ImportHistory,
    private readonly problems: ProblemFilter,
  ) {}

  @Post()
  @Creates()
  @RequireScope('imports:write')
  @ApiOperation({
    summary: 'Import a catalogue file: all good rows are in, each bad row is explained',
    description:
      'The body is the file, up to 64 MiB. The same file imported again changes nothing. With Accept: application/x-ndjson the answer is a stream of {"progress"} lines that ends in one {"report"} or {"problem"}.',
  })
  @ApiConsumes(...CATALOGUE_TYPES)
  @ApiBody({ schema: { type: 'string', format: 'binary' } })
  @ApiCreatedResponse({ type: ImportReportResponse })
  @ApiOkResponse({ type: ImportReportResponse, description: 'A dry run: nothing is stored.' })
  async importFile(
    @CurrentActor() actor: Actor,
    @Query() query: ImportRequest,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ImportReportResponse | StreamableFile> {
    const command = commandOf(query);
    await this.imports.checkRights(actor, command.party, command.template);
    const prepared = await this.imports.prepare(actor, command, await fileOf(request));
    const run = async (onProgress?: (progress: ImportProgress) => void) =>
      ImportReportResponse.from(
        await this.imports.run(prepared, onProgress),
        query.faults ?? FAULTS_SHOWN,
      );
    reply.status(command.dryRun ? 200 : 201);
    if (wantsLines(request)) return this.stream(run, request);
    const report = await run();
    if (report.id !== null) reply.header('Location', `/v1/imports/${report.id}`);
    return report;
  }

  @Get()
  @RequireScope('imports:write')
  @ApiOperation({ summary: 'List the imports of a party of yours, oldest first' })
  @ApiOkResponse({ type: ImportPageResponse })
  async list(
    @CurrentActor() actor: Actor,
    @Query() query: ImportsQueryRequest,
  ): Promise<ImportPageResponse> {
    const page = pageRequest(query);
    const rows = await this.history.list(actor, query.party, page);
    return pageOf(rows, page, (row) => row.importId, ImportResponse.of);
  }

  @Get(':import')
  @RequireScope('imports:write')
  @ApiOperation({ summary: 'Read what an import did' })
  @ApiOkResponse({ type: ImportResponse })
  async read(
    @CurrentActor() actor: Actor,
    @Param('import') importId: string,
  ): Promise<ImportResponse> {
    return ImportResponse.of(await this.history.get(actor, importId));
  }

  @Get(':import/rows')
  @RequireScope('imports:write')
  @ApiOperation({
    summary: 'Read what became of each row; with Accept: text/csv all of them as a table',
  })
  @ApiOkResponse({ type: ImportRowPageResponse })
  async rows(
    @CurrentActor() actor: Actor,
    @Param('import') importId: string,
    @Query() query: ImportRowsRequest,
    @Headers('accept') accept: string | undefined,
  ): Promise<ImportRowPageResponse | StreamableFile> {
    await this.history.get(actor, importId);
    if (accept?.includes('text/csv')) {
      const rows = this.history.everyRow(importId, query.outcome);
      const disposition = `attachment; filename="${importId}.csv"`;
      return new StreamableFile(rowsAsCsv(rows), { type: 'text/csv; charset=utf-8', disposition });
    }
    const page = pageRequest(query);
    const rows = await this.history.rows(importId, query.outcome, page);
    return pageOf(rows, page, (row) => String(row.line), ImportRowResponse.from);
  }

  private stream(
    run: (onProgress: (progress: ImportProgress) => void) => Promise<ImportReportResponse>,
    request: FastifyRequest,
  ): StreamableFile {
    const lines = importLines(run, (error) => {
      const problem = this.problems.bodyOf(error, request);
      if (problem.status >= 500)
        this.logger.error({ requestId: request.id, err: String((error as Error).stack) });
      return problem;
    });
    return new StreamableFile(Readable.from(lines), { type: 'application/x-ndjson' });
  }
}

function commandOf(query: ImportRequest): ImportCatalogue {
  const mapping = parseMapping(query.map ?? []);
  if (mapping === null) {
    throw invalid([{ pointer: '/map', detail: 'give pairs such as isrc:ISRC,title:Track' }]);
  }
  return {
    party: query.party,
    dryRun: query.dryRun ?? false,
    fileName: query.fileName ?? null,
    layers: query.layers?.includes('composition') ? ['recording', 'composition'] : ['recording'],
    template: query.template ?? null,
    mapping,
    encoding: query.encoding,
    dateOrder: query.dateOrder,
  };
}

async function fileOf(request: FastifyRequest): Promise<Buffer> {
  if (request.body instanceof CatalogueBody) return request.body.take();
  throw invalid([{ pointer: '', detail: 'the body must be the file, sent as text/csv' }]);
}

/** A stream can't be replayed, so it does not go together with a key. */
function wantsLines(request: FastifyRequest): boolean {
  const wants = request.headers.accept?.includes('application/x-ndjson') ?? false;
  if (wants && request.headers['idempotency-key'] !== undefined) {
    const detail = 'can’t be used with Accept: application/x-ndjson; leave one of the two out';
    throw invalid([{ pointer: '/headers/idempotency-key', detail }]);
  }
  return wants;
}
