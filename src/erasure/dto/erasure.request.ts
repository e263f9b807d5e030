import { ApiProperty } from '@nestjs/swagger';
import { IsIn, IsString, MaxLength } from 'class-validator';
import type { ErasureReason } from '../domain/index.js';

export class EraseAccountRequest {
  /**
   * The password in use, once more: this can't be undone.
   * @example "tin roof, cold tea, loud harbour"
   */
  @IsString()
  @MaxLength(1_024)
  password: string;
}

/** How a request for erasure can come in other than by signing in. */
const ASKED_BY = ['letter', 'heirs', 'authority'] as const satisfies readonly ErasureReason[];

export class ErasePartyRequest {
  /** @example pty_01kaq9x3n6fq2s7v4c8b5d0e1g */
  @IsString()
  @MaxLength(64)
  party: string;

  /** Who asked; from a closed list, so that no name is kept of whom nothing is to be kept. */
  @IsIn(ASKED_BY)
  @ApiProperty({ enum: ASKED_BY })
  reason: (typeof ASKED_BY)[number];
}
