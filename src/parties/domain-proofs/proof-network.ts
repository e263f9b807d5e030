import { isPublicUnicast } from './public-unicast.js';

/** How the world outside is reached. Only the wiring of a test gives anything but the default. */
export interface ProofNetwork {
  /** Name servers as `address` or `address:port`; null takes those of the system. */
  readonly dnsServers: readonly string[] | null;
  readonly mayConnectTo: (address: string) => boolean;
  readonly httpsPort: number;
  /** PEM of the authorities to trust; null takes those that Node ships with. */
  readonly authorities: string | null;
  /** For the whole of a look: names, connection, answer. */
  readonly deadlineMs: number;
}

export const PUBLIC_INTERNET: ProofNetwork = Object.freeze({
  dnsServers: null,
  mayConnectTo: isPublicUnicast,
  httpsPort: 443,
  authorities: null,
  deadlineMs: 5_000,
});
