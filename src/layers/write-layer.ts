import type { Layer, LayerLink, LayerMetadata, LayerTechnique, UnknownFields } from './layer.js';
import {
  DEFAULT_GRADIENT,
  DEFAULT_LAYOUT,
  DEFAULT_TACTIC_ROW_BACKGROUND,
  LAYER_FORMAT,
  NO_UNKNOWN,
  OLDEST_NAVIGATOR,
} from './layer-defaults.js';

/** Name, value and the value that an absent field has. */
type Field = readonly [name: string, value: unknown, otherwise: unknown];

type Json = Readonly<Record<string, unknown>>;

export interface LayerJsonOptions {
  /** Whether fields of the layer that have their default are written too; fields of techniques never are. Default true. */
  readonly defaults?: boolean;
}

function isDefault(value: unknown, otherwise: unknown): boolean {
  if (value === otherwise) return true;
  if (typeof value !== 'object' || typeof otherwise !== 'object') return false;
  if (Array.isArray(value) && Array.isArray(otherwise) && value.length !== otherwise.length) {
    return false;
  }
  return JSON.stringify(value) === JSON.stringify(otherwise);
}

/**
 * Known and unknown fields as one object. A field that was not of its type when it was read stands in
 * `unknown` under its own name: it is written back unless the known field has been set since.
 */
function joinFields(fields: readonly Field[], unknown: UnknownFields, defaults: boolean): Json {
  const entries: [string, unknown][] = [];
  const known = new Set<string>();
  for (const [name, value, otherwise] of fields) {
    const kept = Object.hasOwn(unknown, name);
    const unset = isDefault(value, otherwise);
    if (unset && (kept || !defaults || value === undefined)) continue;
    known.add(name);
    entries.push([name, value]);
  }
  for (const [name, value] of Object.entries(unknown)) {
    if (!known.has(name)) entries.push([name, value]);
  }
  return Object.fromEntries(entries);
}

/** A list and, after it, the entries of that list that could not be read. */
function joinList<T>(name: string, items: readonly T[], owner: UnknownFields): Field {
  const refused = owner[name];
  const value = Array.isArray(refused) && items.length > 0 ? [...items, ...refused] : items;
  return [name, value, []];
}

function metadataJson(entry: LayerMetadata): Json {
  if (entry.kind === 'divider') return dividerJson(entry);
  const fields: Field[] = [
    ['name', entry.name, ''],
    ['value', entry.value, ''],
  ];
  return joinFields(fields, entry.unknown, true);
}

function linkJson(entry: LayerLink): Json {
  if (entry.kind === 'divider') return dividerJson(entry);
  const fields: Field[] = [
    ['label', entry.label, ''],
    ['url', entry.url, ''],
  ];
  return joinFields(fields, entry.unknown, true);
}

function dividerJson(entry: Extract<LayerMetadata, { kind: 'divider' }>): Json {
  return joinFields([['divider', entry.divider, false]], entry.unknown, true);
}

function techniqueJson(entry: LayerTechnique): Json {
  const fields: Field[] = [
    ['techniqueID', entry.techniqueId, undefined],
    ['tactic', entry.tactic, undefined],
    ['score', entry.score, undefined],
    ['color', entry.color, ''],
    ['comment', entry.comment, ''],
    ['enabled', entry.enabled, true],
    joinList('metadata', entry.metadata.map(metadataJson), entry.unknown),
    joinList('links', entry.links.map(linkJson), entry.unknown),
    ['showSubtechniques', entry.showSubtechniques, false],
  ];
  return joinFields(fields, entry.unknown, false);
}

function versionsJson(versions: Layer['versions'], defaults: boolean): Json {
  const navigator: Field = defaults
    ? ['navigator', versions.navigator ?? OLDEST_NAVIGATOR, OLDEST_NAVIGATOR]
    : ['navigator', versions.navigator, undefined];
  const fields: Field[] = [
    ['attack', versions.attack, undefined],
    navigator,
    ['layer', LAYER_FORMAT, LAYER_FORMAT],
  ];
  return joinFields(fields, versions.unknown, true);
}

function layoutJson(layout: Layer['layout'], defaults: boolean): Json {
  const otherwise = DEFAULT_LAYOUT;
  const fields: Field[] = [
    ['layout', layout.layout, otherwise.layout],
    ['aggregateFunction', layout.aggregateFunction, otherwise.aggregateFunction],
    ['showID', layout.showId, otherwise.showId],
    ['showName', layout.showName, otherwise.showName],
    ['showAggregateScores', layout.showAggregateScores, otherwise.showAggregateScores],
    ['countUnscored', layout.countUnscored, otherwise.countUnscored],
    ['expandedSubtechniques', layout.expandedSubtechniques, otherwise.expandedSubtechniques],
  ];
  return joinFields(fields, layout.unknown, defaults);
}

function gradientJson(gradient: Layer['gradient'], defaults: boolean): Json {
  const fields: Field[] = [
    ['colors', gradient.colors, DEFAULT_GRADIENT.colors],
    ['minValue', gradient.minValue, DEFAULT_GRADIENT.minValue],
    ['maxValue', gradient.maxValue, DEFAULT_GRADIENT.maxValue],
  ];
  return joinFields(fields, gradient.unknown, defaults);
}

/**
 * A layer as the JSON value of format 4.5, in the order in which Navigator writes it.
 *
 * Shares lists and unknown values with the layer: do not change it.
 */
export function layerToJson(layer: Layer, { defaults = true }: LayerJsonOptions = {}): Json {
  const json = (part: Json, otherwise: Json): readonly [unknown, unknown] => [part, otherwise];
  const { filters, unknown } = layer;
  const legendItems = layer.legendItems.map((item) => {
    const fields: Field[] = [
      ['label', item.label, ''],
      ['color', item.color, ''],
    ];
    return joinFields(fields, item.unknown, true);
  });
  const fields: Field[] = [
    ['name', layer.name, ''],
    [
      'versions',
      ...json(versionsJson(layer.versions, defaults), versionsJson(BARE_VERSIONS, defaults)),
    ],
    ['domain', layer.domain, 'enterprise-attack'],
    ['customDataURL', layer.customDataUrl, undefined],
    ['description', layer.description, ''],
    [
      'filters',
      ...json(joinFields([['platforms', filters.platforms, undefined]], filters.unknown, true), {}),
    ],
    ['sorting', layer.sorting, 0],
    ['layout', ...json(layoutJson(layer.layout, defaults), layoutJson(DEFAULT_LAYOUT, defaults))],
    ['hideDisabled', layer.hideDisabled, false],
    joinList('techniques', layer.techniques.map(techniqueJson), unknown),
    [
      'gradient',
      ...json(gradientJson(layer.gradient, defaults), gradientJson(DEFAULT_GRADIENT, defaults)),
    ],
    joinList('legendItems', legendItems, unknown),
    joinList('metadata', layer.metadata.map(metadataJson), unknown),
    joinList('links', layer.links.map(linkJson), unknown),
    ['showTacticRowBackground', layer.showTacticRowBackground, false],
    ['tacticRowBackground', layer.tacticRowBackground, DEFAULT_TACTIC_ROW_BACKGROUND],
    ['selectTechniquesAcrossTactics', layer.selectTechniquesAcrossTactics, true],
    ['selectSubtechniquesWithParent', layer.selectSubtechniquesWithParent, false],
    ['selectVisibleTechniques', layer.selectVisibleTechniques, false],
  ];
  return joinFields(fields, unknown, defaults);
}

const BARE_VERSIONS: Layer['versions'] = {
  attack: undefined,
  navigator: undefined,
  layer: LAYER_FORMAT,
  unknown: NO_UNKNOWN,
};

/**
 * Writes a layer as format 4.5.
 *
 * Every unknown field is written where it was read. Numbers are JavaScript's: what no double holds (1e999, more than 17 digits)
 * was already lost when the text was parsed.
 *
 * @param options `pretty` indents by tabs as Navigator does.
 */
export function writeLayer(
  layer: Layer,
  { pretty = false }: { readonly pretty?: boolean } = {},
): string {
  return JSON.stringify(layerToJson(layer), null, pretty ? '\t' : undefined);
}

/** Writes several layers as one list, which Navigator opens as one tab each. */
export function writeLayers(
  layers: readonly Layer[],
  { pretty = false }: { readonly pretty?: boolean } = {},
): string {
  const values = layers.map((layer) => layerToJson(layer));
  return JSON.stringify(values, null, pretty ? '\t' : undefined);
}
