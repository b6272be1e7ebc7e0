import { BlockList } from 'node:net';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isPublicAddress } from './address.ts';

const PUBLIC = [
  '1.1.1.1',
  '9.255.255.255',
  '11.0.0.0',
  '100.63.255.255',
  '100.128.0.0',
  '126.255.255.255',
  '128.0.0.0',
  '168.63.129.15',
  '168.63.129.17',
  '169.253.255.255',
  '172.15.255.255',
  '172.32.0.0',
  '191.255.255.255',
  '192.0.1.0',
  '192.167.255.255',
  '192.169.0.0',
  '198.17.255.255',
  '198.20.0.0',
  '223.255.255.255',
  '2000::1',
  '2001:200::1',
  '2003::1',
  '2606:4700::1111',
  '3ffe::1',
];

const NOT_PUBLIC = [
  '0.0.0.0',
  '0.255.255.255',
  '10.0.0.0',
  '10.255.255.255',
  '100.64.0.0',
  '100.127.255.255',
  '127.0.0.1',
  '127.255.255.255',
  '168.63.129.16',
  '169.254.0.0',
  '169.254.255.255',
  '172.16.0.0',
  '172.31.255.255',
  '192.0.0.255',
  '192.0.2.255',
  '192.88.99.255',
  '192.168.255.255',
  '198.18.0.0',
  '198.19.255.255',
  '198.51.100.255',
  '203.0.113.255',
  '224.0.0.0',
  '239.255.255.255',
  '240.0.0.0',
  '255.255.255.255',
  '::',
  '::1',
  '::127.0.0.1',
  '::8.8.8.8',
  '::ffff:127.0.0.1',
  '::ffff:8.8.8.8',
  '::ffff:0:127.0.0.1',
  '64:ff9b::7f00:1',
  '64:ff9b::808:808',
  '64:ff9b:1::1',
  '100::1',
  '1fff:ffff::1',
  '2001::1',
  '2001:0:4136:e378:8000:63bf:3fff:fdd2',
  '2001:1ff:ffff::1',
  '2001:db8::1',
  '2002:7f00:1::',
  '2002:808:808::1',
  '3fff::1',
  '4000::1',
  '5f00::1',
  'fc00::1',
  'fd12:3456::1',
  'fe80::1',
  'fe80::1%eth0',
  '2606:4700::1111%eth0',
  'fec0::1',
  'ff02::1',
];

const NO_ADDRESS = [
  '',
  'localhost',
  '127.1',
  '0x7f000001',
  '2130706433',
  '1.1.1.1.',
  ' 1.1.1.1',
  '[::1]',
  '1.1.1.1/32',
];

/** The same blocks, worked out again in the plainest way: by comparing the leading bits of two numbers. */
function isInBlock(address: number, network: string, prefixBits: number): boolean {
  const start = network.split('.').reduce((value, part) => value * 256 + Number(part), 0);
  return Math.floor(address / 2 ** (32 - prefixBits)) === Math.floor(start / 2 ** (32 - prefixBits));
}

function dotted(address: number): string {
  return [24, 16, 8, 0].map((shift) => Math.floor(address / 2 ** shift) % 256).join('.');
}

describe('isPublicAddress', () => {
  it.each(PUBLIC)('lets %s through', (address) => expect(isPublicAddress(address)).toBe(true));
  it.each(NOT_PUBLIC)('refuses %s', (address) => expect(isPublicAddress(address)).toBe(false));
  it.each(NO_ADDRESS)('refuses "%s", which is no address', (text) => expect(isPublicAddress(text)).toBe(false));

  it('finds every private IPv4 address private, and its neighbours outside of the blocks not', () => {
    const blocks: [string, number][] = [
      ['10.0.0.0', 8],
      ['127.0.0.0', 8],
      ['172.16.0.0', 12],
      ['192.168.0.0', 16],
      ['169.254.0.0', 16],
      ['100.64.0.0', 10],
    ];
    const near = fc.constantFrom(...blocks).chain(([network, prefixBits]) => {
      const start = network.split('.').reduce((value, part) => value * 256 + Number(part), 0);
      const size = 2 ** (32 - prefixBits);
      return fc.integer({ min: start - 65_536, max: start + size + 65_536 });
    });
    fc.assert(
      fc.property(near, (address) => {
        const isPrivate = blocks.some(([network, prefixBits]) => isInBlock(address, network, prefixBits));
        expect(isPublicAddress(dotted(address))).toBe(!isPrivate);
      }),
    );
  });

  it('refuses every IPv6 address that wraps an IPv4 one', () => {
    const hex = fc.integer({ min: 0, max: 0xffff }).map((value) => value.toString(16));
    fc.assert(
      fc.property(hex, hex, (high, low) => {
        for (const form of ['::', '::ffff:', '::ffff:0:', '64:ff9b::', '64:ff9b:1::']) {
          expect(isPublicAddress(`${form}${high}:${low}`)).toBe(false);
        }
        expect(isPublicAddress(`2002:${high}:${low}::1`)).toBe(false);
      }),
    );
  });

  it('rests on a BlockList that does not match an IPv6 address against an IPv4 block', () => {
    const list = new BlockList();
    list.addSubnet('2000::', 3, 'ipv6');
    expect(list.check('::ffff:32.0.0.1', 'ipv6')).toBe(false);
  });
});
