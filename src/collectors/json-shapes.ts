import { CLOUD_SHAPES } from './json-cloud/cloud-shapes.js';
import { ECS } from './json-ecs.js';
import { addOuter } from './json-envelope/add-outer.js';
import { unwrapRecord } from './json-envelope/unwrap-record.js';
import { FLAT } from './json-flat.js';
import { LAUREL } from './json-laurel.js';
import { AUDIT_FLAT, JOURNALD } from './json-linux.js';
import { PRODUCT_SHAPES } from './json-products/product-shapes.js';
import type { JsonObject, JsonShape, ShapedEvent } from './json-record.js';
import { WINDOWS_EVENT } from './json-windows-event.js';
import { WINDOWS_FLAT } from './json-windows-flat.js';
import { WINLOGBEAT } from './json-winlogbeat.js';
import { ZEEK } from './json-zeek.js';

/** Windows events as most tools write them: many, and told at a glance, so that nothing else is tried on them. */
const WINDOWS_SHAPES: readonly JsonShape[] = [WINDOWS_EVENT, WINLOGBEAT, WINDOWS_FLAT];

/** Other forms of JSON logs, the most telling first; any object fits the last. */
const SHAPES: readonly JsonShape[] = [
  ...WINDOWS_SHAPES,
  JOURNALD,
  LAUREL,
  ZEEK,
  AUDIT_FLAT,
  ...CLOUD_SHAPES,
  ...PRODUCT_SHAPES,
  ECS,
  FLAT,
];

/**
 * Reads an object of any form; also a CSV record by the names of its columns, or JSON within another log. Wrappers that
 * tools put around records are taken off first.
 *
 * @param outer what is known to stand around it, the innermost first.
 */
export function shapeEvent(record: JsonObject, outer: readonly JsonObject[] = []): ShapedEvent {
  const windows = WINDOWS_SHAPES.find(({ fits }) => fits(record));
  if (windows !== undefined) return addOuter(windows.toEvent(record), outer);
  const unwrapped = unwrapRecord(record);
  const shape = SHAPES.find(({ fits }) => fits(unwrapped.record)) ?? FLAT;
  return addOuter(shape.toEvent(unwrapped.record), [...unwrapped.outer, ...outer]);
}
