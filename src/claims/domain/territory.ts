import type { Territory } from '#vocabulary';

/**
 * A territory in its one spelling: codes sorted, each once, and no empty or null exclusion. What is
 * stored and logged does not depend on how it was typed.
 */
export function canonicalTerritory(typed: {
  readonly include: readonly string[];
  readonly exclude?: readonly string[] | null;
}): Territory {
  const sorted = (codes: readonly string[]) => [...new Set(codes)].sort();
  const { include, exclude } = typed;
  return {
    include: sorted(include),
    ...(exclude && exclude.length > 0 ? { exclude: sorted(exclude) } : {}),
  };
}
