import { CLOUDTRAIL } from './json-cloudtrail.js';
import { ECS } from './json-ecs.js';
import { addOuter } from './json-envelope/add-outer.js';
import { unwrapRecord } from './json-envelope/unwrap-record.js';
import { FLAT } from './json-flat.js';
import { LAUREL } from './json-laurel.js';
import { AUDIT_FLAT, JOURNALD } from './json-linux.js';
import type { JsonObject, JsonShape, ShapedEvent } from './json-record.js';
import { WINDOWS_EVENT } from './json-windows-event.js';
import { WINDOWS_FLAT } from './json-windows-flat.js';
import { WINLOGBEAT } from './json-winlogbeat.js';
import { ZEEK } from './json-zeek.js';

/** Forms of JSON logs, the most telling first; any object fits the last. */
const SHAPES: readonly JsonShape[] = [
  WINDOWS_EVENT,
  WINLOGBEAT,
  CLOUDTRAIL,
  JOURNALD,
  LAUREL,
  ZEEK,
  WINDOWS_FLAT,
  AUDIT_FLAT,
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
  const unwrapped = unwrapRecord(record);
  const shape = SHAPES.find(({ fits }) => fits(unwrapped.record)) ?? FLAT;
  return addOuter(shape.toEvent(unwrapped.record), [...unwrapped.outer, ...outer]);
}
