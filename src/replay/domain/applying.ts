import type { Opened } from './opened.js';
import type { Times } from './times.js';
import type { World } from './world.js';

/** What is applied of a leaf besides its own content. */
export interface Applying {
  readonly world: World;
  readonly times: Times;
  readonly opened: Opened;
  /** The same text for the same text: ids repeat a million times. */
  readonly one: (text: string) => string;
}
