import { chmod, mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { IncompleteError, UsageError } from './exit.js';

/** What is remembered about one server. */
export interface SavedSession {
  readonly token: string;
  readonly email: string;
}

/** Where `snapshot pull` keeps snapshots, and a check looks for one, unless told. */
export const SNAPSHOTS_FOLDER = 'fermata-snapshots';

/** The address of the registry: `FERMATA_URL`, else the one that `npm start` serves. */
export function serverUrl(env: NodeJS.ProcessEnv = process.env): string {
  const given = env['FERMATA_URL'] || 'http://127.0.0.1:3000';
  if (!URL.canParse(given) || !/^https?:$/.test(new URL(given).protocol)) {
    throw new UsageError(`FERMATA_URL must be an http or https address, not “${given}”.`);
  }
  return new URL(given).origin + new URL(given).pathname.replace(/\/$/, '');
}

export function credentialsFile(env: NodeJS.ProcessEnv = process.env): string {
  const home = env['XDG_CONFIG_HOME'] || join(homedir(), '.config');
  return join(home, 'fermata', 'credentials.json');
}

/** The bearer token for `server`: an API key from the environment, else the saved session. */
export async function findToken(
  server: string,
  env: NodeJS.ProcessEnv = process.env,
): Promise<string | null> {
  if (env['FERMATA_API_KEY']) return env['FERMATA_API_KEY'];
  return (await readAll(credentialsFile(env)))[server]?.token ?? null;
}

/** Remembers a session in a file that only its owner reads; null forgets it. */
export async function saveSession(
  server: string,
  session: SavedSession | null,
  env: NodeJS.ProcessEnv = process.env,
): Promise<void> {
  const file = credentialsFile(env);
  const { [server]: _, ...others } = await readAll(file);
  const all = session ? { ...others, [server]: session } : others;
  await mkdir(dirname(file), { recursive: true, mode: 0o700 });
  // Written beside and moved: a reader never sees half a file, and an old file's mode is not kept.
  const draft = `${file}.${process.pid}`;
  await writeFile(draft, `${JSON.stringify(all, null, 2)}\n`, { mode: 0o600 });
  await chmod(draft, 0o600);
  await rename(draft, file);
}

async function readAll(file: string): Promise<Record<string, SavedSession>> {
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return {};
    throw new IncompleteError(`${file} can’t be read: ${(error as Error).message}.`);
  }
  try {
    return JSON.parse(text) as Record<string, SavedSession>;
  } catch {
    throw new IncompleteError(`${file} is damaged; remove it and sign in again.`);
  }
}
