import { OperatorGrants } from '#accounts';
import { ProjectionBuilder } from '#lookup';
import { EXIT } from '../exit.js';
import type { CommandContext } from '../command-context.js';

/** `operator grant EMAIL`: only who runs the server can make operators, so it works on the database. */
export async function grantOperator({
  terminal,
  args,
  openRegistry,
}: CommandContext): Promise<number> {
  const registry = await openRegistry();
  try {
    await registry.get(OperatorGrants, { strict: false }).grant(args[0]!);
    terminal.note(`${args[0]} is an operator now.`);
    return EXIT.done;
  } finally {
    await registry.close();
  }
}

/** `rebuild-lookup`: makes the lookup tables anew from the records, while the server may go on. */
export async function rebuildLookup({ terminal, openRegistry }: CommandContext): Promise<number> {
  const registry = await openRegistry();
  try {
    const builder = registry.get(ProjectionBuilder, { strict: false });
    const works = await builder.rebuild((done) => terminal.note(`${done} works`));
    if (terminal.json) terminal.value({ works });
    else terminal.data(`The lookup tables hold ${works} works.`);
    return EXIT.done;
  } finally {
    await registry.close();
  }
}
