// What fast-check runs of a property that names no number.
const DEFAULT_RUNS = 100;

/**
 * How often a property runs that needs more or fewer cases than fast-check's 100: `usual` in `npm test`, as much more in
 * `npm run fuzz` as the others run more.
 */
export function fuzzRuns(usual: number): number {
  const asked = Number(process.env['FUZZ_RUNS'] ?? 0);
  return asked > DEFAULT_RUNS ? Math.round((usual * asked) / DEFAULT_RUNS) : usual;
}
