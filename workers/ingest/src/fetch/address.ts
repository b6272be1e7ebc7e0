import { BlockList, isIP } from 'node:net';

/**
 * IPv4 blocks that no article can stand on: the IANA special-purpose registry's blocks that are not globally reachable (RFC 6890),
 * multicast, the reserved class E, the abandoned 6to4 relays, and one public address that Azure answers inside every virtual machine.
 */
const REFUSED_IPV4: [network: string, prefixBits: number][] = [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['168.63.129.16', 32],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 4],
  ['240.0.0.0', 4],
];

/**
 * For IPv6 the rule is turned round: only global unicast is allowed. IPv4-mapped, IPv4-compatible, SIIT, NAT64, unique local, link
 * local, SRv6 and multicast addresses all stand outside of it, and so does whatever is invented next.
 */
const GLOBAL_IPV6: [network: string, prefixBits: number] = ['2000::', 3];

/** Inside global unicast: protocol assignments with Teredo and ORCHID, documentation (twice), and 6to4, which can wrap any IPv4. */
const REFUSED_IPV6: [network: string, prefixBits: number][] = [
  ['2001::', 23],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['3fff::', 20],
];

const refused = new BlockList();
for (const [network, prefixBits] of REFUSED_IPV4) refused.addSubnet(network, prefixBits, 'ipv4');
for (const [network, prefixBits] of REFUSED_IPV6) refused.addSubnet(network, prefixBits, 'ipv6');
const globalIpv6 = new BlockList();
globalIpv6.addSubnet(...GLOBAL_IPV6, 'ipv6');

/**
 * Whether an IP address, in the spelling that the system gives, is one of the public internet. What is no address, or carries a zone
 * (`fe80::1%eth0`), is not.
 */
export function isPublicAddress(address: string): boolean {
  if (address.includes('%')) return false;
  switch (isIP(address)) {
    case 4:
      return !refused.check(address, 'ipv4');
    case 6:
      return globalIpv6.check(address, 'ipv6') && !refused.check(address, 'ipv6');
    default:
      return false;
  }
}
