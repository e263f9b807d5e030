import { Transform } from 'class-transformer';
import { IsIn, IsInt, IsOptional, IsString, Max, MaxLength, Min } from 'class-validator';
import { MAIL_CHOICES, type MailChoice } from '../entities/notice-setting.entity.js';

const toInt = ({ value }: { value: unknown }) =>
  typeof value === 'string' && /^-?\d{1,16}$/.test(value) ? Number(value) : value;

export class FeedQueryRequest {
  /** Only leaves after the one with this index; from the beginning, if unsaid. */
  @IsOptional()
  @Transform(toInt)
  @IsInt()
  @Min(-1)
  @Max(Number.MAX_SAFE_INTEGER)
  after?: number;

  /** How many at most. */
  @IsOptional()
  @Transform(toInt)
  @IsInt()
  @Min(1)
  @Max(200)
  limit?: number;
}

export class ReadMarkRequest {
  /** Index of the last leaf that was read. */
  @IsInt()
  @Min(0)
  @Max(Number.MAX_SAFE_INTEGER)
  upTo: number;
}

export class NoticeSettingsRequest {
  /** `immediate`, once a `daily` at seven in the morning UTC, or `off`. */
  @IsIn(MAIL_CHOICES)
  mail: MailChoice;
}

export class CreateWebhookRequest {
  /**
   * Where to send events, over https on port 443.
   * @example "https://label.example/fermata"
   */
  @IsString()
  @MaxLength(2_000)
  url: string;
}
