import { statSync } from 'node:fs';
import { runCommand, type RunAs } from './command.js';
import { EmbeddedPostgresError } from './embedded-postgres-error.js';

/** On Linux the user without rights has this number even where no name is given to it. */
const NOBODY_ID = 65534;

/**
 * Decides whom the server runs as. PostgreSQL refuses root, so root steps down: to the owner
 * of a data folder that already exists, else to `postgres` where that user exists, else to `nobody`.
 * No user is created: changing the machine's users for a trial start would be impolite.
 */
export async function chooseRunAs(dataFolder: string): Promise<RunAs> {
  const ownUid = process.getuid?.();
  if (ownUid !== 0) return { name: process.env['USER'] ?? `uid ${ownUid ?? 'unknown'}` };

  const runAs = findOwner(dataFolder) ?? (await findUser('postgres')) ?? (await findNobody());
  const trial = await runCommand('/bin/sh', ['-c', 'exit 0'], runAs);
  if (trial.exitCode !== 0) {
    throw new EmbeddedPostgresError(
      'no-ordinary-user',
      `PostgreSQL refuses to run as root and this machine does not let root become ${runAs.name} ` +
        `(${trial.output || `exit code ${trial.exitCode}`}); start Fermata as an ordinary user or set DATABASE_URL.`,
    );
  }
  return runAs;
}

/** Asks the system as that very user, because access lists and mount options know more than mode bits. */
export async function mayRead(runAs: RunAs, path: string): Promise<boolean> {
  const test = await runCommand('/bin/sh', ['-c', '[ -r "$1" ]', 'sh', path], runAs);
  return test.exitCode === 0;
}

/** Tells whether the user may pass through the folder to something inside it. */
export async function mayEnter(runAs: RunAs, folder: string): Promise<boolean> {
  const test = await runCommand('/bin/sh', ['-c', '[ -x "$1/." ]', 'sh', folder], runAs);
  return test.exitCode === 0;
}

function findOwner(folder: string): RunAs | null {
  const stat = statSync(folder, { throwIfNoEntry: false });
  if (stat === undefined || stat.uid === 0) return null;
  return { name: `uid ${stat.uid}`, uid: stat.uid, gid: stat.gid };
}

async function findUser(name: string): Promise<RunAs | null> {
  const self: RunAs = { name: 'root' };
  const uid = await runCommand('id', ['-u', name], self);
  const gid = await runCommand('id', ['-g', name], self);
  if (uid.exitCode !== 0 || gid.exitCode !== 0) return null;
  return { name, uid: Number(uid.output), gid: Number(gid.output) };
}

async function findNobody(): Promise<RunAs> {
  return (await findUser('nobody')) ?? { name: 'nobody', uid: NOBODY_ID, gid: NOBODY_ID };
}
