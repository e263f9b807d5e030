const MAPPED_IPV4 = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i;
const GROUPS = 8;
const NETWORK_GROUPS = 4;

/**
 * The client that an address stands for. An IPv6 address stands for its /64: that is what one
 * household or one rented server gets, with 2^64 addresses to change between. Written by hand,
 * because it runs for every request and a general parser takes 20 µs.
 */
export function clientOfAddress(ip: string): string {
  if (!ip.includes(':')) return `address:${ip}`;
  const mapped = MAPPED_IPV4.exec(ip);
  if (mapped) return `address:${mapped[1]}`;
  const [head = '', tail] = ip.split('::');
  const groups = head === '' ? [] : head.split(':');
  if (tail !== undefined && groups.length < NETWORK_GROUPS) {
    const after = tail === '' ? [] : tail.split(':');
    while (groups.length + after.length < GROUPS) groups.push('0');
    groups.push(...after);
  }
  const network = groups
    .slice(0, NETWORK_GROUPS)
    .map((group) => Number.parseInt(group, 16).toString(16));
  return `address:${network.join(':')}::/64`;
}
