import { describe, expect, it } from '@jest/globals';
import { clientOfAddress } from './client-of-address.js';

describe('clientOfAddress', () => {
  it.each([
    ['192.0.2.7', 'address:192.0.2.7'],
    ['::ffff:192.0.2.7', 'address:192.0.2.7'],
    ['2001:db8:1:2:3:4:5:6', 'address:2001:db8:1:2::/64'],
    ['2001:0DB8:0001:0002::1', 'address:2001:db8:1:2::/64'],
    ['2001:db8:1:2::', 'address:2001:db8:1:2::/64'],
    ['2001:db8::1', 'address:2001:db8:0:0::/64'],
    ['2001::2:3:4:5:6:7', 'address:2001:0:2:3::/64'],
    ['fe80::1%eth0', 'address:fe80:0:0:0::/64'],
    ['::1', 'address:0:0:0:0::/64'],
    ['::', 'address:0:0:0:0::/64'],
  ])('counts %s as %s', (ip, client) => {
    expect(clientOfAddress(ip)).toBe(client);
  });
});
