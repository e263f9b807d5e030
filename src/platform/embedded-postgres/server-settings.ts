/**
 * What initdb writes into postgresql.conf once; people may tune the file afterwards.
 * Sized for a laptop or a small server that also runs Fermata: about 200 MB at rest.
 */
const SETTINGS: Record<string, string> = {
  shared_buffers: '128MB',
  effective_cache_size: '1GB',
  work_mem: '8MB',
  maintenance_work_mem: '128MB',
  max_connections: '100',
  // Bulk imports write in bursts; a checkpoint in the middle of each would halve them.
  max_wal_size: '2GB',
  checkpoint_timeout: '10min',
  wal_compression: 'on',
  // Everyone's drive is an SSD now, and our queries are too short for the compiler to pay.
  random_page_cost: '1.1',
  jit: 'off',
  timezone: 'UTC',
  log_timezone: 'UTC',
  log_checkpoints: 'off',
};

/** A test's data may vanish with the machine, so nothing waits for the drive. */
const THROWAWAY_SETTINGS: Record<string, string> = {
  shared_buffers: '64MB',
  fsync: 'off',
  synchronous_commit: 'off',
  full_page_writes: 'off',
  wal_level: 'minimal',
  max_wal_senders: '0',
  // Plans and counts in a test must not depend on when a background worker came by.
  autovacuum: 'off',
};

/** The settings as arguments of initdb. */
export function settingArguments(throwaway: boolean): string[] {
  const settings = throwaway ? { ...SETTINGS, ...THROWAWAY_SETTINGS } : SETTINGS;
  return Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
}
