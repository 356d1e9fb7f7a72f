// Source: Witten, Neal, Cleary, "Arithmetic coding for data compression", CACM 30(6), 1987.
const TOP = 2 ** 32;
const HALF = 2 ** 31;
const QUARTER = 2 ** 30;

/** The share of the whole that a symbol has: from `low` to `high` of `total`, which is at most 2^16. */
export interface Slice {
  readonly low: number;
  readonly high: number;
  readonly total: number;
}

/** Writes symbols in as many bits as they are unlikely. */
export interface ArithmeticEncoder {
  encode(slice: Slice): void;
  /** The bytes; nothing may be encoded after it. */
  finish(): Uint8Array;
}

/** Reads back what an encoder wrote, as long as it is asked with the same totals. */
export interface ArithmeticDecoder {
  /** Where the next symbol lies, 0..total-1; `take` must follow. */
  peek(total: number): number;
  take(slice: Slice): void;
}

function narrow(low: number, range: number, slice: Slice): readonly [low: number, range: number] {
  const start = Math.floor((range * slice.low) / slice.total);
  const end = Math.floor((range * slice.high) / slice.total);
  return [low + start, end - start];
}

export function createArithmeticEncoder(): ArithmeticEncoder {
  const bytes: number[] = [];
  let [low, range] = [0, TOP];
  let [byte, filled, pending] = [0, 0, 0];
  const push = (bit: number): void => {
    byte = byte * 2 + bit;
    filled += 1;
    if (filled < 8) return;
    bytes.push(byte);
    [byte, filled] = [0, 0];
  };
  const emit = (bit: number): void => {
    push(bit);
    for (; pending > 0; pending -= 1) push(1 - bit);
  };
  /** Writes the bits that are decided and doubles the range. */
  const settle = (): void => {
    for (;;) {
      if (low + range <= HALF) emit(0);
      else if (low >= HALF) {
        emit(1);
        low -= HALF;
      } else if (low >= QUARTER && low + range <= HALF + QUARTER) {
        pending += 1;
        low -= QUARTER;
      } else return;
      low *= 2;
      range *= 2;
    }
  };
  return {
    encode(slice) {
      [low, range] = narrow(low, range, slice);
      settle();
    },
    finish() {
      pending += 1;
      emit(low < QUARTER ? 0 : 1);
      while (filled > 0) push(0);
      // The decoder reads zeros behind the end.
      while (bytes.at(-1) === 0) bytes.pop();
      return Uint8Array.from(bytes);
    },
  };
}

/** Bytes of any content decode to some symbols; reading goes on with zeros behind the end. */
export function createArithmeticDecoder(bytes: Uint8Array): ArithmeticDecoder {
  let position = 0;
  const nextBit = (): number => {
    const byte = bytes[position >> 3] ?? 0;
    const bit = (byte >> (7 - (position & 7))) & 1;
    position += 1;
    return bit;
  };
  let [low, range] = [0, TOP];
  let value = 0;
  for (let bit = 0; bit < 32; bit += 1) value = value * 2 + nextBit();
  const settle = (): void => {
    for (;;) {
      let base = 0;
      if (low >= HALF) base = HALF;
      else if (low >= QUARTER && low + range <= HALF + QUARTER) base = QUARTER;
      else if (low + range > HALF) return;
      low = (low - base) * 2;
      value = (value - base) * 2 + nextBit();
      range *= 2;
    }
  };
  return {
    peek(total) {
      const place = Math.floor(((value - low + 1) * total - 1) / range);
      return Math.min(total - 1, Math.max(0, place));
    },
    take(slice) {
      [low, range] = narrow(low, range, slice);
      settle();
    },
  };
}
