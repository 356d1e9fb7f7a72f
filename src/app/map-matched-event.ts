import { hash } from 'node:crypto';
import type { Event, FieldValue } from '../collectors/index.js';
import type { FiredRule } from './map-matcher.js';
import { clipText, MAX_NAME_LENGTH } from './map-text.js';
import type { MatchedEvent, UnitMatch, WatchedEvent, WholeEvent } from './map-unit.js';
import { WATCHED_FIELDS } from './watched-fields.table.js';

const MAX_FIELD_LENGTH = 4_096;
const MAX_FIELDS = 40;
const MAX_WHOLE_FIELDS = 64;
const MAX_WHOLE_FIELD_LENGTH = 1_024;
const HASH_LENGTH = 32;
// Bounds memory on logs made to name a host a line.
const MAX_SUBJECTS = 10_000;

/** How often the fields of a rule's matches were kept, by rule and host. */
export type ShownMatches = Map<number, Map<string, number>>;

export interface MatchedEventContext {
  readonly setting: {
    readonly fieldsOf: readonly (readonly string[])[];
    readonly keepsEvents: boolean;
  };
  /** Changes. */
  readonly shown: ShownMatches;
  /** Matches of a rule on a host of which the fields are kept. */
  readonly maxShown: number;
}

/** What is kept of an event on which rules fired, or that behaviours watch. */
export function toMatchedEvent(
  event: Event,
  { fired, isWatched }: { readonly fired: readonly FiredRule[]; readonly isWatched: boolean },
  context: MatchedEventContext,
): MatchedEvent {
  const { time, record } = event;
  const host = clipName(event.host);
  const user = clipName(event.user);
  const subject = host ?? user ?? '';
  const { keepsEvents } = context.setting;
  let isAnyShown = false;
  const matches = fired.map(({ rule, fields }): UnitMatch => {
    const isShown = countShown(context, rule, subject);
    isAnyShown ||= isShown;
    return { rule, fields: isShown || keepsEvents ? clipFields(fields()) : undefined };
  });
  const whole = keepsEvents && fired.length > 0 ? toWholeEvent(event, isAnyShown) : undefined;
  const kept = keptFields(event, fired, context.setting);
  return {
    record,
    time,
    host,
    user,
    matches,
    kept,
    watched: isWatched ? watch(event) : undefined,
    whole,
  };
}

function toWholeEvent({ fields }: Event, withFields: boolean): WholeEvent {
  const entries = [...fields.keys()].map(
    (name) => [name, textOf(fields.get(name) ?? null)] as const,
  );
  return {
    contentHash: hash('sha256', JSON.stringify(entries)).slice(0, HASH_LENGTH),
    fields: withFields
      ? Object.fromEntries(
          entries
            .slice(0, MAX_WHOLE_FIELDS)
            .map(([name, value]) => [
              clipText(name, MAX_NAME_LENGTH),
              clipText(value, MAX_WHOLE_FIELD_LENGTH),
            ]),
        )
      : undefined,
  };
}

function textOf(value: FieldValue): string {
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

/** Only what behaviours read, so that little goes from thread to thread, and the same with one thread. */
function watch({ logsource, fields }: Event): WatchedEvent {
  const watched = new Map<string, FieldValue>();
  for (const name of fields.keys()) {
    const value = WATCHED_FIELDS.has(name) ? fields.get(name) : undefined;
    if (value !== undefined) watched.set(name, clipValue(value));
  }
  return { logsource, fields: watched };
}

function clipValue(value: FieldValue): FieldValue {
  if (typeof value === 'string') return value.slice(0, MAX_FIELD_LENGTH);
  return value;
}

function countShown(
  { shown, maxShown }: MatchedEventContext,
  rule: number,
  subject: string,
): boolean {
  let bySubject = shown.get(rule);
  if (bySubject === undefined) {
    bySubject = new Map();
    shown.set(rule, bySubject);
  }
  const count = bySubject.get(subject) ?? 0;
  if (count >= maxShown || (count === 0 && bySubject.size >= MAX_SUBJECTS)) return false;
  bySubject.set(subject, count + 1);
  return true;
}

function clipName(name: string | undefined): string | undefined {
  return name === undefined ? undefined : clipText(name, MAX_NAME_LENGTH);
}

function clipFields(fields: ReadonlyMap<string, string>): Readonly<Record<string, string>> {
  const first = [...fields].slice(0, MAX_FIELDS);
  return Object.fromEntries(
    first.map(([name, value]) => [
      clipText(name, MAX_NAME_LENGTH),
      clipText(value, MAX_FIELD_LENGTH),
    ]),
  );
}

function keptFields(
  { fields }: Event,
  fired: readonly FiredRule[],
  { fieldsOf }: MatchedEventContext['setting'],
): MatchedEvent['kept'] {
  const names = new Set(fired.flatMap(({ rule }) => fieldsOf[rule] ?? []));
  if (names.size === 0) return undefined;
  return Object.fromEntries(
    [...names].map((name) => {
      const value = fields.get(name) ?? [];
      const values = Array.isArray(value) ? value.filter((one) => one !== null) : [value];
      return [name, values.map((one) => clipText(String(one), MAX_FIELD_LENGTH))];
    }),
  );
}
