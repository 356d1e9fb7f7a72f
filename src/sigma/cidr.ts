/** An address as 4 or 16 bytes. */
export type IpAddress = readonly number[];

/** A block of addresses; `bits` of `address` count. */
export interface Cidr {
  readonly address: IpAddress;
  readonly bits: number;
}

const IPV4 = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})$/;

/** Reads IPv4 or IPv6, also with a zone (`fe80::1%eth0`); IPv4 within IPv6 (`::ffff:192.0.2.1`) is read as IPv4. */
export function parseIpAddress(text: string): IpAddress | undefined {
  if (text.length > 60) return undefined;
  const v4 = parseIpv4(text);
  if (v4 !== undefined) return v4;
  const v6 = parseIpv6(text.replace(/%.*$/, ''));
  return v6 !== undefined && isMapped(v6) ? v6.slice(12) : v6;
}

function parseIpv4(text: string): IpAddress | undefined {
  const bytes = IPV4.exec(text)?.slice(1).map(Number);
  return bytes?.every((byte) => byte <= 255) ? bytes : undefined;
}

function isMapped(address: IpAddress): boolean {
  return address.every((byte, index) => index > 11 || byte === (index < 10 ? 0 : 0xff));
}

function parseIpv6(text: string): IpAddress | undefined {
  if (!text.includes(':')) return undefined;
  const halves = text.split('::');
  const [head = '', tail] = halves;
  if (halves.length > 2) return undefined;
  const start = bytesOfGroups(head);
  const end = bytesOfGroups(tail ?? '');
  if (start === undefined || end === undefined) return undefined;
  const missing = 16 - start.length - end.length;
  if (tail === undefined ? missing !== 0 : missing < 2) return undefined;
  return [...start, ...Array.from({ length: missing }, () => 0), ...end];
}

function bytesOfGroups(text: string): number[] | undefined {
  if (text === '') return [];
  const bytes: number[] = [];
  const groups = text.split(':');
  for (const [index, group] of groups.entries()) {
    const v4 = index === groups.length - 1 ? parseIpv4(group) : undefined;
    if (v4 !== undefined) bytes.push(...v4);
    else if (/^[0-9a-f]{1,4}$/i.test(group)) {
      const value = Number.parseInt(group, 16);
      bytes.push(value >> 8, value & 0xff);
    } else return undefined;
  }
  return bytes;
}

/** Reads `10.0.0.0/8`, `2001:db8::/32`; an address without a length is a block of one. */
export function parseCidr(text: string): Cidr | undefined {
  const [left = '', right, ...rest] = text.trim().split('/');
  const address = parseIpAddress(left);
  if (address === undefined || rest.length > 0) return undefined;
  // A mapped block keeps its length in IPv6 terms.
  const shift = address.length === 4 && left.includes(':') ? 96 : 0;
  const bits = right === undefined ? address.length * 8 : Number(right) - shift;
  const isLength = right === undefined || /^\d{1,3}$/.test(right);
  return isLength && bits >= 0 && bits <= address.length * 8 ? { address, bits } : undefined;
}

/** Whether an address is in a block; of different families never. */
export function cidrContains({ address, bits }: Cidr, candidate: IpAddress): boolean {
  if (candidate.length !== address.length) return false;
  return address.every((byte, index) => {
    const counted = Math.min(8, Math.max(0, bits - index * 8));
    const mask = (0xff << (8 - counted)) & 0xff;
    return (byte & mask) === ((candidate[index] ?? 0) & mask);
  });
}
