import { Transform } from 'class-transformer';
import {
  IsBoolean,
  IsEmail,
  IsIn,
  IsInt,
  IsOptional,
  IsString,
  IsUrl,
  Matches,
  Max,
  Min,
} from 'class-validator';

const toInt = ({ value }: { value: unknown }) =>
  typeof value === 'string' && /^-?\d+$/.test(value) ? Number(value) : value;

const toBoolean = ({ value }: { value: unknown }) =>
  value === 'true' ? true : value === 'false' ? false : value;

/** Every setting, read from the environment once at start. `docs/reference/configuration.md` lists them. */
export class EnvDto {
  /** Address to listen on. `0.0.0.0` makes the registry reachable from other machines. */
  @IsString()
  HOST = '127.0.0.1';

  /** TCP port of the HTTP server; 0 takes any free one. */
  @Transform(toInt)
  @IsInt()
  @Min(0)
  @Max(65535)
  PORT = 3000;

  /** PostgreSQL to use. Unset: an embedded PostgreSQL is started in DATA_DIR. */
  @IsOptional()
  @Matches(/^postgres(ql)?:\/\//, {
    message: 'DATABASE_URL must begin with postgres:// or postgresql://',
  })
  DATABASE_URL?: string;

  /** Folder of the embedded PostgreSQL's data, relative to the working directory. */
  @IsString()
  DATA_DIR = '.data';

  /**
   * Folder of what must outlive the database: keys, anchor and public files of the log, and the journal
   * of erasures. Unset: `log` in DATA_DIR, by the name of the database.
   */
  @IsOptional()
  @IsString()
  LOG_DIR?: string;

  /**
   * Name of the log, the first line of every checkpoint: an address without scheme. Unset: host and
   * path of PUBLIC_URL with `/log`. It can't change once something was signed.
   */
  @IsOptional()
  @Matches(/^[^\s+/][^\s+]*[^\s+/]$/, {
    message: 'LOG_ORIGIN must be an address without scheme, spaces, + or a slash at its ends',
  })
  LOG_ORIGIN?: string;

  /** Whether this process stands by to sign the log; one of those that do signs, all follow it. */
  @Transform(toBoolean)
  @IsBoolean()
  LOG_SIGNER = true;

  /** File with the witnesses whose cosignatures are collected, and the quorum (C2SP tlog-policy). */
  @IsOptional()
  @IsString()
  LOG_POLICY?: string;

  /** The address under which people reach this registry; used in links and problem types. */
  @IsOptional()
  @IsUrl({ require_tld: false, protocols: ['http', 'https'], require_protocol: true })
  PUBLIC_URL?: string;

  /** Whom to tell of a weakness, as a mailto: or https: address; told in /.well-known/security.txt. */
  @IsOptional()
  @Matches(/^(mailto:[^\s@]+@[^\s@]+|https:\/\/\S+)$/, {
    message: 'SECURITY_CONTACT must begin with mailto: or https:',
  })
  SECURITY_CONTACT?: string;

  /** Mail server to send notices by, smtp:// or smtps:// with its credentials. Unset: no mail is sent. */
  @IsOptional()
  @Matches(/^smtps?:\/\/\S+$/, { message: 'SMTP_URL must begin with smtp:// or smtps://' })
  SMTP_URL?: string;

  /** From whom notices come, as an e-mail address; needed with SMTP_URL. */
  @IsOptional()
  @IsEmail({}, { message: 'MAIL_FROM must be an e-mail address' })
  MAIL_FROM?: string;

  /** Folder of published snapshots. Unset: `snapshots` in LOG_DIR. */
  @IsOptional()
  @IsString()
  SNAPSHOT_DIR?: string;

  /** Address of the licence that snapshots are published under, for their `croissant.json`. Unset: it names none. */
  @IsOptional()
  @Matches(/^https?:\/\/\S+$/, { message: 'SNAPSHOT_LICENSE must be an http or https address' })
  SNAPSHOT_LICENSE?: string;

  /** Hours from one snapshot to the next; 0 makes none but those that an operator asks for. */
  @Transform(toInt)
  @IsInt()
  @Min(0)
  @Max(168)
  SNAPSHOT_EVERY_HOURS = 6;

  /** Hours for which a snapshot holds. Longer than its distance to the next one, or there are gaps. */
  @Transform(toInt)
  @IsInt()
  @Min(1)
  @Max(168)
  SNAPSHOT_VALID_HOURS = 24;

  /** Snapshots that are kept, the newest; for each older one there are changes to the newest. */
  @Transform(toInt)
  @IsInt()
  @Min(1)
  @Max(50)
  SNAPSHOT_KEEP = 5;

  /** How much is logged, as JSON lines on stderr; `info` writes a line for each request. */
  @IsIn(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'])
  LOG_LEVEL = 'warn';

  /** `production` refuses settings that are only safe on a developer's machine. */
  @IsIn(['development', 'production', 'test'])
  NODE_ENV = 'development';

  /** Connections for writes and screens. */
  @Transform(toInt)
  @IsInt()
  @Min(1)
  @Max(200)
  DATABASE_POOL_MAX = 10;

  /** Connections for lookups, kept apart so that writes can't starve them. */
  @Transform(toInt)
  @IsInt()
  @Min(1)
  @Max(200)
  LOOKUP_POOL_MAX = 10;

  /**
   * PostgreSQL standbys that lookups are read from, postgres:// addresses with commas between them; the
   * database itself where none of them will do. Unset: all lookups are read from the database.
   */
  @IsOptional()
  @Matches(/^postgres(ql)?:\/\/[^,\s]+(,postgres(ql)?:\/\/[^,\s]+){0,15}$/, {
    message: 'LOOKUP_DATABASE_URLS must be up to 16 postgres:// addresses with commas between them',
  })
  LOOKUP_DATABASE_URLS?: string;

  /** Milliseconds by which an answer from a standby may be behind the database. */
  @Transform(toInt)
  @IsInt()
  @Min(100)
  @Max(3_600_000)
  LOOKUP_LAG_MAX_MS = 5_000;

  /** Number of proxies in front whose X-Forwarded-For is believed; 0 believes none. */
  @Transform(toInt)
  @IsInt()
  @Min(0)
  @Max(10)
  TRUSTED_PROXIES = 0;

  /** Identifiers that one address without a key may look up in a minute. */
  @Transform(toInt)
  @IsInt()
  @Min(1)
  ANONYMOUS_LOOKUPS_PER_MINUTE = 60_000;

  /** Identifiers that one API key or session may look up in a minute. */
  @Transform(toInt)
  @IsInt()
  @Min(1)
  KEYED_LOOKUPS_PER_MINUTE = 6_000_000;

  /** Size of the file of one lookup job, in MiB. Its result may be twenty times as large. */
  @Transform(toInt)
  @IsInt()
  @Min(1)
  @Max(65_536)
  LOOKUP_JOB_MIB_MAX = 256;

  /** Lookup jobs that one account may have at a time, finished ones included. */
  @Transform(toInt)
  @IsInt()
  @Min(1)
  LOOKUP_JOBS_MAX = 10;

  /** Days that the result of a lookup job is kept. */
  @Transform(toInt)
  @IsInt()
  @Min(1)
  @Max(365)
  LOOKUP_JOB_DAYS = 7;

  /** Identifiers that one account may have watched for changes, in all its holdings. */
  @Transform(toInt)
  @IsInt()
  @Min(1)
  HELD_IDENTIFIERS_MAX = 1_000_000;

  /** Other requests that one client may make in a minute. */
  @Transform(toInt)
  @IsInt()
  @Min(1)
  REQUESTS_PER_MINUTE = 1_200;

  /** Sign-in attempts on one account, and from one address ten times as many, in 15 minutes. */
  @Transform(toInt)
  @IsInt()
  @Min(1)
  SIGN_IN_ATTEMPTS = 10;

  /** Milliseconds that the event loop may lag behind before new requests are refused with 503. */
  @Transform(toInt)
  @IsInt()
  @Min(50)
  LAG_MAX_MS = 1_000;
}
