import { type FileHandle, mkdir, open } from 'node:fs/promises';
import { dirname } from 'node:path';

const BUFFER_CHARACTERS = 1 << 20;

/** Text files that grow side by side, each written in large pieces. */
export class LineFiles {
  private readonly files = new Map<
    string,
    { handle: FileHandle; waiting: string[]; length: number }
  >();

  /** Appends whole lines, each with its end. */
  async append(path: string, lines: string): Promise<void> {
    let file = this.files.get(path);
    if (file === undefined) {
      await mkdir(dirname(path), { recursive: true });
      file = { handle: await open(path, 'w'), waiting: [], length: 0 };
      this.files.set(path, file);
    }
    file.waiting.push(lines);
    file.length += lines.length;
    if (file.length < BUFFER_CHARACTERS) return;
    const text = file.waiting.join('');
    Object.assign(file, { waiting: [], length: 0 });
    await file.handle.writeFile(text);
  }

  /** Writes what waits, and closes all. */
  async close(): Promise<void> {
    const files = [...this.files.values()];
    this.files.clear();
    for (const { handle, waiting } of files) {
      try {
        await handle.writeFile(waiting.join(''));
      } finally {
        await handle.close();
      }
    }
  }
}
