import type { FoundIoc, IocSink } from './found-ioc.js';
import type { IocPlace } from './ioc-context.js';
import { keccak256 } from './keccak256.js';
import { sha256 } from './sha256.js';

const BASE58 = '123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz';
const BECH32 = 'qpzry9x8gf2tvdw0s3jn54khce6mua7l';
const WALLET =
  /(?<![A-Za-z0-9])(?:(bc1[a-z0-9]{11,87}|BC1[A-Z0-9]{11,87})|([13][1-9A-HJ-NP-Za-km-z]{25,34})|(0x[0-9a-fA-F]{40})|([48][1-9A-HJ-NP-Za-km-z]{94}))(?![A-Za-z0-9])/g;

/**
 * Addresses of Bitcoin, Ethereum and Monero with a right check sum; Ethereum's small-letter form has none.
 *
 * @returns how many check sums were looked at, right or wrong.
 */
export function findWallets(place: IocPlace, sink: IocSink): number {
  let count = 0;
  for (const match of place.text.slice(place.start, place.end).matchAll(WALLET)) {
    count += 1;
    const type = typeOfWallet(match);
    if (type === undefined) continue;
    const start = place.start + match.index;
    const value = match[1] === undefined ? match[0] : match[0].toLowerCase();
    sink({ type, value, start, end: start + match[0].length, wasDefanged: false });
  }
  return count;
}

function typeOfWallet([whole, segwit, legacy, eth]: RegExpExecArray): FoundIoc['type'] | undefined {
  if (segwit !== undefined) return isBech32(whole.toLowerCase()) ? 'btc' : undefined;
  if (legacy !== undefined) return isBase58Check(whole) ? 'btc' : undefined;
  if (eth !== undefined) return isEthereum(whole.slice(2)) ? 'eth' : undefined;
  return isMonero(whole) ? 'xmr' : undefined;
}

function decodeBase58(text: string, length: number): Uint8Array | undefined {
  let number = 0n;
  for (const character of text) number = number * 58n + BigInt(BASE58.indexOf(character));
  const bytes = new Uint8Array(length);
  for (let at = length - 1; at >= 0; at -= 1) {
    bytes[at] = Number(number & 255n);
    number >>= 8n;
  }
  return number === 0n ? bytes : undefined;
}

/** Version 0 (a key) or 5 (a script), 20 bytes, and the first four of a doubled SHA-256. */
function isBase58Check(address: string): boolean {
  const bytes = decodeBase58(address, 25);
  if (bytes === undefined || (bytes[0] !== 0 && bytes[0] !== 5)) return false;
  const sum = sha256(sha256(bytes.subarray(0, 21)));
  return bytes.subarray(21).every((byte, index) => byte === sum[index]);
}

// Source: BIP 173 and BIP 350: the check sums of witness version 0 and of later ones differ in this number.
const BECH32_SUM = 1;
const BECH32M_SUM = 0x2bc830a3;
const GENERATORS = [0x3b6a57b2, 0x26508e6d, 0x1ea119fa, 0x3d4233dd, 0x2a1462b3];

function isBech32(address: string): boolean {
  const digits = Array.from(address.slice(3), (character) => BECH32.indexOf(character));
  if (digits.includes(-1)) return false;
  // "bc", spread over the high and the low bits of its letters.
  let sum = 1;
  for (const digit of [3, 3, 0, 2, 3, ...digits]) {
    const top = sum >>> 25;
    sum = ((sum & 0x1ffffff) << 5) ^ digit;
    for (const [index, generator] of GENERATORS.entries())
      if (((top >>> index) & 1) === 1) sum ^= generator;
  }
  return sum >>> 0 === (digits[0] === 0 ? BECH32_SUM : BECH32M_SUM);
}

/** EIP-55: where letters are of both cases, those above half of the hash of the small ones are capitals. */
function isEthereum(hex: string): boolean {
  const small = hex.toLowerCase();
  if (new Set(small).size < 5) return false;
  if (hex === small || hex === hex.toUpperCase()) return true;
  const hash = keccak256(Uint8Array.from(small, (character) => character.charCodeAt(0)));
  return Array.from(hex).every((character, index) => {
    const byte = hash[index >> 1] ?? 0;
    const nibble = index % 2 === 0 ? byte >> 4 : byte & 15;
    return character === (nibble >= 8 ? character.toUpperCase() : character.toLowerCase());
  });
}

/** Blocks of eleven characters hold eight bytes, the last of seven holds five; the last four bytes are Keccak-256's first. */
function isMonero(address: string): boolean {
  const bytes = new Uint8Array(69);
  for (let block = 0; block < 9; block += 1) {
    const part = decodeBase58(address.slice(block * 11, block * 11 + 11), block < 8 ? 8 : 5);
    if (part === undefined) return false;
    bytes.set(part, block * 8);
  }
  // Network bytes of the main chain: an address, a sub-address.
  if (bytes[0] !== 18 && bytes[0] !== 42) return false;
  const sum = keccak256(bytes.subarray(0, 65));
  return bytes.subarray(65).every((byte, index) => byte === sum[index]);
}
