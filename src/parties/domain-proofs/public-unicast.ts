import ipaddr from 'ipaddr.js';

/**
 * Whether an address may be connected to on behalf of a stranger: an ordinary, globally routed
 * unicast address, and nothing else.
 *
 * THE DANGER: whoever names a domain chooses the address that this server connects to, from inside
 * our network, where metadata services, databases and administration pages trust the caller. So
 * the answer is no unless the address is known to be public. That refuses loopback, private, link-
 * local, carrier-grade NAT, unique-local, multicast, reserved and documentation addresses, and the
 * IPv6 spellings that a gateway turns into IPv4 (mapped, translated, NAT64, 6to4, Teredo, ISATAP).
 *
 * `address` is one that a resolver gave, in the usual spelling. Anything else is refused.
 */
export function isPublicUnicast(address: string): boolean {
  // isValidFourPartDecimal and not isValid, which would also read 127.1 and 0x7f.1.
  if (ipaddr.IPv4.isValidFourPartDecimal(address)) {
    return ipaddr.IPv4.parse(address).range() === 'unicast';
  }
  // A zone (`fe80::1%eth0`) only makes sense on a local link.
  if (!address.includes(':') || address.includes('%') || !ipaddr.IPv6.isValid(address)) {
    return false;
  }
  const parsed = ipaddr.IPv6.parse(address);
  return parsed.range() === 'unicast' && isGlobal(parsed) && !isIsatap(parsed);
}

/** 2000::/3 is all that IANA has given out; outside it lie forms such as ::127.0.0.1. */
function isGlobal(address: ipaddr.IPv6): boolean {
  return address.match(ipaddr.IPv6.parse('2000::'), 3);
}

/** An interface id of 0000:5efe or 0200:5efe carries an IPv4 address in its last 32 bits (RFC 5214 §6.1). */
function isIsatap({ parts }: ipaddr.IPv6): boolean {
  return (parts[4] === 0 || parts[4] === 0x0200) && parts[5] === 0x5efe;
}
