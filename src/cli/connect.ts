import { type Patience, RegistryClient } from '#client';
import { IncompleteError, UsageError } from './exit.js';
import { findToken, serverUrl } from './settings.js';
import type { Terminal } from './terminal.js';

/** A client of the registry that the environment names, signed in where a credential is known. `keys`: pinned. */
export async function connect(terminal: Terminal, keys?: Uint8Array): Promise<RegistryClient> {
  const server = serverUrl();
  return new RegistryClient(server, {
    token: await findToken(server),
    ...(keys && { keys }),
    userAgent: 'fermata-cli',
    patience: patienceOf(terminal),
  });
}

function patienceOf(terminal: Terminal): Patience {
  return { onWait: (seconds, why) => terminal.note(`Waiting ${seconds} s: ${why}.`) };
}

/** A client that tells nobody who asks. `keys`: the registry's key set, pinned. */
export function connectUnnamed(terminal: Terminal, keys: Uint8Array | undefined): RegistryClient {
  return new RegistryClient(serverUrl(), {
    userAgent: 'fermata-cli',
    ...(keys && { keys }),
    patience: patienceOf(terminal),
  });
}

/** As {@link connect}, for commands that nobody can run without an account. */
export async function connectSignedIn(terminal: Terminal): Promise<RegistryClient> {
  const client = await connect(terminal);
  if (client.isSignedIn) return client;
  throw new IncompleteError(
    `You are not signed in at ${client.server}. Run \`fermata sign-in EMAIL\` or set FERMATA_API_KEY.`,
  );
}

interface PartyPage {
  items: { id: string; displayName: string }[];
}

/** The party that is meant: the one named, else the only one that the account acts for. */
export async function partyOf(client: RegistryClient, named: string | undefined): Promise<string> {
  if (named !== undefined) return named;
  const page = await client.send('/v1/parties', { query: { limit: '50' } });
  const { items } = (await page.json()) as PartyPage;
  if (items.length === 1) return items[0]!.id;
  if (items.length === 0) {
    throw new UsageError('You have no party yet. Register one: `fermata party "Your Name"`.');
  }
  const list = items.map(({ id, displayName }) => `  ${id}  ${displayName}`).join('\n');
  throw new UsageError(`You act for several parties; name one with --party:\n${list}`);
}
