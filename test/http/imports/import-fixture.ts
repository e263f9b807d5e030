import type { Response } from 'light-my-request';
import type { TestApp } from '../../support/test-app.js';

export interface Report {
  id: string | null;
  dryRun: boolean;
  encoding: string;
  columns: { column: string; field: string | null; by: string | null }[];
  notes: string[];
  counts: Record<'rows' | 'registered' | 'joined' | 'unchanged' | 'refused' | 'warned', number>;
  catalogue: { id: string | null; name: string } | null;
  rows: string | null;
  refused: { line: number; faults: { column: string | null; code: string; detail: string }[] }[];
  warned: { line: number; warnings: { code: string }[] }[];
}

/** An account that acts for one party of its own. */
export interface Importer {
  token: string;
  party: string;
}

export async function newImporter(t: TestApp, name = 'Mira Vale'): Promise<Importer> {
  const token = await t.signUp('artist', name);
  const body = { kind: 'person', displayName: name };
  const made = await t.request('POST', '/v1/parties', { as: token, body });
  if (made.statusCode !== 201) throw new Error(made.body);
  return { token, party: made.json<{ id: string }>().id };
}

export function importFile(
  t: TestApp,
  importer: Importer,
  content: string | Buffer,
  options: { query?: Record<string, string>; headers?: Record<string, string> } = {},
): Promise<Response> {
  const query = new URLSearchParams({ party: importer.party, ...options.query });
  return t.request('POST', `/v1/imports?${query.toString()}`, {
    as: importer.token,
    body: content,
    headers: { 'content-type': 'text/csv', ...options.headers },
  });
}

/** Imports and returns the report; the import must succeed. */
export async function imported(
  t: TestApp,
  importer: Importer,
  content: string | Buffer,
  query: Record<string, string> = {},
): Promise<Report> {
  const answer = await importFile(t, importer, content, { query });
  if (answer.statusCode >= 300) throw new Error(answer.body);
  return answer.json<Report>();
}

let codes = 0;

/** A file of two songs whose ISRCs no other test has. */
export function freshSongs(): string {
  const [one, two] = [++codes, ++codes].map((n) => String(n).padStart(5, '0'));
  return `title,artist,isrc
Nachtzug,Mira Vale,DEQ0021${one}
Frühlicht,Mira Vale,DE-Q00-21-${two}
`;
}
