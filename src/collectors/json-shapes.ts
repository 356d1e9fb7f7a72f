import { CLOUDTRAIL } from './json-cloudtrail.js';
import { ECS } from './json-ecs.js';
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

/** Reads an object of any form; also a CSV record by the names of its columns, or JSON within another log. */
export function shapeEvent(record: JsonObject): ShapedEvent {
  const shape = SHAPES.find(({ fits }) => fits(record)) ?? FLAT;
  return shape.toEvent(record);
}
