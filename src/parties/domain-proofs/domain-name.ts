import { domainToASCII } from 'node:url';
import { DNS_LABEL } from '../domain/verification.js';

export type DomainReading =
  { readonly ok: true; readonly domain: string } | { readonly ok: false; readonly why: string };

/** The label of the challenge and a dot must still fit in the 253 characters of a name (RFC 1035 §2.3.4). */
const LENGTH_MAX = 253 - `${DNS_LABEL}.`.length;

const LABEL = /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/;

/** Names that never stand in the public DNS (RFC 6761, 6762, 7686, 8375, 9476 and ICANN's list). */
const PRIVATE_SUFFIXES = ['localhost', 'local', 'internal', 'arpa', 'onion', 'alt'];

/**
 * Reads a domain as a person types it into lower-case ASCII (IDNA A-labels), or says why not.
 *
 * Refused are URLs, ports, user names, trailing dots and every spelling of an IP address, also the
 * ones that only a URL parser takes for one (`127.1`, `0x7f.1`, `2130706433`, full-width digits):
 * what is stored here is later put into a URL and must not mean anything else there. This is for
 * clear words only; the wall against internal addresses is `isPublicUnicast`.
 */
export function readDomain(typed: string): DomainReading {
  const text = typed.trim();
  if (text.includes('://') || text.includes('/')) {
    return refuse('give the domain alone, without https:// and without a path');
  }
  if (text.includes('@')) return refuse('give the domain alone, without a user name');
  if (text.startsWith('[') || /:.*:/.test(text)) return refuse('an IP address is no domain');
  if (text.includes(':')) return refuse('give the domain alone, without a port');
  // domainToASCII decodes percent signs and drops some characters; none of these is in a domain.
  if (/[\s%\\?#[\]<>^|`{}"]/.test(text)) return refuse('contains a character no domain has');
  if (/[.。．｡]$/.test(text)) return refuse('leave out the dot at the end');
  const domain = domainToASCII(text);
  if (domain === '') return refuse('this is not a domain name');
  const labels = domain.split('.');
  // A name whose last label is a number is an IP address to a URL parser (WHATWG URL §3.5).
  if (isNumber(labels.at(-1)!)) return refuse('an IP address is no domain');
  if (labels.length < 2) return refuse('give the whole domain, for example label.example');
  if (domain.length > LENGTH_MAX) return refuse(`longer than ${LENGTH_MAX} characters`);
  if (!labels.every((label) => LABEL.test(label))) {
    return refuse('each part of a domain has 1 to 63 letters, digits or inner hyphens');
  }
  if (PRIVATE_SUFFIXES.includes(labels.at(-1)!)) {
    return refuse('this name is not part of the public DNS');
  }
  return { ok: true, domain };
}

function isNumber(label: string): boolean {
  return /^(?:\d+|0x[0-9a-f]*)$/.test(label);
}

function refuse(why: string): DomainReading {
  return { ok: false, why };
}
