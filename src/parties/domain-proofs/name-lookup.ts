import { Resolver } from 'node:dns/promises';
import type { NothingFound } from '../domain/verification.js';
import type { ProofNetwork } from './proof-network.js';

export type NameAnswer<T> =
  | { readonly ok: true; readonly answers: readonly T[] }
  | { readonly ok: false; readonly reason: NothingFound };

/** TXT records; the strings of one record are joined, as RFC 7208 §3.3 and all the world does. */
export async function lookUpTxt(
  network: ProofNetwork,
  name: string,
  signal: AbortSignal,
): Promise<NameAnswer<string>> {
  return withResolver(network, signal, async (resolver) => {
    const records = await resolver.resolveTxt(name);
    return records.map((strings) => strings.join(''));
  });
}

/**
 * All addresses of a name, IPv4 first. Asks the DNS itself and never the system's `lookup`, which
 * also reads the hosts file, where internal names live.
 */
export async function lookUpAddresses(
  network: ProofNetwork,
  name: string,
  signal: AbortSignal,
): Promise<NameAnswer<string>> {
  const [v4, v6] = await Promise.all([
    withResolver(network, signal, (resolver) => resolver.resolve4(name)),
    withResolver(network, signal, (resolver) => resolver.resolve6(name)),
  ]);
  if (v4.ok && v6.ok) return { ok: true, answers: [...v4.answers, ...v6.answers] };
  if (v4.ok) return v4;
  if (v6.ok) return v6;
  // "No AAAA record" says less than the reason for which there is no A record.
  return v4.reason === 'no_record' ? v6 : v4;
}

async function withResolver<T>(
  network: ProofNetwork,
  signal: AbortSignal,
  ask: (resolver: Resolver) => Promise<T[]>,
): Promise<NameAnswer<T>> {
  const resolver = new Resolver({ timeout: 2_000, tries: 2 });
  if (network.dnsServers) resolver.setServers(network.dnsServers);
  const cancel = () => resolver.cancel();
  signal.addEventListener('abort', cancel, { once: true });
  try {
    return { ok: true, answers: await ask(resolver) };
  } catch (error) {
    return { ok: false, reason: reasonOf((error as { code?: string }).code) };
  } finally {
    signal.removeEventListener('abort', cancel);
  }
}

function reasonOf(code: string | undefined): NothingFound {
  switch (code) {
    case 'ENOTFOUND':
      return 'no_such_name';
    case 'ENODATA':
      return 'no_record';
    case 'ETIMEOUT':
    case 'ECANCELLED':
      return 'timed_out';
    default:
      return 'dns_failed';
  }
}
