import { Type } from 'class-transformer';
import { IsIn, IsInt, Max, Min } from 'class-validator';

export class InclusionQueryRequest {
  /** Place of the leaf, from 0. */
  @Type(() => Number)
  @IsInt()
  @Min(0)
  @Max(Number.MAX_SAFE_INTEGER)
  index: number;

  /** How many leaves the tree has that the proof is for. */
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(Number.MAX_SAFE_INTEGER)
  size: number;
}

export class ConsistencyQueryRequest {
  /** Size of the smaller tree. */
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(Number.MAX_SAFE_INTEGER)
  from: number;

  /** Size of the larger tree. */
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(Number.MAX_SAFE_INTEGER)
  to: number;
}

export class AddRegistryKeyRequest {
  /** What it will sign. */
  @IsIn(['log', 'receipt'])
  use: 'log' | 'receipt';
}

export class StepRegistryKeyRequest {
  /** `active` begins to sign, `ended` signs no more. */
  @IsIn(['active', 'ended'])
  state: 'active' | 'ended';
}
