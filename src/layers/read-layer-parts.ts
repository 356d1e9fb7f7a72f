import { isRecord } from '../model/index.js';
import {
  AGGREGATE_FUNCTIONS,
  type Layer,
  type LayerGradient,
  type LayerLayout,
  type LegendItem,
} from './layer.js';
import { DEFAULT_GRADIENT, DEFAULT_LAYOUT, NO_UNKNOWN } from './layer-defaults.js';
import { modernPlatforms } from './old-platforms.js';
import {
  asBoolean,
  asNumber,
  asString,
  asStrings,
  type FieldReport,
  type OpenFields,
  openFields,
} from './open-fields.js';
import { asColor, readEntries } from './read-technique.js';

const asRecord = (value: unknown): Readonly<Record<string, unknown>> | undefined =>
  isRecord(value) ? value : undefined;

/** Opens an object inside the layer; undefined when it is absent or no object. */
export function openPart(
  fields: OpenFields,
  name: string,
  report: FieldReport,
): OpenFields | undefined {
  const part = fields.take(name, 'an object', asRecord);
  return part === undefined ? undefined : openFields(part, fields.pathOf(name), report);
}

/** A parser that takes one of a few words. */
function oneOf<T extends string>(words: readonly T[]): (value: unknown) => T | undefined {
  return (value) => words.find((word) => word === value);
}

const asGradientColors = (value: unknown): readonly string[] | undefined =>
  Array.isArray(value) &&
  value.length >= 2 &&
  value.every((color) => color !== '' && asColor(color) !== undefined)
    ? value
    : undefined;

export function readGradient(fields: OpenFields, report: FieldReport): LayerGradient {
  const gradient = openPart(fields, 'gradient', report);
  if (gradient === undefined) return DEFAULT_GRADIENT;
  return {
    colors:
      gradient.take('colors', 'a list of two or more colors', asGradientColors) ??
      DEFAULT_GRADIENT.colors,
    minValue: gradient.take('minValue', 'a number', asNumber) ?? DEFAULT_GRADIENT.minValue,
    maxValue: gradient.take('maxValue', 'a number', asNumber) ?? DEFAULT_GRADIENT.maxValue,
    unknown: gradient.unknown(),
  };
}

// Source: layer formats 1.1 to 3.0 (`viewMode`) and 1.0 (`viewFullTable`).
const VIEW_MODES: readonly Partial<LayerLayout>[] = [
  {},
  { showId: true, showName: false },
  { layout: 'mini', showId: false, showName: false },
];
const asViewMode = (value: unknown): Partial<LayerLayout> | undefined =>
  typeof value === 'number' ? VIEW_MODES[value] : undefined;
const asFullTable = (value: unknown): Partial<LayerLayout> | undefined =>
  typeof value === 'boolean' ? VIEW_MODES[value ? 0 : 1] : undefined;

function readOldView(fields: OpenFields): LayerLayout {
  const view =
    fields.take('viewMode', '0, 1 or 2', asViewMode) ??
    fields.take('viewFullTable', 'true or false', asFullTable);
  return view === undefined ? DEFAULT_LAYOUT : { ...DEFAULT_LAYOUT, ...view };
}

export function readLayout(fields: OpenFields, report: FieldReport): LayerLayout {
  const part = openPart(fields, 'layout', report);
  if (part === undefined) return readOldView(fields);
  const flag = (name: string, otherwise: boolean): boolean =>
    part.take(name, 'true or false', asBoolean) ?? otherwise;
  return {
    layout: part.take('layout', 'side, flat or mini', oneOf(['side', 'flat', 'mini'])) ?? 'side',
    showId: flag('showID', false),
    showName: flag('showName', true),
    showAggregateScores: flag('showAggregateScores', false),
    countUnscored: flag('countUnscored', false),
    aggregateFunction:
      part.take('aggregateFunction', AGGREGATE_FUNCTIONS.join(', '), oneOf(AGGREGATE_FUNCTIONS)) ??
      'average',
    expandedSubtechniques:
      part.take(
        'expandedSubtechniques',
        'none, annotated or all',
        oneOf(['none', 'annotated', 'all']),
      ) ?? 'none',
    unknown: part.unknown(),
  };
}

/** @param format of the layer; the platform names of old formats become today's. */
export function readFilters(
  fields: OpenFields,
  format: string,
  report: FieldReport,
): Layer['filters'] {
  const filters = openPart(fields, 'filters', report);
  if (filters === undefined) return { platforms: undefined, unknown: NO_UNKNOWN };
  const platforms = filters.take('platforms', 'a list of texts', asStrings);
  return {
    platforms: platforms === undefined ? undefined : modernPlatforms(platforms, format),
    unknown: filters.unknown(),
  };
}

export function readLegendItems(fields: OpenFields, report: FieldReport): readonly LegendItem[] {
  return readEntries(fields, 'legendItems', (value, path): LegendItem | undefined => {
    if (!isRecord(value)) return void report(path, 'an object', value);
    const item = openFields(value, path, report);
    return {
      label: item.need('label', 'a text', asString) ?? '',
      color: item.need('color', 'a color', asColor) ?? '',
      unknown: item.unknown(),
    };
  });
}
