/** The pure face of works: for now, the identifiers that lead to them. */
export * from '#identifiers';
