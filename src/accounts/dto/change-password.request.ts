import { IsString, MaxLength } from 'class-validator';

export class ChangePasswordRequest {
  /**
   * The password in use.
   * @example "tin roof, cold tea, loud harbour"
   */
  @IsString()
  @MaxLength(1_024)
  currentPassword: string;

  /**
   * The one to use from now on: 15 to 256 characters of any kind.
   * @example "seven herons on a rusty crane"
   */
  @IsString()
  @MaxLength(1_024)
  newPassword: string;
}
