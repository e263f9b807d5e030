import pg from 'pg';
import { newId } from '#kernel';

const PARTIES = 32;

/** An account with parties of its own to declare for; as `account,party,party,…`. */
export async function makeCrashWorld(url: string): Promise<string> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  const account = newId('account');
  await client.query(
    `INSERT INTO accounts (account_id, email, email_key, password_hash, display_name, roles, created_at)
     VALUES ($1, $1, $1, 'none', 'Crash', '{artist}', now())`,
    [account],
  );
  const parties = Array.from({ length: PARTIES }, () => newId('party'));
  for (const party of parties) {
    await client.query(
      `INSERT INTO parties (party_id, kind, display_name, created_by, created_at)
       VALUES ($1, 'person', 'Crash', $2, now())`,
      [party, account],
    );
    await client.query(`INSERT INTO party_members VALUES ($1, $2, now())`, [party, account]);
  }
  await client.end();
  return [account, ...parties].join(',');
}
