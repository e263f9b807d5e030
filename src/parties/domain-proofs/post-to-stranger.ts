import { lookUpAddresses } from './name-lookup.js';
import { type Fetched, requestPinned } from './pinned-fetch.js';
import type { ProofNetwork } from './proof-network.js';

/** What became of a POST: taken with a 2xx, or why not, with the status where there was one. */
export type Posted =
  | { readonly ok: true; readonly status: number }
  | { readonly ok: false; readonly failure: string; readonly status: number | null };

/**
 * POST to an HTTPS address that a stranger named, under the rules of the domain proofs: every
 * address of the name must be public, the connection goes to the one that was checked, no redirect
 * is followed. Nothing of the answer is read but its status. Never throws.
 */
export async function postToStranger(
  network: ProofNetwork,
  message: { url: string; headers: Readonly<Record<string, string>>; body: string },
  signal: AbortSignal,
): Promise<Posted> {
  const { hostname: domain, pathname, search } = new URL(message.url);
  const names = await lookUpAddresses(network, domain, signal);
  if (!names.ok) return { ok: false, failure: names.reason, status: null };
  // One bad address spoils all, as with proofs.
  if (!names.answers.every((address) => network.mayConnectTo(address))) {
    return { ok: false, failure: 'not_public', status: null };
  }
  const [address] = names.answers;
  if (address === undefined) return { ok: false, failure: 'no_record', status: null };
  const { headers, body } = message;
  let status = 0;
  const fetched = await requestPinned(
    network,
    { domain, path: pathname + search, address, headers, body },
    (response): Promise<Fetched> => {
      status = response.statusCode ?? 0;
      response.destroy();
      if (status >= 200 && status < 300) return Promise.resolve({ ok: true, text: '' });
      const reason = status >= 300 && status < 400 ? 'redirected' : 'bad_status';
      return Promise.resolve({ ok: false, reason, status });
    },
    signal,
  );
  if (fetched.ok) return { ok: true, status };
  return { ok: false, failure: fetched.reason, status: fetched.status ?? null };
}
