import { ConfigError } from '#platform';
import { EmbeddedPostgresError } from '#platform/embedded-postgres';

/** The server can't start, and one sentence says why and what to do. */
export class StartRefusal extends Error {
  override name = 'StartRefusal';
}

/** What a person can do about each way in which PostgreSQL refuses a connection. */
const DATABASE_FAULTS: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'nothing listens there; start PostgreSQL or correct DATABASE_URL',
  ENOENT: 'its socket does not exist; start PostgreSQL or correct DATABASE_URL',
  ENOTFOUND: 'its host name is not known; correct DATABASE_URL',
  EAI_AGAIN: 'its host name could not be resolved; correct DATABASE_URL or try again',
  ETIMEDOUT: 'it did not answer in time; check the address in DATABASE_URL and the network',
  '28P01': 'the password is wrong; correct DATABASE_URL',
  '28000': 'the user may not connect; correct DATABASE_URL or the server’s pg_hba.conf',
  '3D000': 'the database does not exist; create it or correct DATABASE_URL',
  '42501': 'the user may not create tables there; grant CREATE on schema public',
  '53300': 'it takes no more connections; lower DATABASE_POOL_MAX and LOOKUP_POOL_MAX',
};

/** Turns the known ways of failing at start into one sentence; others stay as they are. */
export function refusalOf(
  error: unknown,
  context: { databaseUrl?: string; port?: number },
): unknown {
  if (error instanceof ConfigError || error instanceof EmbeddedPostgresError) {
    return new StartRefusal(error.message);
  }
  const { code, message } = (error ?? {}) as { code?: string; message?: string };
  if (code === 'EADDRINUSE') {
    return new StartRefusal(
      `Port ${context.port} is in use; stop what listens there, or start with PORT=${(context.port ?? 3000) + 1}.`,
    );
  }
  if (code === 'EACCES' && context.port !== undefined && context.port < 1024) {
    return new StartRefusal(`Port ${context.port} needs more rights; start with PORT=3000.`);
  }
  const late = message?.includes('timeout') ? 'ETIMEDOUT' : undefined;
  const advice = DATABASE_FAULTS[code ?? late ?? ''];
  if (context.databaseUrl && advice) {
    return new StartRefusal(
      `The database at ${withoutPassword(context.databaseUrl)} can’t be used: ${advice}.`,
    );
  }
  return error;
}

/** A connection URL that can be shown: without its password. */
export function withoutPassword(url: string): string {
  return url.replace(/(\/\/[^:/@]*):[^@]*@/, '$1:…@');
}
