import { expect, test } from 'vitest';
import { FILETIME, uint, utf16 } from '../../../test/evtx/evtx-writer.js';
import { decodeLongAnywhere, decodeUtf16 } from './decode-utf16.js';
import { formatFiletime, formatMs } from './filetime.js';
import { readValue } from './read-value.js';

function show(type: number, bytes: readonly number[]) {
  // Not at the start, so that a reader that forgets the offset fails.
  return readValue(Uint8Array.from([9, 9, 9, ...bytes, 9]), type, (3 << 16) | bytes.length);
}

function int(size: number, value: bigint): readonly number[] {
  const written = uint(0, size, value);
  return 'bytes' in written ? written.bytes : [];
}

const float = (value: number) => [...new Uint8Array(Float32Array.of(value).buffer)];
const double = (value: number) => [...new Uint8Array(Float64Array.of(value).buffer)];
const GUID = [0x04, 0x03, 0x02, 0x01, 0x06, 0x05, 0x08, 0x07, 9, 10, 11, 12, 13, 14, 15, 0xaf];
const SID = [1, 2, 0, 0, 0, 0, 0, 5, 32, 0, 0, 0, 0x20, 2, 0, 0];

test.each<[string, number, readonly number[], unknown]>([
  ['null as nothing', 0x00, [], ''],
  ['text', 0x01, utf16('Zürich 東京 😀'), 'Zürich 東京 😀'],
  ['text without the NULs behind it', 0x01, utf16('ab\0\0'), 'ab'],
  ['text with a NUL inside whole', 0x01, utf16('a\0b'), 'a\0b'],
  ['text of an odd size without the odd byte', 0x01, [...utf16('ab'), 0x63], 'ab'],
  ['text with half a surrogate pair', 0x01, [0x3d, 0xd8], '\ud83d'],
  ['ANSI text of Windows-1252', 0x02, [0x41, 0x80, 0xe9, 0], 'A€é'],
  ['int8', 0x03, [0xff], -1],
  ['uint8', 0x04, [0xff], 255],
  ['int16', 0x05, [0xfe, 0xff], -2],
  ['uint16', 0x06, [0xfe, 0xff], 65534],
  ['int32', 0x07, int(4, 0xfffffffdn), -3],
  ['uint32', 0x08, int(4, 0xfffffffdn), 4294967293],
  ['int64', 0x09, int(8, 0xffff_ffff_ffff_fffcn), -4],
  ['the smallest int64 as text', 0x09, int(8, 0x8000_0000_0000_0000n), '-9223372036854775808'],
  ['uint64 up to 2^53', 0x0a, int(8, 9007199254740991n), 9007199254740991],
  ['the largest uint64 as text', 0x0a, int(8, 0xffff_ffff_ffff_ffffn), '18446744073709551615'],
  ['float with its own digits', 0x0b, float(0.1), 0.1],
  ['float that is no number', 0x0b, float(Number.NaN), 'NaN'],
  ['double', 0x0c, double(-2.5e-7), -2.5e-7],
  ['double that is infinite', 0x0c, double(Number.NEGATIVE_INFINITY), '-Infinity'],
  ['true', 0x0d, [1, 0, 0, 0], true],
  ['true of one bit high up', 0x0d, [0, 0, 0, 1], true],
  ['false', 0x0d, [0, 0, 0, 0], false],
  ['binary', 0x0e, [0, 0xab, 0x0f], '00AB0F'],
  ['GUID', 0x0f, GUID, '{01020304-0506-0708-090A-0B0C0D0E0FAF}'],
  ['a size of 4 bytes', 0x10, int(4, 0x1d4n), '0x1d4'],
  ['a size of 8 bytes', 0x10, int(8, 0x1_0000_0002n), '0x100000002'],
  ['FILETIME', 0x11, int(8, FILETIME), '2026-01-02T03:04:05.6789012Z'],
  ['FILETIME 0', 0x11, int(8, 0n), '1601-01-01T00:00:00.0000000Z'],
  [
    'SYSTEMTIME',
    0x12,
    [0xea, 7, 1, 0, 5, 0, 2, 0, 3, 0, 4, 0, 5, 0, 6, 0],
    '2026-01-02T03:04:05.006Z',
  ],
  ['SID', 0x13, SID, 'S-1-5-32-544'],
  ['SID of a large authority', 0x13, [1, 0, 1, 0, 0, 0, 0, 5], 'S-1-0x010000000005'],
  ['hexadecimal of 4 bytes', 0x14, int(4, 0xc000_006dn), '0xc000006d'],
  ['hexadecimal 0', 0x14, int(4, 0n), '0x0'],
  ['hexadecimal of 8 bytes', 0x15, int(8, 0x8020_0000_0000_0000n), '0x8020000000000000'],
  ['a small hexadecimal of 8 bytes', 0x15, int(8, 0x3e7n), '0x3e7'],
  ['event handle', 0x20, int(8, 0x20n), '0x20'],
  ['an array of text', 0x81, utf16('a\0b\0'), ['a', 'b']],
  ['an array of text with an empty end', 0x81, utf16('a\0\0'), ['a', '']],
  ['an array of one', 0x81, utf16('a\0'), 'a'],
  ['an array of ANSI text', 0x82, [0x61, 0, 0x62, 0], ['a', 'b']],
  ['an array of uint16', 0x86, [1, 0, 2, 0], [1, 2]],
  ['an array of hexadecimals', 0x94, [1, 0, 0, 0, 0x10, 0, 0, 0], ['0x1', '0x10']],
  [
    'an array of SIDs',
    0x93,
    [...SID, 1, 1, 0, 0, 0, 0, 0, 5, 18, 0, 0, 0],
    ['S-1-5-32-544', 'S-1-5-18'],
  ],
  [
    'an array of GUIDs',
    0x8f,
    [...GUID, ...GUID],
    ['{01020304-0506-0708-090A-0B0C0D0E0FAF}', '{01020304-0506-0708-090A-0B0C0D0E0FAF}'],
  ],
  ['an empty array', 0x86, [], ''],
  ['a GUID of the wrong size as binary', 0x0f, [1, 2], '0102'],
  [
    'a SID that says it is longer than it is as binary',
    0x13,
    [1, 9, 0, 0, 0, 0, 0, 5],
    '0109000000000005',
  ],
  ['an array that does not come out even as binary', 0x86, [1, 0, 2], '010002'],
  ['a type that does not exist as binary', 0x7f, [1], '01'],
])('shows %s', (_what, type, bytes, shown) => {
  expect(show(type, bytes)).toEqual(shown);
});

test('writes times as the calendar of JavaScript does', () => {
  for (let timeMs = -11_644_473_600_000; timeMs < 95_617_584_000_000; timeMs += 86_399_999 * 37)
    expect(formatMs(timeMs)).toBe(new Date(timeMs).toISOString());
});

test('keeps every 100 ns of a time', () => {
  for (const ticks of [1n, 9_999n, 10_000n, 0x7fff_ffff_ffffn, 2_650_467_743_999_999_999n]) {
    const iso = new Date(Number(ticks / 10_000n) - 11_644_473_600_000).toISOString().slice(0, -1);
    const shown = formatFiletime(Number(ticks & 0xffff_ffffn), Number(ticks >> 32n));
    expect(shown).toBe(`${iso}${String(ticks % 10_000n).padStart(4, '0')}Z`);
  }
});

test('decodes text the same way without the decoder of Node', () => {
  const bytes = Uint8Array.from(utf16('é\ud83d東京'.repeat(5000)));
  expect(decodeLongAnywhere.call(bytes, 2, bytes.length)).toBe(decodeUtf16(bytes, 2, bytes.length));
});
