import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { isPublicUnicast } from './public-unicast.js';

describe('isPublicUnicast', () => {
  it.each([
    ['the metadata service of clouds', '169.254.169.254'],
    ['its IPv6 sister', 'fd00:ec2::254'],
    ['loopback', '127.0.0.1'],
    ['all of 127/8', '127.255.255.254'],
    ['this host', '0.0.0.0'],
    ['this network', '0.1.2.3'],
    ['private 10/8', '10.0.0.1'],
    ['private 172.16/12', '172.31.255.255'],
    ['private 192.168/16', '192.168.1.1'],
    ['carrier-grade NAT', '100.64.0.1'],
    ['protocol assignments', '192.0.0.1'],
    ['documentation 1', '192.0.2.1'],
    ['documentation 2', '198.51.100.7'],
    ['documentation 3', '203.0.113.7'],
    ['6to4 relays', '192.88.99.1'],
    ['benchmarks', '198.18.0.1'],
    ['multicast', '224.0.0.1'],
    ['class E', '240.0.0.1'],
    ['broadcast', '255.255.255.255'],
    ['IPv6 unspecified', '::'],
    ['IPv6 loopback', '::1'],
    ['IPv6 loopback in full', '0:0:0:0:0:0:0:1'],
    ['link-local', 'fe80::1'],
    ['link-local with a zone', 'fe80::1%eth0'],
    ['a public address with a zone', '2606:4700::1111%eth0'],
    ['site-local', 'fec0::1'],
    ['unique-local', 'fc00::1'],
    ['unique-local, the other half', 'fdff::1'],
    ['IPv6 multicast', 'ff02::1'],
    ['IPv4-mapped loopback', '::ffff:127.0.0.1'],
    ['IPv4-mapped loopback in hex', '::ffff:7f00:1'],
    ['IPv4-mapped public address', '::ffff:1.1.1.1'],
    ['IPv4-compatible loopback', '::127.0.0.1'],
    ['IPv4-translated', '::ffff:0:7f00:1'],
    ['NAT64', '64:ff9b::7f00:1'],
    ['NAT64 written with dots', '64:ff9b::127.0.0.1'],
    ['NAT64 of a public address', '64:ff9b::1.1.1.1'],
    ['local NAT64', '64:ff9b:1::7f00:1'],
    ['6to4', '2002:7f00:1::'],
    ['6to4 of a public address', '2002:101:101::1'],
    ['Teredo', '2001::1'],
    ['ISATAP', '2606:4700::5efe:7f00:1'],
    ['ISATAP with the universal bit', '2606:4700::200:5efe:10.0.0.1'],
    ['documentation', '2001:db8::1'],
    ['documentation 2', '3fff::1'],
    ['discard', '100::1'],
    ['segment routing', '5f00::1'],
    ['not given out', '4000::1'],
    ['brackets around an address', '[::1]'],
    ['a port after it', '1.1.1.1:443'],
    ['hexadecimal', '0x7f.1'],
    ['one decimal number', '2130706433'],
    ['two parts', '127.1'],
    ['octal', '0177.0.0.1'],
    ['an octal spelling of a public address', '01.01.01.01'],
    ['a name', 'localhost'],
    ['nothing', ''],
    ['blanks around it', ' 1.1.1.1'],
    ['a line break after it', '1.1.1.1\n'],
  ])('refuses %s (%s)', (_, address) => {
    expect(isPublicUnicast(address)).toBe(false);
  });

  it.each(['1.1.1.1', '9.9.9.9', '172.32.0.1', '100.128.0.1', '2606:4700:4700::1111', '2a00::1'])(
    'lets %s pass',
    (address) => {
      expect(isPublicUnicast(address)).toBe(true);
    },
  );

  it('refuses every IPv4 address in every IPv6 wrapping', () => {
    const wrappings = ['::', '::ffff:', '::ffff:0:', '64:ff9b::', '64:ff9b:1::', 'fe80::5efe:'];
    fc.assert(
      fc.property(fc.ipV4(), fc.constantFrom(...wrappings), (address, wrapping) => {
        expect(isPublicUnicast(wrapping + address)).toBe(false);
      }),
    );
  });

  it('answers for any text without throwing', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        expect(isPublicUnicast(`x${text}`)).toBe(false);
      }),
    );
  });
});
