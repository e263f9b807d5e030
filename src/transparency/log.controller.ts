import { Controller, Get, Header, Param, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiParam, ApiProduces, ApiTags } from '@nestjs/swagger';
import { Public } from '#accounts';
import { DomainProblem } from '#kernel';
import { ConsistencyQueryRequest, InclusionQueryRequest } from './dto/log.request.js';
import {
  ConsistencyProofResponse,
  InclusionProofResponse,
  LogLeafResponse,
} from './dto/log.response.js';
import { LogProofs } from './log-proofs.service.js';

const PROOF_FILE = 'text/plain; charset=utf-8';

/** Proofs as JSON, for convenience: each equals what a client works out from the public tiles. */
@ApiTags('transparency')
@Controller('v1/log')
export class LogController {
  constructor(private readonly proofs: LogProofs) {}

  @Get('proof/inclusion')
  @Public()
  @ApiOperation({ summary: 'Prove that a leaf is in a published tree (RFC 6962 §2.1.1)' })
  @ApiOkResponse({ type: InclusionProofResponse })
  async inclusion(
    @Query() { index, size }: InclusionQueryRequest,
  ): Promise<InclusionProofResponse> {
    return { index, size, hashes: encoded(await this.proofs.inclusion(index, size)) };
  }

  @Get('proof/consistency')
  @Public()
  @ApiOperation({ summary: 'Prove that one published tree continues another (RFC 6962 §2.1.2)' })
  @ApiOkResponse({ type: ConsistencyProofResponse })
  async consistency(
    @Query() { from, to }: ConsistencyQueryRequest,
  ): Promise<ConsistencyProofResponse> {
    return { from, to, hashes: encoded(await this.proofs.consistency(from, to)) };
  }

  @Get('leaves/:index')
  @Public()
  @Header('Cache-Control', 'no-store')
  @ApiOperation({ summary: 'Read a leaf, and whether a signed checkpoint covers it' })
  @ApiParam({ name: 'index', example: 0 })
  @ApiOkResponse({ type: LogLeafResponse })
  async leaf(@Param('index') index: string): Promise<LogLeafResponse> {
    const { leaf, checkpoint } = await this.proofs.leaf(indexOf(index));
    return LogLeafResponse.from(leaf, checkpoint);
  }

  @Get('leaves/:index/proof')
  @Public()
  @Header('Content-Type', PROOF_FILE)
  @Header('Cache-Control', 'no-store')
  @ApiOperation({ summary: 'Download the proof of a leaf as a file to check offline' })
  @ApiParam({ name: 'index', example: 0 })
  @ApiProduces('text/plain')
  @ApiOkResponse({ description: 'A c2sp.org/tlog-proof@v1 file.', type: String })
  proofFile(@Param('index') index: string): Promise<string> {
    return this.proofs.proofFile(indexOf(index));
  }
}

function indexOf(text: string): number {
  if (/^(0|[1-9]\d{0,14})$/.test(text)) return Number(text);
  throw new DomainProblem('transparency/no-such-leaf', 'Leaves are counted from 0, in decimal.');
}

function encoded(hashes: readonly Buffer[]): string[] {
  return hashes.map((hash) => hash.toString('base64'));
}
