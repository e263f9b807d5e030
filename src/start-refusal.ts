import { parse } from 'pg-connection-string';
import { EmbeddedPostgresError } from '#platform/embedded-postgres';
import { ConfigError } from '#platform/start';

/** The server can't start, and one sentence says why and what to do. */
export class StartRefusal extends Error {
  override name = 'StartRefusal';
}

/** How far a start has come: the same fault means another thing at another step. */
export interface StartContext {
  step: 'settings' | 'database' | 'listen';
  databaseUrl?: string;
  host?: string;
  port?: number;
}

const CLOSED =
  'it closed the connection; check that a PostgreSQL answers at the address in DATABASE_URL';
const UNREACHABLE = 'it can’t be reached; check the address in DATABASE_URL and the network';
const LATE = 'it did not answer in time; check the address in DATABASE_URL and the network';
const UNTRUSTED =
  'its certificate is not trusted; give its authority in NODE_EXTRA_CA_CERTS or correct sslmode in DATABASE_URL';

/** What a person can do about each way in which PostgreSQL refuses a connection. */
const DATABASE_FAULTS: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'nothing listens there; start PostgreSQL or correct DATABASE_URL',
  ENOENT: 'its socket does not exist; start PostgreSQL or correct DATABASE_URL',
  ENOTFOUND: 'its host name is not known; correct DATABASE_URL',
  EAI_AGAIN: 'its host name could not be resolved; correct DATABASE_URL or try again',
  ETIMEDOUT: LATE,
  ECONNRESET: CLOSED,
  EPIPE: CLOSED,
  EHOSTUNREACH: UNREACHABLE,
  ENETUNREACH: UNREACHABLE,
  EACCES: 'this user may not open its socket; correct DATABASE_URL',
  DEPTH_ZERO_SELF_SIGNED_CERT: UNTRUSTED,
  SELF_SIGNED_CERT_IN_CHAIN: UNTRUSTED,
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: UNTRUSTED,
  CERT_HAS_EXPIRED: UNTRUSTED,
  ERR_TLS_CERT_ALTNAME_INVALID: UNTRUSTED,
  '28P01': 'the user or the password is wrong; correct DATABASE_URL',
  '28000': 'the user may not connect; correct DATABASE_URL or the server’s pg_hba.conf',
  '3D000': 'the database does not exist; create it or correct DATABASE_URL',
  '42501': 'the user may not create tables there; grant CREATE on schema public',
  '25006': 'it can only be read; name the primary server in DATABASE_URL',
  '53300': 'it takes no more connections; lower DATABASE_POOL_MAX and LOOKUP_POOL_MAX',
  '57P03': 'it is starting or stopping; try again in a moment',
};

/** Faults that the driver tells in words alone. */
const DATABASE_SENTENCES: readonly [RegExp, string][] = [
  [/timeout/, LATE],
  [/Connection terminated/, CLOSED],
  [/password must be a string/, 'it asks for a password; put one into DATABASE_URL'],
  [
    /does not support SSL/,
    'it offers no encryption; remove sslmode from DATABASE_URL if that is as wanted',
  ],
];

/** Refuses a misspelt option rather than serving without it. */
export function refuseUnknownArguments(args: readonly string[]): void {
  const unknown = args.find((arg) => arg !== '--demo');
  if (unknown === undefined) return;
  throw new StartRefusal(
    `There is no option ${unknown}; the server takes --demo alone, and its settings from the environment (docs/reference/configuration.md).`,
  );
}

/** Turns the known ways of failing at start into one sentence; others stay as they are. */
export function refusalOf(error: unknown, context: StartContext): unknown {
  const isOurs =
    error instanceof ConfigError ||
    error instanceof EmbeddedPostgresError ||
    // By name: its module is loaded long after a refusal of the settings.
    (error instanceof Error && error.name === 'ErasureJournalError');
  if (isOurs) return new StartRefusal(error.message);
  const { code = '', message = '' } = (error ?? {}) as { code?: string; message?: string };
  const sentence =
    context.step === 'listen'
      ? listenFault(code, context)
      : databaseFault({ code, message, error }, context);
  return sentence === undefined ? error : new StartRefusal(sentence);
}

function listenFault(code: string, { host, port = 3000 }: StartContext): string | undefined {
  switch (code) {
    case 'EADDRINUSE':
      return `Port ${port} is in use; stop what listens there, or start with PORT=${port < 65_535 ? port + 1 : 3000}.`;
    case 'EACCES':
      return `Port ${port} needs more rights; start with PORT=3000.`;
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
    case 'EAFNOSUPPORT':
    case 'EINVAL':
      return `HOST=${host} is no address of this machine; set HOST to 127.0.0.1, or to 0.0.0.0 for all.`;
    default:
      return undefined;
  }
}

function databaseFault(
  { code, message, error }: { code: string; message: string; error: unknown },
  { databaseUrl }: StartContext,
): string | undefined {
  if (!databaseUrl) return undefined;
  if (code === 'ERR_INVALID_URL' || error instanceof URIError) {
    return 'DATABASE_URL is no valid address; write postgres://user:password@host:5432/database and percent-encode special characters.';
  }
  const advice =
    DATABASE_FAULTS[code] ?? DATABASE_SENTENCES.find(([words]) => words.test(message))?.[1];
  return advice && `The database ${describeDatabase(databaseUrl)} can’t be used: ${advice}.`;
}

/** A database as people may see it: put together from the parts that hold no secret. */
function describeDatabase(url: string): string {
  const { user, host, port, database } = parse(url);
  return `${user ? `${user}@` : ''}${host ?? 'localhost'}:${port || 5432}/${database ?? ''}`;
}
