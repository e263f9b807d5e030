import { randomUUID } from 'node:crypto';
import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { identifySelf, isStillRunning, type ProcessIdentity } from './process-identity.js';

/** Who answers for a running server, and so who has to stop it. */
interface Supervisor extends ProcessIdentity {
  /** Tells apart several starts within one process. */
  token: string;
}

const RECORD = 'fermata-supervisor.json';

const liveTokens = new Set<string>();

/** Writes this start down as the one that answers for the server. */
export function recordSupervisor(dataFolder: string): string {
  const token = randomUUID();
  const path = join(dataFolder, RECORD);
  const supervisor: Supervisor = { ...identifySelf(), token };
  writeFileSync(`${path}.${token}`, JSON.stringify(supervisor), { mode: 0o644 });
  renameSync(`${path}.${token}`, path);
  liveTokens.add(token);
  return token;
}

/** Tells whether somebody alive, other than the start with this token, answers for the server. */
export function hasOtherSupervisor(dataFolder: string, token: string | null): boolean {
  const supervisor = readSupervisor(dataFolder);
  if (supervisor === null || supervisor.token === token) return false;
  if (supervisor.pid === process.pid) return liveTokens.has(supervisor.token);
  return isStillRunning(supervisor);
}

/** Ends this start's answering for the server, whether or not it was stopped. */
export function endSupervision(dataFolder: string, token: string | null): void {
  if (token === null) return;
  liveTokens.delete(token);
  if (readSupervisor(dataFolder)?.token === token) {
    rmSync(join(dataFolder, RECORD), { force: true });
  }
}

function readSupervisor(dataFolder: string): Supervisor | null {
  try {
    return JSON.parse(readFileSync(join(dataFolder, RECORD), 'utf8')) as Supervisor;
  } catch {
    return null;
  }
}
