/** Whether an unquoted value is audit's hexadecimal form of a text. */
export function isAuditHex(value: string): boolean {
  return value.length >= 2 && value.length % 2 === 0 && /^[0-9A-Fa-f]+$/.test(value);
}

/** The text; NULs, which separate arguments, become blanks. */
export function decodeAuditHex(value: string): string {
  return Buffer.from(value, 'hex').toString('utf8').replace(/\0+$/, '').replaceAll('\0', ' ');
}

/** The other end of a connection. */
export interface SocketAddress {
  /** IPv4 or IPv6. */
  readonly address: string;
  readonly port: number;
}

/** Reads audit's `saddr`: hexadecimal of the kernel's structure, or interpreted; undefined when it is no IP address. */
export function parseSocketAddress(value: string): SocketAddress | undefined {
  const [, address, port] =
    /laddr=(\S{1,45})\s+lport=(\d{1,5})/.exec(value) ??
    /host:(\S{1,45})\s+serv:(\d{1,5})/.exec(value) ??
    [];
  if (address !== undefined) return { address, port: Number(port) };
  if (!isAuditHex(value)) return undefined;
  const bytes = Buffer.from(value, 'hex');
  // Address families of Linux, in the machine's byte order; all that audit runs on are little-endian.
  const family = bytes.length >= 8 ? bytes.readUInt16LE(0) : 0;
  if (family === 2)
    return { address: [...bytes.subarray(4, 8)].join('.'), port: bytes.readUInt16BE(2) };
  if (family === 10 && bytes.length >= 24)
    return { address: ipv6Text(bytes.subarray(8, 24)), port: bytes.readUInt16BE(2) };
  return undefined;
}

function ipv6Text(bytes: Buffer): string {
  const mapped = bytes.subarray(0, 12).toString('hex') === '00000000000000000000ffff';
  if (mapped) return [...bytes.subarray(12)].join('.');
  const groups = Array.from({ length: 8 }, (_, index) =>
    bytes.readUInt16BE(index * 2).toString(16),
  );
  const zeros = /(?:^|:)0(?::0)+(?:$|:)/.exec(groups.join(':'));
  return zeros === null ? groups.join(':') : groups.join(':').replace(zeros[0], '::');
}
