import { jest } from '@jest/globals';
import pg from 'pg';

/** The SQL that reached the database while `work` ran. */
export async function statementsDuring(work: () => Promise<unknown>): Promise<string[]> {
  const query = jest.spyOn(pg.Client.prototype, 'query');
  try {
    await work();
    // The signer of the log works by its own clock.
    return query.mock.calls.flatMap(([first], at) =>
      isSigner(query.mock.contexts[at] as pg.Client) ? [] : [textOf(first)],
    );
  } finally {
    query.mockRestore();
  }
}

function isSigner(client: pg.Client): boolean {
  const { connectionParameters } = client as unknown as {
    connectionParameters: { application_name?: string };
  };
  return connectionParameters.application_name === 'fermata signer';
}

function textOf(query: unknown): string {
  return typeof query === 'string' ? query : (query as { text: string }).text;
}
