import type { IocType } from './found-ioc.js';
import { isIpv4, parseIpv6 } from './parse-ip.js';
import { EMPTY_HASHES, HOST_LISTS, RANGE_LISTS, SYSTEM_FILES } from './warning-lists.table.js';

/** A range of addresses as the groups of IPv6, or the octets of IPv4, and how many bits are fixed. */
interface Range {
  readonly name: string;
  readonly parts: readonly number[];
  readonly partBits: 8 | 16;
  readonly fixedBits: number;
}

const RANGES: readonly Range[] = RANGE_LISTS.flatMap(({ name, ranges }) =>
  ranges.map((range) => {
    const [address = '', bits] = range.split('/');
    const parts = partsOf(address) ?? [];
    return {
      name,
      parts,
      partBits: parts.length === 4 ? (8 as const) : (16 as const),
      fixedBits: Number(bits),
    };
  }),
);

const HOSTS: ReadonlyMap<string, string> = new Map(
  HOST_LISTS.flatMap(({ name, hosts }) => [...hosts].map((host): [string, string] => [host, name])),
);

/**
 * The name of the list that knows an indicator as harmless or as no one's: it stays in the output, marked.
 *
 * @returns undefined when no list does.
 */
export function warningOf(type: IocType, value: string): string | undefined {
  switch (type) {
    case 'ipv4':
    case 'ipv6':
    case 'cidr':
      return rangeName(value.split('/')[0] ?? '');
    case 'domain':
    case 'hostname':
      return hostName(value);
    case 'url':
      return hostOrRange(hostOfUrl(value));
    case 'email':
    case 'email-src':
    case 'email-dst':
      return hostName(value.slice(value.lastIndexOf('@') + 1));
    case 'md5':
    case 'sha1':
    case 'sha224':
    case 'sha256':
    case 'sha384':
    case 'sha512':
      return EMPTY_HASHES.has(value) ? 'hashes of an empty file' : undefined;
    case 'filename':
      return SYSTEM_FILES.has(value.toLowerCase()) ? 'files of Windows' : undefined;
    default:
      return undefined;
  }
}

function hostOfUrl(url: string): string {
  const match = /^(?:[a-z0-9+]+:\/\/)?(?:[^@/?#]*@)?(\[[^\]]*\]|[^:/?#]*)/i.exec(url);
  return (match?.[1] ?? '').replace(/^\[|\]$/g, '');
}

const hostOrRange = (host: string): string | undefined => rangeName(host) ?? hostName(host);

/** By the name or any name that it is below. */
function hostName(host: string): string | undefined {
  for (let rest = host; rest !== ''; ) {
    const name = HOSTS.get(rest);
    if (name !== undefined) return name;
    const dot = rest.indexOf('.');
    rest = dot === -1 ? '' : rest.slice(dot + 1);
  }
  return undefined;
}

function partsOf(address: string): readonly number[] | undefined {
  return isIpv4(address) ? address.split('.').map(Number) : parseIpv6(address);
}

function rangeName(address: string): string | undefined {
  const parts = partsOf(address);
  if (parts === undefined) return undefined;
  return RANGES.find((range) => range.parts.length === parts.length && isWithin(parts, range))
    ?.name;
}

function isWithin(parts: readonly number[], { parts: base, partBits, fixedBits }: Range): boolean {
  return base.every((part, index) => {
    const fixed = Math.max(0, Math.min(partBits, fixedBits - index * partBits));
    const shift = partBits - fixed;
    return part >> shift === (parts[index] ?? 0) >> shift;
  });
}
