import { IsIn, IsString, MaxLength } from 'class-validator';
import { IsEmailAddress, IsLabel } from './fields.js';

/** Operators are made on the server's command line, never here. */
const SIGN_UP_ROLES = [
  'artist',
  'representative',
  'archive',
  'dataset_builder',
  'auditor',
] as const;

export class SignUpRequest {
  /**
   * Where you can be reached; also your name at sign-in. Capitals make no difference.
   * @example "mara@example.org"
   */
  @IsEmailAddress()
  email: string;

  /**
   * At least 15 and at most 256 characters, of any kind. A few unrelated words do well.
   * @example "tin roof, cold tea, loud harbour"
   */
  @IsString()
  @MaxLength(1_024)
  password: string;

  /**
   * How the registry addresses you. Artist names and companies are parties, and come later.
   * @example "Mara Lind"
   */
  @IsLabel(120)
  displayName: string;

  /**
   * What brings you here. It decides what the account may do (docs/reference/scopes.md).
   * @example "artist"
   */
  @IsIn(SIGN_UP_ROLES)
  role: (typeof SIGN_UP_ROLES)[number];
}
