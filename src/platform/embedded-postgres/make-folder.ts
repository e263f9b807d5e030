import { chmodSync, mkdirSync } from 'node:fs';
import { dirname, resolve } from 'node:path';

/**
 * Makes a folder and its missing parents. What root makes lets other users pass, but not look, even
 * under a strict umask: the user who runs PostgreSQL has to get through.
 */
export function makePassableFolder(folder: string): void {
  const first = mkdirSync(folder, { recursive: true });
  if (first === undefined || process.getuid?.() !== 0) return;
  for (let made = resolve(folder); ; made = dirname(made)) {
    chmodSync(made, 0o711);
    if (made === resolve(first)) return;
  }
}
