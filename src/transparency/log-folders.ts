import { join, resolve } from 'node:path';
import { Injectable } from '@nestjs/common';
import { Config } from '#platform';

/** Where the log keeps what must not stand in the database, and what everyone may read. */
@Injectable()
export class LogFolders {
  readonly root: string;
  /** Private halves of the registry's keys. */
  readonly keys: string;
  /** The last signed checkpoint. */
  readonly anchor: string;
  /** Checkpoint, tiles and entry bundles as they are served. */
  readonly public: string;

  constructor({ LOG_DIR, DATA_DIR }: Config) {
    this.root = resolve(LOG_DIR ?? join(DATA_DIR, 'log'));
    this.keys = join(this.root, 'keys');
    this.anchor = join(this.root, 'anchor');
    this.public = join(this.root, 'public');
  }
}
