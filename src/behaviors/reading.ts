import type { BehaviorEvent, FieldValue } from './behavior-event.js';

/** An event opened for behaviours. */
export interface Reading {
  readonly event: BehaviorEvent;
  /** Milliseconds since 1970; undefined when the event has no time that can be read. */
  readonly timeMs: number | undefined;
  readonly eventId: number | undefined;
  /** Lower case, without domain; empty when the event names none. */
  readonly host: string;
  /** First value of the first of these fields that has one; empty when none has. Windows' `-` is no value. */
  text(...names: readonly string[]): string;
  /** `text` in lower case. */
  folded(...names: readonly string[]): string;
  has(service: string): boolean;
}

/** Longest text that a behaviour looks at; nothing that it compares is longer. */
const MAX_TEXT = 4_096;

export function openReading(event: BehaviorEvent): Reading {
  const { fields, logsource } = event;
  const parsed = event.time === undefined ? Number.NaN : Date.parse(event.time);
  const text = (...names: readonly string[]): string => {
    for (const name of names) {
      const found = firstText(fields.get(name));
      if (found !== '') return found;
    }
    return '';
  };
  return {
    event,
    timeMs: Number.isNaN(parsed) ? undefined : parsed,
    eventId: logsource.eventId,
    host: shortHost(event.host),
    text,
    folded: (...names) => text(...names).toLowerCase(),
    has: (service) => logsource.services.includes(service),
  };
}

function firstText(value: FieldValue | undefined): string {
  const first = isList(value) ? value.find((one) => one !== null && one !== '') : value;
  if (first === undefined || first === null) return '';
  const text = typeof first === 'string' ? first.slice(0, MAX_TEXT).trim() : String(first);
  return text === '-' ? '' : text;
}

function isList(
  value: FieldValue | undefined,
): value is readonly (string | number | boolean | null)[] {
  return Array.isArray(value);
}

/** `WS01.example.com` and `ws01` are one host; an address keeps its dots. */
function shortHost(host: string | undefined): string {
  const folded = (host ?? '').slice(0, 255).toLowerCase();
  return /^[\d.]+$|:/.test(folded) ? folded : (folded.split('.', 1)[0] ?? '');
}
