import { Transform } from 'class-transformer';
import {
  ArrayMaxSize,
  IsArray,
  IsBoolean,
  IsIn,
  IsInt,
  IsOptional,
  IsString,
  Length,
  Matches,
  Max,
  MaxLength,
  Min,
} from 'class-validator';
import { PageQuery } from '#platform';
import { ROWS_MAX, type RowOutcome } from '../domain/index.js';

const OUTCOMES = ['registered', 'joined', 'unchanged', 'refused'] as const;

/** Names and columns of files may hold anything but what text never holds. */
// eslint-disable-next-line no-control-regex
const TEXT = /^[^\u0000-\u001F\u007F]*$/;

export class ImportRequest {
  /** The party for whom the works are registered and claimed. */
  @IsString()
  @MaxLength(64)
  party: string;

  /** Say what would happen and store nothing. */
  @IsOptional()
  @Transform(({ value }) => (value === 'true' ? true : value === 'false' ? false : value))
  @IsBoolean({ message: 'dryRun must be true or false' })
  dryRun?: boolean;

  /**
   * Which column is which field, where the detection errs: `field:column` pairs. A column goes by
   * its name or as `#3`; a field without a column is left out.
   * @example ["isrc:ISRC,title:Track"]
   */
  @IsOptional()
  @Transform(({ value }) => (Array.isArray(value) ? value : [value]))
  @IsArray()
  @ArrayMaxSize(50)
  @MaxLength(4_000, { each: true })
  @Matches(TEXT, { each: true })
  map?: string[];

  /**
   * Layers to claim, the whole of each: the recording, or also the composition of own songs.
   * @example recording,composition
   */
  @IsOptional()
  @IsIn(['recording', 'recording,composition', 'composition,recording'], {
    message: 'layers must be recording or recording,composition',
  })
  layers?: string;

  /**
   * A template to declare on the imported works, which are put into a catalogue for it.
   * @example preserve_never_train
   */
  @IsOptional()
  @IsString()
  @Length(1, 64)
  template?: string;

  /**
   * Encoding of the file; found out where left unsaid.
   * @example windows-1252
   */
  @IsOptional()
  @IsString()
  @Length(1, 40)
  encoding?: string;

  /** Order of day and month in dates such as 5/4/2024; learnt from the column where left unsaid. */
  @IsOptional()
  @IsIn(['dmy', 'mdy'])
  dateOrder?: 'dmy' | 'mdy';

  /**
   * Name of the file; a catalogue made for a template is called like it.
   * @example catalogue.csv
   */
  @IsOptional()
  @IsString()
  @Length(1, 200)
  @Matches(TEXT)
  fileName?: string;

  /** How many refused rows the answer itself explains; all of them are kept under `rows`. */
  @IsOptional()
  @Transform(({ value }) => (/^\d{1,6}$/.test(String(value)) ? Number(value) : value))
  @IsInt()
  @Min(0)
  @Max(ROWS_MAX)
  faults?: number;
}

export class ImportsQueryRequest extends PageQuery {
  /** The party whose imports are listed. */
  @IsString()
  @MaxLength(64)
  party: string;
}

export class ImportRowsRequest extends PageQuery {
  /** Only rows that ended like this. */
  @IsOptional()
  @IsIn(OUTCOMES)
  outcome?: RowOutcome;
}
