import {
  DNS_LABEL,
  type NothingFound,
  type ProofReading,
  WELL_KNOWN_PATH,
} from '../domain/verification.js';
import { DomainProofs } from './domain-proofs.js';
import { lookUpAddresses, lookUpTxt } from './name-lookup.js';
import { fetchPinned } from './pinned-fetch.js';
import type { ProofNetwork } from './proof-network.js';

/** Reads proofs from the real DNS and the real web, under the rules of `DomainProofs`. */
export class NetworkDomainProofs extends DomainProofs {
  constructor(private readonly network: ProofNetwork) {
    super();
  }

  readTxt(domain: string): Promise<ProofReading> {
    return this.withDeadline(async (signal) => {
      const found = await lookUpTxt(this.network, `${DNS_LABEL}.${domain}`, signal);
      if (!found.ok) return nothing(found.reason);
      return { found: 'lines', lines: found.answers };
    });
  }

  readWellKnown(domain: string): Promise<ProofReading> {
    return this.withDeadline(async (signal) => {
      const names = await lookUpAddresses(this.network, domain, signal);
      if (!names.ok) return nothing(names.reason);
      // One bad address spoils all: a domain with an honest setup has none.
      if (!names.answers.every((address) => this.network.mayConnectTo(address))) {
        return nothing('not_public');
      }
      const [address] = names.answers;
      if (address === undefined) return nothing('no_record');
      const fetched = await fetchPinned(
        this.network,
        { domain, path: WELL_KNOWN_PATH, address },
        signal,
      );
      if (!fetched.ok) return nothing(fetched.reason, fetched.status);
      return { found: 'lines', lines: fetched.text.split(/\r?\n/).filter((line) => line !== '') };
    });
  }

  private async withDeadline(
    read: (signal: AbortSignal) => Promise<ProofReading>,
  ): Promise<ProofReading> {
    const deadline = new AbortController();
    const timer = setTimeout(() => deadline.abort(), this.network.deadlineMs);
    try {
      return await read(deadline.signal);
    } finally {
      clearTimeout(timer);
    }
  }
}

function nothing(reason: NothingFound, status?: number): ProofReading {
  return status === undefined ? { found: 'nothing', reason } : { found: 'nothing', reason, status };
}
