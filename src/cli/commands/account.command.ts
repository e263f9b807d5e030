import { type components, received, type RegistryClient } from '#client';
import { askPassword } from '../ask.js';
import { connect, connectSignedIn } from '../connect.js';
import { EXIT } from '../exit.js';
import type { CommandContext } from '../command-context.js';
import { credentialsFile, saveSession } from '../settings.js';
import type { Terminal } from '../terminal.js';

type SignUp = components['schemas']['SignUpRequest'];

/** `sign-up EMAIL --name …`: opens an account and signs in. */
export async function signUp({
  terminal,
  args,
  options,
}: CommandContext<{ name: string; role: SignUp['role'] }>): Promise<number> {
  const client = await connect(terminal);
  const email = args[0]!;
  const password = await askPassword('Password (at least 15 characters): ');
  const body = { email, password, displayName: options.name, role: options.role };
  await received(client.api.POST('/v1/accounts', { body }));
  return openSession(terminal, client, { email, password });
}

/** `sign-in EMAIL`: opens a session and saves its token. */
export async function signIn({ terminal, args }: CommandContext): Promise<number> {
  const client = await connect(terminal);
  const password = await askPassword('Password: ');
  return openSession(terminal, client, { email: args[0]!, password });
}

async function openSession(
  terminal: Terminal,
  client: RegistryClient,
  credentials: { email: string; password: string },
): Promise<number> {
  const session = await received(client.api.POST('/v1/sessions', { body: credentials }));
  await saveSession(client.server, { token: session.token, email: credentials.email });
  if (terminal.json) terminal.value(session.account);
  else terminal.data(`Signed in as ${session.account.displayName} (${session.account.id}).`);
  terminal.note(`The session is kept in ${credentialsFile()} and ends ${session.expiresAt}.`);
  return EXIT.done;
}

/** `sign-out`: forgets the saved session. It ends on the server by itself, unused. */
export async function signOut({ terminal }: CommandContext): Promise<number> {
  const client = await connect(terminal);
  await saveSession(client.server, null);
  terminal.note(`Signed out of ${client.server}.`);
  return EXIT.done;
}

/** `whoami`: the account behind the credential, and the parties that it acts for. */
export async function whoAmI({ terminal }: CommandContext): Promise<number> {
  const client = await connectSignedIn(terminal);
  const account = await received(client.api.GET('/v1/account'));
  const page = await client.send('/v1/parties', { query: { limit: '200' } });
  const parties = (await page.json()) as { items: { id: string; displayName: string }[] };
  if (terminal.json) {
    terminal.value({ server: client.server, account, parties: parties.items });
    return EXIT.done;
  }
  const address = account.email === null ? '' : ` <${account.email}>`;
  terminal.data(
    `${account.displayName}${address}, ${account.roles.join(' and ')} at ${client.server}`,
  );
  for (const { id, displayName } of parties.items) terminal.data(`  ${id}  ${displayName}`);
  return EXIT.done;
}
