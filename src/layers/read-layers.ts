import {
  type Domain,
  type Issue,
  isIssue,
  isRecord,
  parseDomain,
  parseJson,
} from '../model/index.js';
import { describeValue } from './describe-value.js';
import type { Layer, LayerSorting } from './layer.js';
import { DEFAULT_TACTIC_ROW_BACKGROUND, LAYER_FORMAT, NO_UNKNOWN } from './layer-defaults.js';
import {
  asBoolean,
  asString,
  asVersion,
  type FieldReport,
  type OpenFields,
  openFields,
} from './open-fields.js';
import {
  openPart,
  readFilters,
  readGradient,
  readLayout,
  readLegendItems,
} from './read-layer-parts.js';
import { asColor, readLinks, readMetadata, readTechniques } from './read-technique.js';

/** Longest text that is read, in UTF-16 code units: 32 Mi. The largest layers in use have under 1 Mi. */
export const MAX_LAYER_CHARS = 32 * 1024 * 1024;
/** Most layers of one file; the ones after them are not read. */
export const MAX_LAYERS = 1_000;
/** Most techniques of one layer. All of Enterprise in all its tactics makes under 1,000. */
export const MAX_LAYER_TECHNIQUES = 100_000;
/** Most Issues told of one layer; the last one says how many more there are. */
export const MAX_LAYER_ISSUES = 200;

// So that a file of a thousand wrong layers does not fill the screen.
const MAX_FILE_ISSUES = 500;

export interface LayerReading {
  readonly layers: readonly Layer[];
  readonly issues: readonly Issue[];
}

// Source: layers/spec of ATT&CK Navigator.
const FORMATS = new Set('1.0 1.1 1.2 1.3 2.0 2.1 2.2 3.0 4.0 4.1 4.2 4.3 4.4 4.5'.split(' '));

const asSorting = (value: unknown): LayerSorting | undefined =>
  value === 0 || value === 1 || value === 2 || value === 3 ? value : undefined;

const asDomain = (value: unknown): Domain | undefined =>
  typeof value === 'string' ? parseDomain(value) : undefined;

/** Collects Issues up to a limit and counts the rest. */
function issueList(source: string | undefined): { report: FieldReport; close(): readonly Issue[] } {
  const issues: Issue[] = [];
  let untold = 0;
  const at = (path: string): Pick<Issue, 'at'> => ({
    at: { ...(source === undefined ? {} : { source }), ...(path === '' ? {} : { path }) },
  });
  const add = (message: string, path: string): void =>
    void issues.push({ kind: 'issue', code: 'LAYER_FIELD', message, ...at(path) });
  return {
    report(path, expected, found) {
      if (issues.length >= MAX_LAYER_ISSUES) untold += 1;
      else add(`expected ${expected}, found ${describeValue(found)}`, path);
    },
    close() {
      if (untold > 0) add(`${untold} more fields are not of their type`, '');
      return issues;
    },
  };
}

function readVersions(fields: OpenFields, report: FieldReport): Layer['versions'] {
  const expected = 'a version such as 4.5';
  // Formats up to 3.0, and 4.0 by its specification, say `version`; Navigator lets it win.
  const oldFormat = fields.take('version', expected, asVersion);
  const part = openPart(fields, 'versions', report);
  const format = part?.take('layer', expected, asVersion);
  const layer = oldFormat ?? format ?? LAYER_FORMAT;
  if (!FORMATS.has(layer) && !FORMATS.has(`${layer}.0`)) {
    const path =
      oldFormat === undefined ? fields.pathOf('versions.layer') : fields.pathOf('version');
    report(path, 'a layer format from 1.0 to 4.5', layer);
  }
  return {
    attack: part?.take('attack', expected, asVersion) || undefined,
    navigator: part?.take('navigator', expected, asVersion) || undefined,
    layer,
    unknown: part?.unknown() ?? NO_UNKNOWN,
  };
}

function isLayer(value: unknown): value is Readonly<Record<string, unknown>> {
  if (!isRecord(value)) return false;
  return (
    Array.isArray(value['techniques']) ||
    isRecord(value['versions']) ||
    asDomain(value['domain']) !== undefined
  );
}

function techniqueCount(value: Readonly<Record<string, unknown>>): number {
  return Array.isArray(value['techniques']) ? value['techniques'].length : 0;
}

function readFields(fields: OpenFields, report: FieldReport): Layer {
  const flag = (name: string, otherwise: boolean): boolean =>
    fields.take(name, 'true or false', asBoolean) ?? otherwise;
  const versions = readVersions(fields, report);
  const layer = {
    name: fields.need('name', 'a text', asString) ?? '',
    domain:
      fields.need('domain', 'enterprise-attack, mobile-attack or ics-attack', asDomain) ??
      'enterprise-attack',
    description: fields.take('description', 'a text', asString) ?? '',
    versions,
    customDataUrl: fields.take('customDataURL', 'a text', asString),
    filters: readFilters(fields, versions.layer, report),
    sorting: fields.take('sorting', '0, 1, 2 or 3', asSorting) ?? 0,
    layout: readLayout(fields, report),
    hideDisabled: flag('hideDisabled', false),
    techniques: readTechniques(fields, report),
    gradient: readGradient(fields, report),
    legendItems: readLegendItems(fields, report),
    showTacticRowBackground: flag('showTacticRowBackground', false),
    tacticRowBackground:
      fields.take('tacticRowBackground', 'a color', asColor) ?? DEFAULT_TACTIC_ROW_BACKGROUND,
    selectTechniquesAcrossTactics: flag('selectTechniquesAcrossTactics', true),
    selectSubtechniquesWithParent: flag('selectSubtechniquesWithParent', false),
    selectVisibleTechniques: flag('selectVisibleTechniques', false),
    metadata: readMetadata(fields, report),
    links: readLinks(fields, report),
  };
  return { ...layer, unknown: fields.unknown() };
}

/**
 * Reads one layer from a parsed JSON value.
 *
 * @param value of any layer format 1.0 to 4.5; a newer format is read as 4.5 and reported.
 * @param path of the value in its document; empty for the whole document.
 * @returns no layer when the value is none or has more than `MAX_LAYER_TECHNIQUES` techniques. A field that is not of its type is
 * reported (`LAYER_FIELD`), kept in `unknown` of its object and has its default.
 */
export function readLayer(
  value: unknown,
  { source, path = '' }: { readonly source?: string | undefined; readonly path?: string } = {},
): { readonly layer: Layer | undefined; readonly issues: readonly Issue[] } {
  const refuse = (code: 'LAYER_INVALID' | 'INPUT_TOO_LARGE', message: string, part = ''): Issue => {
    const place = `${path}${path !== '' && part !== '' ? '.' : ''}${part}`;
    const at = {
      ...(source === undefined ? {} : { source }),
      ...(place === '' ? {} : { path: place }),
    };
    return { kind: 'issue', code, message, at };
  };
  if (!isLayer(value)) {
    const message = `expected a Navigator layer with a domain and techniques, found ${describeValue(value)}`;
    return { layer: undefined, issues: [refuse('LAYER_INVALID', message)] };
  }
  const count = techniqueCount(value);
  if (count > MAX_LAYER_TECHNIQUES) {
    const message = `expected at most ${MAX_LAYER_TECHNIQUES} techniques, found ${count}`;
    return { layer: undefined, issues: [refuse('INPUT_TOO_LARGE', message, 'techniques')] };
  }
  const issues = issueList(source);
  const layer = readFields(openFields(value, path, issues.report), issues.report);
  return { layer, issues: issues.close() };
}

/**
 * Reads a layer file: one layer, or a list of layers.
 *
 * @param text JSON, at most `MAX_LAYER_CHARS` long, with or without a byte order mark.
 * @returns the layers that could be read, in their order, and what is wrong with the text.
 */
export function readLayers(
  text: string,
  { source }: { readonly source?: string | undefined } = {},
): LayerReading {
  const at = source === undefined ? {} : { at: { source } };
  if (text.length > MAX_LAYER_CHARS) {
    const message = `expected at most ${MAX_LAYER_CHARS} characters, found ${text.length}`;
    return { layers: [], issues: [{ kind: 'issue', code: 'INPUT_TOO_LARGE', message, ...at }] };
  }
  const parsed = parseJson(text, { source });
  if (isIssue(parsed)) return { layers: [], issues: [parsed] };
  const { value } = parsed;
  if (!Array.isArray(value)) {
    const { layer, issues } = readLayer(value, { source });
    return { layers: layer === undefined ? [] : [layer], issues };
  }
  if (value.length === 0) {
    const message = 'expected a layer or a list of layers, found an empty list';
    return { layers: [], issues: [{ kind: 'issue', code: 'LAYER_INVALID', message, ...at }] };
  }
  return readAll(value, source);
}

function readAll(values: readonly unknown[], source: string | undefined): LayerReading {
  const layers: Layer[] = [];
  const issues: Issue[] = [];
  let untold = 0;
  for (const [index, value] of values.slice(0, MAX_LAYERS).entries()) {
    const reading = readLayer(value, { source, path: `[${index}]` });
    if (reading.layer !== undefined) layers.push(reading.layer);
    if (issues.length < MAX_FILE_ISSUES) issues.push(...reading.issues);
    else untold += reading.issues.length;
  }
  const at = source === undefined ? {} : { at: { source } };
  if (untold > 0) {
    const message = `${untold} more things are wrong with layers after these`;
    issues.push({ kind: 'issue', code: 'LAYER_FIELD', message, ...at });
  }
  if (values.length > MAX_LAYERS) {
    const message = `expected at most ${MAX_LAYERS} layers, found ${values.length}; the first ${MAX_LAYERS} are read`;
    issues.push({ kind: 'issue', code: 'INPUT_TOO_LARGE', message, ...at });
  }
  return { layers, issues };
}
