import { IsString, MaxLength } from 'class-validator';
import { IsEmailAddress } from './fields.js';

export class SignInRequest {
  /**
   * The address of the account.
   * @example "mara@example.org"
   */
  @IsEmailAddress()
  email: string;

  /**
   * Its password.
   * @example "tin roof, cold tea, loud harbour"
   */
  @IsString()
  @MaxLength(1_024)
  password: string;
}
