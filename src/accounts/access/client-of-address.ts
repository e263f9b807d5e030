import ipaddr from 'ipaddr.js';

/**
 * The client that an address stands for. An IPv6 address stands for its /64: that is what one
 * household or one rented server gets, with 2^64 addresses to change between.
 */
export function clientOfAddress(ip: string): string {
  if (!ip.includes(':') || !ipaddr.isValid(ip)) return `address:${ip}`;
  const address = ipaddr.process(ip);
  if (address.kind() === 'ipv4') return `address:${address.toString()}`;
  const network = address.toByteArray().slice(0, 8);
  return `address:${Buffer.from(network).toString('hex')}/64`;
}
