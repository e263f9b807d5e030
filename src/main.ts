import { serve } from './serve.js';
import { StartRefusal } from './start-refusal.js';

/** `npm start`: serves until told to stop. `-- --demo` fills an empty registry with a small world. */
serve({ demo: process.argv.includes('--demo') }).catch((error: unknown) => {
  if (error instanceof StartRefusal) {
    process.stderr.write(`\n  ${error.message}\n\n`);
    process.exit(2);
  }
  process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`);
  process.exit(1);
});
