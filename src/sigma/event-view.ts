import type { FieldScalar, FieldValue, SigmaEvent } from './field-value.js';

/** An event while rules run over it: each field is turned to text and folded to lower case once. */
export interface EventView {
  readonly event: SigmaEvent;
  /** As the log has it; undefined when the field is missing. */
  value(field: string): FieldValue | undefined;
  /** Every value of the field as text; empty when it is missing or null. */
  texts(field: string): readonly string[];
  /** `texts` in lower case. */
  folded(field: string): readonly string[];
  /** Every value of every field as text, for keywords. */
  allTexts(): readonly string[];
  allFolded(): readonly string[];
}

/** Opens an event for matching; `event` must not change while the view is in use. */
export function viewEvent(event: SigmaEvent): EventView {
  const texts = new Map<string, readonly string[]>();
  const folded = new Map<string, readonly string[]>();
  let everyText: readonly string[] | undefined;
  let everyFolded: readonly string[] | undefined;
  const view: EventView = {
    event,
    value: (field) => event.fields.get(field),
    texts(field) {
      let found = texts.get(field);
      if (found === undefined) {
        found = textsOf(event.fields.get(field));
        texts.set(field, found);
      }
      return found;
    },
    folded(field) {
      let found = folded.get(field);
      if (found === undefined) {
        found = view.texts(field).map(fold);
        folded.set(field, found);
      }
      return found;
    },
    allTexts() {
      everyText ??= [...event.fields.keys()].flatMap((field) => view.texts(field));
      return everyText;
    },
    allFolded() {
      everyFolded ??= view.allTexts().map(fold);
      return everyFolded;
    },
  };
  return view;
}

/** Case folding of Sigma's case-insensitive comparison: Unicode's lower case. */
export function fold(text: string): string {
  return text.toLowerCase();
}

const NONE: readonly string[] = [];

/** A field's values as text, the form in which Sigma compares them: `4688`, `true`; null has none. */
export function textsOf(value: FieldValue | undefined): readonly string[] {
  if (value === undefined || value === null) return NONE;
  if (typeof value === 'string') return [value];
  if (!isList(value)) return [String(value)];
  return value.filter((item) => item !== null).map(String);
}

function isList(value: FieldValue): value is readonly FieldScalar[] {
  return Array.isArray(value);
}
