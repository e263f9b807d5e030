import type { ProofReading } from '../domain/verification.js';

/**
 * Reads what a domain publishes about itself. Contract: never throws for anything that the domain
 * does or does not do; ends within 5 seconds; connects to nothing but the public internet; hands
 * out lines for comparison only, never to be shown to anyone.
 */
export abstract class DomainProofs {
  /** TXT records of `_fermata-challenge.<domain>`, each one line. */
  abstract readTxt(domain: string): Promise<ProofReading>;

  /** Lines of `https://<domain>/.well-known/fermata-verification.txt`. */
  abstract readWellKnown(domain: string): Promise<ProofReading>;
}
