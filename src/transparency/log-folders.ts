import { join } from 'node:path';
import { Injectable } from '@nestjs/common';
import { Config, logFolder } from '#platform';

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

  constructor(config: Config) {
    this.root = logFolder(config);
    this.keys = join(this.root, 'keys');
    this.anchor = join(this.root, 'anchor');
    this.public = join(this.root, 'public');
  }
}
