/**
 * The value below which a share of the values lies, interpolated linearly between the two nearest: 50 is the median.
 *
 * @param values at least one, any order; not changed.
 * @param percentile 0..100.
 */
export function percentileOf(values: readonly number[], percentile: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  const place = (percentile / 100) * (sorted.length - 1);
  const below = sorted[Math.floor(place)] ?? Number.NaN;
  const above = sorted[Math.ceil(place)] ?? below;
  return below + (above - below) * (place - Math.floor(place));
}
