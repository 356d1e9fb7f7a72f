import type { IocSink, IocType } from './found-ioc.js';
import { type IocPlace, wordsBefore } from './ioc-context.js';

const HEX = /(?<![0-9A-Za-z])[0-9a-fA-F]{32,128}(?![0-9A-Za-z])/g;
const SSDEEP =
  /(?<![0-9A-Za-z:/+])(\d{1,10}):([A-Za-z0-9/+]{3,64}):([A-Za-z0-9/+]{3,64})(?![A-Za-z0-9/+:])/g;
const TLSH = /(?<![0-9A-Za-z])T1[0-9A-Fa-f]{70}(?![0-9A-Za-z])/g;

const TYPE_OF_LENGTH: ReadonlyMap<number, IocType> = new Map([
  [32, 'md5'],
  [40, 'sha1'],
  [56, 'sha224'],
  [64, 'sha256'],
  [96, 'sha384'],
  [128, 'sha512'],
]);

/** A word before hex digits, and what it makes of so many of them. */
interface Label {
  readonly word: RegExp;
  readonly lengths: readonly number[];
  readonly type: IocType;
}

const near = (words: string): RegExp =>
  new RegExp(`(?:${words})\\b[^0-9A-Fa-f\\n]{0,4}[^\\n]{0,12}$`, 'i');

const LABELS: readonly Label[] = [
  { word: near('\\bimp ?-?hash(?:es)?'), lengths: [32], type: 'imphash' },
  { word: near('\\bauthentihash'), lengths: [32, 40, 64], type: 'authentihash' },
  { word: near('\\bvhash'), lengths: [32], type: 'vhash' },
  { word: near('\\bja3s(?:[ -]?(?:hash|fingerprint))?'), lengths: [32], type: 'ja3s' },
  { word: near('\\bja3(?:[ -]?(?:hash|fingerprint))?'), lengths: [32], type: 'ja3' },
  { word: near('\\bhassh(?:server)?'), lengths: [32], type: 'hassh' },
  { word: near('\\bjarm'), lengths: [62], type: 'jarm' },
  { word: near('\\btlsh'), lengths: [70], type: 'tlsh' },
  {
    word: near(
      '\\b(?:thumbprint|fingerprint|(?:certificate|cert|x\\.?509) (?:hash|id|sha-?1|sha-?256|md5|thumbprint|fingerprint))s?',
    ),
    lengths: [32, 40, 64],
    type: 'x509-fingerprint',
  },
  {
    word: near('\\b(?:git|commit|commits|commit hash|revision|tree|changeset)'),
    lengths: [40],
    type: 'git-commit',
  },
];
const SERIAL = near('\\bserial(?: (?:number|no\\.?))?');
/** Hex that is made up by chance or by rule, and identifies no file. */
const NO_HASH =
  /\b(?:guid|uuid|clsid|iid|key|aes|rc4|xor|iv|nonce|salt|token|secret|session(?:[ _-]?id)?|cookie|password|etag|csrf|trace[ _-]?id|span[ _-]?id|api[ _-]?key|seed|signature|build[ _-]?id)s?["']?\s?(?:is|was|of|=|:|-)?\s?["']?(?:0x)?$/i;

/** Hashes of files and of things that have them, told apart by length and by the word before. */
export function findHashes(place: IocPlace, sink: IocSink): void {
  const piece = place.text.slice(place.start, place.end);
  for (const match of piece.matchAll(HEX)) {
    const start = place.start + match.index;
    const found = { ...place, start, end: start + match[0].length };
    const type = typeOfHex(match[0], wordsBefore(found));
    if (type === undefined) continue;
    sink({ type, value: match[0].toLowerCase(), start, end: found.end, wasDefanged: false });
  }
  for (const match of piece.matchAll(TLSH))
    sink({ ...placed(place, match), type: 'tlsh', value: match[0].toUpperCase() });
}

/** Three parts with colons; the first a block size: 3 times a power of two. Source: ssdeep, "spamsum" format. */
export function findSsdeep(place: IocPlace, sink: IocSink): void {
  const piece = place.text.slice(place.start, place.end);
  for (const match of piece.matchAll(SSDEEP)) {
    const blocks = Number(match[1]) / 3;
    const [first = '', second = ''] = [match[2], match[3]];
    const isPower = Number.isInteger(blocks) && blocks >= 1 && Number.isInteger(Math.log2(blocks));
    // The second part covers twice the block size, so that it is about half as long; times and ports are short.
    if (!isPower || first.length < 6 || second.length > first.length + 8) continue;
    sink({ ...placed(place, match), type: 'ssdeep', value: match[0] });
  }
}

function placed(place: IocPlace, match: RegExpExecArray) {
  const start = place.start + match.index;
  return { start, end: start + match[0].length, wasDefanged: false };
}

function typeOfHex(hex: string, before: string): IocType | undefined {
  if (!isVaried(hex)) return undefined;
  const label = LABELS.find(
    ({ word, lengths }) => lengths.includes(hex.length) && word.test(before),
  );
  if (label !== undefined) return label.type;
  if (SERIAL.test(before)) return hex.length <= 40 ? 'x509-serial' : undefined;
  if (NO_HASH.test(before)) return undefined;
  return TYPE_OF_LENGTH.get(hex.length);
}

const LEAST_DIGITS_USED = 7;

/** A hash has letters and digits and many of both: a chance of one in millions to be otherwise. */
function isVaried(hex: string): boolean {
  let used = 0;
  for (let at = 0; at < hex.length; at += 1) used |= 1 << Number.parseInt(hex.charAt(at), 16);
  let count = 0;
  for (let rest = used; rest !== 0; rest &= rest - 1) count += 1;
  return count >= LEAST_DIGITS_USED && (used & 0x3ff) !== 0 && (used & 0xfc00) !== 0;
}
