/** First bytes of a model file: `PRM` and the version of its form. */
export const MODEL_MAGIC = 'PRM1';
/** The byte of a posting that skips labels without a weight. */
export const SKIP = 255;
/** A weight is stored as one signed byte; its square root is what is divided evenly, since most weights are small. */
const WEIGHT_STEPS = 127;
/** Inverse document frequencies are stored in steps of this. */
export const IDF_STEP = 1 / 16;

/** Weight of each byte, read as unsigned. */
export function weightTable(largestWeight: number): Float64Array {
  return Float64Array.from({ length: 256 }, (_, byte) => {
    const signed = byte > 127 ? byte - 256 : byte;
    return Math.sign(signed) * (signed / WEIGHT_STEPS) ** 2 * largestWeight;
  });
}

/** Byte of a weight: the nearest step; 0 when it is nearer to nothing than to the first. */
export function weightByte(weight: number, largestWeight: number): number {
  const step = Math.round(Math.sqrt(Math.min(1, Math.abs(weight) / largestWeight)) * WEIGHT_STEPS);
  return (weight < 0 ? -step : step) & 0xff;
}
