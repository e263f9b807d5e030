import { tryMutations } from './try-mutations.js';

/**
 * `npm run mutations [-- --cases 100000 --seed 1]`: mutated proofs, notes, checkpoints, cosignatures,
 * proof files, receipts and logs. Prints how many were tried and accepted; fails where one was.
 */
function numberAfter(flag: string, otherwise: number): number {
  const at = process.argv.indexOf(flag);
  if (at < 0) return otherwise;
  const value = Number(process.argv[at + 1]);
  if (Number.isSafeInteger(value) && value > 0) return value;
  process.stderr.write(`${flag} takes a whole number from 1\n`);
  process.exit(2);
}

const seed = numberAfter('--seed', Math.floor(Date.now() / 1000));
const startedAt = performance.now();
const figures = await tryMutations(numberAfter('--cases', 100_000), seed);
const accepted = figures.flatMap((one) => one.accepted);
let cases = 0;
for (const one of figures) {
  cases += one.cases;
  const told = `${one.cases} mutated by ${one.mutations} mutations, ${one.accepted.length} accepted`;
  process.stdout.write(`${one.name.padEnd(18)}  ${told} (${one.sound} sound ones accepted)\n`);
}
for (const one of accepted) process.stdout.write(`accepted: ${one}\n`);
const seconds = ((performance.now() - startedAt) / 1000).toFixed(1);
process.stdout.write(`${cases} cases, seed ${seed}, ${seconds} s: ${accepted.length} accepted\n`);
process.exitCode = accepted.length > 0 ? 1 : 0;
