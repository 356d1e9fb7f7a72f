import type { Issue } from '../../model/index.js';

/** Bytes as text. */
export interface DecodedText {
  readonly text: string;
  /** At most one: what was taken for granted. */
  readonly issues: readonly Issue[];
}

/** As much of a text as tells its encoding. */
const SAMPLE_BYTES = 64 * 1024;

/**
 * Decodes by the byte order mark, else UTF-16 when every other byte is zero, else UTF-8, else Windows-1252, which holds
 * Latin-1. The mark is left out.
 *
 * @param declared encoding that the document itself names, such as `windows-1251`; used when the bytes are not UTF-8.
 */
export function decodeText(bytes: Uint8Array, source: string, declared?: string): DecodedText {
  const marked = markedEncoding(bytes);
  if (marked !== undefined) return { text: new TextDecoder(marked).decode(bytes), issues: [] };
  const wide = unmarkedWideEncoding(bytes);
  if (wide !== undefined) {
    const message = `has no byte order mark; it was read as ${wide.toUpperCase()}`;
    return { text: new TextDecoder(wide).decode(bytes), issues: [assumed(source, message)] };
  }
  try {
    return { text: new TextDecoder('utf-8', { fatal: true }).decode(bytes), issues: [] };
  } catch {
    return decodeOther(bytes, source, declared);
  }
}

function decodeOther(bytes: Uint8Array, source: string, declared: string | undefined): DecodedText {
  const named = declared === undefined ? undefined : knownDecoder(declared);
  if (named !== undefined && named.encoding !== 'utf-8') {
    return { text: named.decode(bytes), issues: [] };
  }
  const { good, bad } = countSequences(bytes.subarray(0, SAMPLE_BYTES));
  if (good > bad || named !== undefined || bad === 0) {
    const text = new TextDecoder().decode(bytes);
    const message = 'has bytes that are not UTF-8; they were read as the replacement character';
    return { text, issues: [{ kind: 'issue', code: 'TEXT_NOT_UTF8', message, at: { source } }] };
  }
  const text = new TextDecoder('windows-1252').decode(bytes);
  return { text, issues: [assumed(source, 'is not UTF-8; it was read as Windows-1252')] };
}

function markedEncoding([first, second, third]: Uint8Array): string | undefined {
  if (first === 0xff && second === 0xfe) return 'utf-16le';
  if (first === 0xfe && second === 0xff) return 'utf-16be';
  return first === 0xef && second === 0xbb && third === 0xbf ? 'utf-8' : undefined;
}

/** Text of Latin letters in UTF-16 has a zero in every second byte. */
function unmarkedWideEncoding(bytes: Uint8Array): string | undefined {
  const sample = bytes.subarray(0, 4_096);
  if (sample.length < 8) return undefined;
  const zeros = [0, 0];
  for (let index = 0; index < sample.length; index += 1) {
    if (sample[index] === 0) zeros[index % 2] = (zeros[index % 2] ?? 0) + 1;
  }
  const [even = 0, odd = 0] = zeros;
  const half = sample.length / 2;
  if (odd > half * 0.7 && even < half * 0.05) return 'utf-16le';
  return even > half * 0.7 && odd < half * 0.05 ? 'utf-16be' : undefined;
}

function knownDecoder(label: string): InstanceType<typeof TextDecoder> | undefined {
  try {
    return new TextDecoder(label.trim());
  } catch {
    return undefined;
  }
}

/** Characters of more than one byte that are UTF-8, and bytes above 0x7F that belong to none. */
function countSequences(bytes: Uint8Array): { readonly good: number; readonly bad: number } {
  let good = 0;
  let bad = 0;
  for (let index = 0; index < bytes.length; index += 1) {
    const byte = bytes[index] ?? 0;
    if (byte < 0x80) continue;
    const following = followingBytes(byte);
    let found = 0;
    while (found < following && isContinuation(bytes[index + found + 1])) found += 1;
    const isGood = following > 0 && found === following;
    if (isGood) good += 1;
    // The sample may end within a character.
    else if (index + following < bytes.length) bad += 1;
    if (isGood) index += following;
  }
  return { good, bad };
}

/** Bytes after the first of a UTF-8 character; 0 when none begins with this byte. */
function followingBytes(byte: number): number {
  if (byte >= 0xf0) return 3;
  if (byte >= 0xe0) return 2;
  return byte >= 0xc2 ? 1 : 0;
}

const isContinuation = (byte: number | undefined): boolean =>
  byte !== undefined && byte >= 0x80 && byte < 0xc0;

function assumed(source: string, message: string): Issue {
  return { kind: 'issue', code: 'TEXT_ENCODING_ASSUMED', message, at: { source } };
}

const BINARY_SHARE = 0.1;

/** Whether the first bytes are of a text, in any encoding that `decodeText` reads. */
export function isTextHead(head: Uint8Array): boolean {
  if (head.length === 0) return false;
  if (markedEncoding(head) !== undefined || unmarkedWideEncoding(head) !== undefined) return true;
  let odd = 0;
  for (const byte of head) {
    if (byte === 0) return false;
    const isControl = byte < 0x20 && !(byte >= 0x09 && byte <= 0x0d) && byte !== 0x1b;
    if (isControl || byte === 0x7f) odd += 1;
  }
  return odd <= head.length * BINARY_SHARE;
}

/** The first bytes as text, in the encoding that `decodeText` would take. */
export function decodeReportHead(head: Uint8Array): string {
  return decodeText(head, '').text;
}
