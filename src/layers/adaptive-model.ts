import type { ArithmeticDecoder, ArithmeticEncoder, Slice } from './arithmetic-coder.js';

const MAX_TOTAL = 2 ** 16;

/** Counts how often each of a few symbols came, so that frequent ones cost little. Encoder and decoder learn alike. */
export interface AdaptiveModel {
  encode(encoder: ArithmeticEncoder, symbol: number): void;
  decode(decoder: ArithmeticDecoder): number;
}

/**
 * @param size number of symbols, 1..16,384; symbols are 0..size-1.
 * @param step what one occurrence adds to a symbol that starts at 1: high learns a few symbols fast, low suits many.
 */
export function createAdaptiveModel(size: number, step: number): AdaptiveModel {
  const counts = new Uint32Array(size).fill(1);
  let total = size;
  const learn = (symbol: number): void => {
    counts[symbol] = (counts[symbol] ?? 0) + step;
    total += step;
    if (total < MAX_TOTAL) return;
    total = 0;
    for (const [index, count] of counts.entries()) {
      counts[index] = (count + 1) >> 1;
      total += (count + 1) >> 1;
    }
  };
  const sliceOf = (symbol: number): Slice => {
    let low = 0;
    for (let index = 0; index < symbol; index += 1) low += counts[index] ?? 0;
    return { low, high: low + (counts[symbol] ?? 0), total };
  };
  const symbolAt = (place: number): number => {
    let [symbol, high] = [0, counts[0] ?? 0];
    while (high <= place && symbol < size - 1) {
      symbol += 1;
      high += counts[symbol] ?? 0;
    }
    return symbol;
  };
  return {
    encode(encoder, symbol) {
      encoder.encode(sliceOf(symbol));
      learn(symbol);
    },
    decode(decoder) {
      const symbol = symbolAt(decoder.peek(total));
      decoder.take(sliceOf(symbol));
      learn(symbol);
      return symbol;
    },
  };
}
