import { serve } from './serve.js';
import { refuseUnknownArguments, StartRefusal } from './start-refusal.js';

/** `npm start`: serves until told to stop. `-- --demo` adds a small world to try things on. */
async function main(args: readonly string[]): Promise<void> {
  refuseUnknownArguments(args);
  await serve({ demo: args.includes('--demo') });
}

main(process.argv.slice(2)).catch((error: unknown) => {
  if (error instanceof StartRefusal) {
    process.stderr.write(`\n  ${error.message}\n\n`);
    process.exit(2);
  }
  process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`);
  process.exit(1);
});
