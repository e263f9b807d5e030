import { EmbeddedPostgresError } from './embedded-postgres-error.js';

/**
 * Turns what a PostgreSQL program said when it failed into one sentence with a remedy.
 * `attempt` completes "PostgreSQL could not …".
 */
export function explainFailure(attempt: string, output: string): EmbeddedPostgresError {
  const reason = pickReason(output);
  if (/No space left on device|Disk quota exceeded/i.test(output)) {
    return new EmbeddedPostgresError(
      'disk-full',
      `PostgreSQL could not ${attempt} because the disk is full; free some space ` +
        'or set DATA_DIR to a folder on another disk.',
    );
  }
  if (/Permission denied|Operation not permitted|Read-only file system/i.test(output)) {
    return new EmbeddedPostgresError(
      'data-folder-unreachable',
      `PostgreSQL could not ${attempt} (${reason}); start Fermata as the user who owns ` +
        'the data folder or set DATA_DIR to another folder.',
    );
  }
  return new EmbeddedPostgresError(
    'start-failed',
    `PostgreSQL could not ${attempt} (${reason}); repair that, set DATA_DIR to another folder, ` +
      'or set DATABASE_URL to a PostgreSQL of your own.',
  );
}

/** The last line that PostgreSQL itself calls an error, without time stamp and process number. */
function pickReason(output: string): string {
  const lines = output.split('\n').map((line) => line.trim());
  const telling = lines.findLast((line) => /FATAL|PANIC|ERROR|error:/.test(line));
  const line = telling ?? lines.findLast((text) => text !== '') ?? 'no reason given';
  return line.replace(/^.*?(?:FATAL|PANIC|ERROR|error):\s*/, '');
}
