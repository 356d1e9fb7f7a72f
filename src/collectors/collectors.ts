import type { Collector } from './collector.js';
import { evtxCollector } from './evtx-collector.js';
import { jsonCollector } from './json-collector.js';

/** Every format that can be read. A new one is a file, a test, a fixture and a row. */
export const COLLECTORS: readonly Collector[] = [evtxCollector, jsonCollector];

/** The collector of a file by its content; undefined when none knows it. */
export function detectCollector(name: string, head: Uint8Array): Collector | undefined {
  return COLLECTORS.find((collector) => collector.detect(name, head));
}
