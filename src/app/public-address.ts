import { BlockList, isIP } from 'node:net';

// Source: IANA special-purpose address registries for IPv4 and IPv6, what is not globally reachable; and the address at
// which machines in Azure find their platform.
const BLOCKED: readonly (readonly [net: string, bits: number, family: 'ipv4' | 'ipv6'])[] = [
  ['0.0.0.0', 8, 'ipv4'],
  ['10.0.0.0', 8, 'ipv4'],
  ['100.64.0.0', 10, 'ipv4'],
  ['127.0.0.0', 8, 'ipv4'],
  ['168.63.129.16', 32, 'ipv4'],
  ['169.254.0.0', 16, 'ipv4'],
  ['172.16.0.0', 12, 'ipv4'],
  ['192.0.0.0', 24, 'ipv4'],
  ['192.0.2.0', 24, 'ipv4'],
  ['192.88.99.0', 24, 'ipv4'],
  ['192.168.0.0', 16, 'ipv4'],
  ['198.18.0.0', 15, 'ipv4'],
  ['198.51.100.0', 24, 'ipv4'],
  ['203.0.113.0', 24, 'ipv4'],
  ['224.0.0.0', 3, 'ipv4'],
  ['2001::', 23, 'ipv6'],
  ['2001:db8::', 32, 'ipv6'],
  ['2002::', 16, 'ipv6'],
  ['3fff::', 20, 'ipv6'],
];

const blocked = new BlockList();
for (const [net, bits, family] of BLOCKED) blocked.addSubnet(net, bits, family);
// All other IPv6 is local, reserved, or IPv4 in disguise.
const globalUnicast = new BlockList();
globalUnicast.addSubnet('2000::', 3, 'ipv6');

const MAPPED = /^::ffff:([\da-f]{1,4}):([\da-f]{1,4})$/;

/** Whether an IP address is one that anybody may reach: not of a private network, this machine, a link or a cloud's inside. */
export function isPublicAddress(address: string): boolean {
  const family = isIP(address);
  if (family === 0) return false;
  if (family === 4) return !blocked.check(address, 'ipv4');
  const plain = address.replace(/%.*$/, '');
  if (!URL.canParse(`http://[${plain}]/`)) return false;
  // An IPv4 address in the form of IPv6 is that address.
  const mapped = MAPPED.exec(new URL(`http://[${plain}]/`).hostname.slice(1, -1));
  if (mapped !== null) {
    const [high = 0, low = 0] = mapped.slice(1).map((group) => Number.parseInt(group, 16));
    return isPublicAddress([high >> 8, high & 255, low >> 8, low & 255].join('.'));
  }
  return globalUnicast.check(plain, 'ipv6') && !blocked.check(plain, 'ipv6');
}
