import { createBehaviorRunner } from '../behaviors/index.js';
import type { Logsource } from '../collectors/index.js';
import type { ReaderSetting } from './map-reader.js';

/** Tells which events behaviours look at. */
export function createWatch({ behaviors }: ReaderSetting): (logsource: Logsource) => boolean {
  if (!behaviors) return () => false;
  const runner = createBehaviorRunner();
  return (logsource) => runner.isWatched(logsource);
}
