import { Injectable } from '@nestjs/common';
import { type Ask, LookupDatabases, Receipts } from '#lookup';
import { type AnsweredChunk, type BulkWriter, writerOf } from './bulk-writer.js';
import { chunksOf } from './chunks.js';
import { type BulkFormat, readRows, type Row } from './rows.js';

/** How long rows that came wait for more to be answered with them. */
const PATIENCE_MS = 500;

export interface StreamedLookup {
  readonly ask: Ask;
  readonly format: BulkFormat;
  readonly pieces: AsyncIterable<Buffer>;
  /** Leaves that the log of the first answer has at least; later ones have no fewer than those before. */
  readonly seenSize: number;
  /** Rows that are answered at a time. */
  readonly chunkMax: number;
  /** Takes the cost of so many rows, or waits until it may; `isFirst` before the first byte. */
  readonly take: (rows: number, isFirst: boolean) => Promise<void>;
  readonly problemOf: (error: unknown) => object;
}

/** Answers rows in chunks, each at one moment with its own log size, signed where that is asked for. */
@Injectable()
export class BulkAnswers {
  constructor(
    private readonly databases: LookupDatabases,
    private readonly receipts: Receipts,
  ) {}

  /**
   * Rows of an input as one chunk; `first` is the place of the first. From any database whose log has at least
   * `minSize` leaves.
   */
  async answer(
    ask: Ask,
    rows: readonly Row[],
    first: number,
    minSize: number,
  ): Promise<AnsweredChunk> {
    const items = rows.map(({ item }) => item);
    const answers = await this.databases.read(minSize, (lookup) => lookup.lookupMany(ask, items));
    return {
      ...{ rows, first, answers },
      receipt: await this.receipts.open(ask, answers, rows.length),
    };
  }

  /**
   * The whole answer, piece by piece: a piece is made when it is asked for, from input that is read
   * then. What refuses the first chunk is thrown; later there is no status to say it with, so the
   * answer ends with it, and without the end that a whole answer has.
   */
  async *stream(request: StreamedLookup): AsyncGenerator<string | Buffer, void> {
    const { ask, format, chunkMax: max } = request;
    const reader = readRows(format, request.pieces);
    let writer: BulkWriter | null = null;
    const totals = { rows: 0, chunks: 0 };
    let { seenSize } = request;
    try {
      for await (const rows of chunksOf(reader.batches, { max, patienceMs: PATIENCE_MS })) {
        await request.take(rows.length, writer === null);
        const chunk = await this.answer(ask, rows, totals.rows, seenSize);
        seenSize = Math.max(seenSize, chunk.answers.log.size);
        if (writer === null) {
          writer = writerOf(format, ask, reader.columns());
          yield writer.begin();
        }
        yield* writer.chunk(chunk);
        totals.rows += rows.length;
        totals.chunks += 1;
      }
      writer ??= writerOf(format, ask, reader.columns());
      if (totals.chunks === 0) yield writer.begin();
      yield writer.end(totals);
    } catch (error) {
      if (writer === null) throw error;
      yield writer.problem(request.problemOf(error));
    }
  }
}
