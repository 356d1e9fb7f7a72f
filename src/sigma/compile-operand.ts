import { cidrContains, parseIpAddress } from './cidr.js';
import { compilePattern } from './compile-pattern.js';
import type { EventView } from './event-view.js';
import { atPosition, bytesPattern } from './modifiers.js';
import type { Comparison, Operand, Position, TimeUnit } from './operand.js';
import { linearRegex } from './regex/linear-regex.js';
import type { SigmaPattern } from './sigma-pattern.js';
import { readTimePart } from './time-part.js';

/** Where an operand looks: one field, or every field (a keyword). */
export interface OperandPlace {
  /** Undefined: keyword. */
  readonly field: string | undefined;
  readonly cased: boolean;
}

/** Whether the event satisfies one operand; `only` limits a keyword to one field. */
export type OperandTest = (view: EventView, only?: string) => boolean;

/** Compiles one operand; a string says why it cannot be. */
export function compileOperand(operand: Operand, place: OperandPlace): OperandTest | string {
  switch (operand.kind) {
    case 'text':
      return textTest(operand.pattern, place);
    case 'bytes':
      return textTest(bytesPattern(operand.bytes, operand.position), place);
    case 'regex': {
      const regex = linearRegex(operand.pattern, operand.flags);
      if (regex.kind === 'problem') return regex.message;
      return onTexts(regex.search, { ...place, cased: true });
    }
    case 'cidr':
      return onField(place, (text) => {
        const address = parseIpAddress(text.trim());
        return address !== undefined && cidrContains(operand.block, address);
      });
    case 'compare':
      return onField(place, (text) => compareNumber(numberOfText(text), operand));
    case 'time':
      return timeTest(operand, place);
    case 'null':
      return onEvent(place, (view, field) => view.texts(field).length === 0);
    case 'exists':
      return onEvent(
        place,
        (view, field) => (view.value(field) !== undefined) === operand.expected,
      );
    case 'field':
      return fieldTest(operand, place);
  }
}

/** Why an operand cannot be compiled, without compiling it; undefined when it can. */
export function operandProblem(operand: Operand, field: string | undefined): string | undefined {
  switch (operand.kind) {
    case 'text':
    case 'bytes':
      return undefined;
    case 'regex': {
      const regex = linearRegex(operand.pattern, operand.flags);
      return regex.kind === 'problem' ? regex.message : undefined;
    }
    default:
      return field === undefined ? NEEDS_FIELD : undefined;
  }
}

function textTest(pattern: SigmaPattern, place: OperandPlace): OperandTest {
  // A keyword may stand anywhere in a value.
  const anchored = place.field === undefined ? atPosition(pattern, 'contains') : pattern;
  return onTexts(compilePattern(anchored, place), place);
}

function onTexts(test: (text: string) => boolean, { field, cased }: OperandPlace): OperandTest {
  if (field !== undefined)
    return (view) => (cased ? view.texts(field) : view.folded(field)).some(test);
  return (view, only) => {
    if (only !== undefined) return (cased ? view.texts(only) : view.folded(only)).some(test);
    return (cased ? view.allTexts() : view.allFolded()).some(test);
  };
}

const NEEDS_FIELD = 'this modifier needs a field; keywords are text';

function onField({ field }: OperandPlace, test: (text: string) => boolean): OperandTest | string {
  return field === undefined ? NEEDS_FIELD : (view) => view.texts(field).some(test);
}

function onEvent(
  { field }: OperandPlace,
  test: (view: EventView, field: string) => boolean,
): OperandTest | string {
  return field === undefined ? NEEDS_FIELD : (view) => test(view, field);
}

/** A decimal or hexadecimal number; NaN, which no comparison holds for, for anything else. */
function numberOfText(text: string): number {
  return text.trim() === '' ? Number.NaN : Number(text);
}

function compareNumber(
  found: number,
  { comparison, value }: { readonly comparison: Comparison; readonly value: number },
): boolean {
  switch (comparison) {
    case 'lt':
      return found < value;
    case 'lte':
      return found <= value;
    case 'gt':
      return found > value;
    case 'gte':
      return found >= value;
  }
}

function timeTest(
  operand: {
    readonly unit: TimeUnit;
    readonly comparison: Comparison | undefined;
    readonly value: number;
  },
  place: OperandPlace,
): OperandTest | string {
  const { unit, comparison, value } = operand;
  return onField(place, (text) => {
    const found = readTimePart(text, unit);
    if (found === undefined) return false;
    return comparison === undefined ? found === value : compareNumber(found, { comparison, value });
  });
}

function fieldTest(
  { field: other, position }: { readonly field: string; readonly position: Position },
  place: OperandPlace,
): OperandTest | string {
  const compare = COMPARE_TEXT[position];
  return onEvent(place, (view, field) => {
    const left = place.cased ? view.texts(field) : view.folded(field);
    const right = place.cased ? view.texts(other) : view.folded(other);
    return left.some((text) => right.some((part) => compare(text, part)));
  });
}

const COMPARE_TEXT: Readonly<Record<Position, (text: string, part: string) => boolean>> = {
  equals: (text, part) => text === part,
  contains: (text, part) => text.includes(part),
  startswith: (text, part) => text.startsWith(part),
  endswith: (text, part) => text.endsWith(part),
};
