/** Stops what the global set-up started; both run in jest's own process and share its globals. */
export default async function globalTeardown(): Promise<void> {
  const { stopTestCluster } = globalThis as { stopTestCluster?: () => Promise<void> };
  await stopTestCluster?.();
}
