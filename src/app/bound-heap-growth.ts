import { setFlagsFromString } from 'node:v8';

// Percent that a heap may grow beyond what lives before it is cleaned up. V8 lets it grow to several times that, in each
// thread; events die young and little lives, so that cleaning up more often costs a tenth of the time.
const GROWTH_PERCENT = 50;

/** Makes all threads of the process keep their heaps near what lives in them, from now on: memory must not follow the input. */
export function boundHeapGrowth(): void {
  setFlagsFromString(`--heap-growing-percent=${GROWTH_PERCENT}`);
}
