import type { Domain } from '../model/index.js';
import { type AdaptiveModel, createAdaptiveModel } from './adaptive-model.js';
import {
  type ArithmeticDecoder,
  createArithmeticDecoder,
  createArithmeticEncoder,
} from './arithmetic-coder.js';
import { sharedIds } from './shared-ids.table.js';

type Json = Readonly<Record<string, unknown>>;

/** Most entries of one technique that are packed; the rest are written out. Enterprise has at most five tactics a technique. */
const MAX_PER_TECHNIQUE = 8;
/** Most different tactics, or colours, that are packed. */
const MAX_WORDS = 250;
/** Widest range of whole scores, and most different scores of other kinds, that are packed. */
const MAX_SCORES = 1_024;

/** What the packed bytes cannot be read without. All of it is JSON. */
export interface PackTables {
  /** How many of the shared ids are told of. */
  readonly idCount: number;
  readonly tactics: readonly string[];
  readonly colors: readonly string[];
  /** `[]` none; `[least, most]` whole numbers; or every score that occurs, as `[[…]]`. */
  readonly scores: readonly [] | readonly [number, number] | readonly [readonly number[]];
}

export interface PackedTechniques {
  readonly tables: PackTables;
  readonly bytes: Uint8Array;
  /** What is left of each packed entry that has more than is packed, in the order of the packed entries. */
  readonly rests: readonly { readonly techniqueId: string; readonly fields: Json }[];
  /** Entries that are not packed at all, in their order. */
  readonly others: readonly unknown[];
}

/** One entry by the numbers that stand for its fields; 0 = absent. */
interface Symbols {
  readonly tactic: number;
  readonly color: number;
  readonly score: number;
  readonly disabled: boolean;
  readonly showsSubtechniques: boolean;
  readonly rest: Json | undefined;
}

type Models = Readonly<
  Record<'count' | 'tactic' | 'color' | 'score' | 'disabled' | 'shows' | 'rest', AdaptiveModel>
>;

const FLAG_STEP = 2;
const WORD_STEP = 4;

function scoreCount({ scores: [first, last] }: PackTables): number {
  if (first === undefined) return 0;
  return typeof first === 'number' ? (last ?? first) - first + 1 : first.length;
}

function createModels(tables: PackTables): Models {
  return {
    count: createAdaptiveModel(MAX_PER_TECHNIQUE + 1, 2 * WORD_STEP),
    tactic: createAdaptiveModel(tables.tactics.length + 1, WORD_STEP),
    color: createAdaptiveModel(tables.colors.length + 1, WORD_STEP),
    score: createAdaptiveModel(scoreCount(tables) + 1, 1),
    disabled: createAdaptiveModel(2, FLAG_STEP),
    shows: createAdaptiveModel(2, FLAG_STEP),
    rest: createAdaptiveModel(2, FLAG_STEP),
  };
}

/** The words of a field that occur, each once; the ones beyond the limit are not packed. */
function wordsOf(entries: readonly Json[], name: string): readonly string[] {
  const words = new Set<string>();
  for (const entry of entries) {
    const word = entry[name];
    if (typeof word === 'string' && words.size < MAX_WORDS) words.add(word);
  }
  return [...words];
}

function scoresOf(entries: readonly Json[]): PackTables['scores'] {
  const found = new Set<number>();
  for (const { score } of entries) {
    if (typeof score === 'number' && Number.isFinite(score)) found.add(score);
  }
  const sorted = [...found].sort((a, b) => a - b);
  const [least, most] = [sorted[0], sorted.at(-1)];
  if (least === undefined || most === undefined) return [];
  if (sorted.every(Number.isSafeInteger) && most - least < MAX_SCORES) return [least, most];
  return [sorted.slice(0, MAX_SCORES)];
}

function scoreSymbol({ scores: [first, last] }: PackTables, score: unknown): number {
  if (typeof score !== 'number' || first === undefined) return 0;
  if (typeof first !== 'number') return first.indexOf(score) + 1;
  const inside = Number.isInteger(score) && score >= first && score <= (last ?? first);
  return inside ? score - first + 1 : 0;
}

function scoreOf({ scores: [first] }: PackTables, symbol: number): number | undefined {
  if (symbol === 0 || first === undefined) return undefined;
  return typeof first === 'number' ? first + symbol - 1 : first[symbol - 1];
}

const wordSymbol = (words: readonly string[], word: unknown): number =>
  typeof word === 'string' ? words.indexOf(word) + 1 : 0;

/** Takes out of an entry what its symbols say. */
function symbolsOf(entry: Json, tables: PackTables): Symbols {
  const tactic = wordSymbol(tables.tactics, entry['tactic']);
  const color = wordSymbol(tables.colors, entry['color']);
  const score = scoreSymbol(tables, entry['score']);
  const disabled = entry['enabled'] === false;
  const showsSubtechniques = entry['showSubtechniques'] === true;
  const packed: Readonly<Record<string, boolean>> = {
    techniqueID: true,
    tactic: tactic > 0,
    color: color > 0,
    score: score > 0,
    enabled: disabled,
    showSubtechniques: showsSubtechniques,
  };
  const left = Object.entries(entry).filter(
    ([name]) => !(Object.hasOwn(packed, name) && packed[name]),
  );
  const rest = left.length === 0 ? undefined : Object.fromEntries(left);
  return { tactic, color, score, disabled, showsSubtechniques, rest };
}

/** Splits entries into those of a shared id, by place of the id, and all others. Entries of one id keep their order. */
function divide(
  entries: readonly unknown[],
  places: ReadonlyMap<string, number>,
): { readonly byPlace: ReadonlyMap<number, readonly Json[]>; readonly others: readonly unknown[] } {
  const byPlace = new Map<number, Json[]>();
  const others: unknown[] = [];
  for (const entry of entries) {
    const id =
      typeof entry === 'object' && entry !== null ? (entry as Json)['techniqueID'] : undefined;
    const place = typeof id === 'string' ? places.get(id) : undefined;
    const list = place === undefined ? undefined : (byPlace.get(place) ?? []);
    if (place === undefined || list === undefined || list.length >= MAX_PER_TECHNIQUE) {
      others.push(entry);
    } else {
      list.push(entry as Json);
      byPlace.set(place, list);
    }
  }
  return { byPlace, others };
}

/**
 * Packs the `techniques` of a layer's JSON.
 *
 * Entries come back in the order of their ids; entries of one id keep their order.
 */
export function packTechniques(entries: readonly unknown[], domain: Domain): PackedTechniques {
  const ids = sharedIds(domain);
  const places = new Map(ids.map((id, place) => [id, place]));
  const { byPlace, others } = divide(entries, places);
  const packed = [...byPlace.values()].flat();
  const tables: PackTables = {
    idCount: [...byPlace.keys()].reduce((count, place) => Math.max(count, place + 1), 0),
    tactics: wordsOf(packed, 'tactic'),
    colors: wordsOf(packed, 'color'),
    scores: scoresOf(packed),
  };
  const models = createModels(tables);
  const encoder = createArithmeticEncoder();
  const rests: { techniqueId: string; fields: Json }[] = [];
  for (const [place, techniqueId] of ids.slice(0, tables.idCount).entries()) {
    const list = byPlace.get(place) ?? [];
    models.count.encode(encoder, list.length);
    for (const entry of list) {
      const symbols = symbolsOf(entry, tables);
      models.tactic.encode(encoder, symbols.tactic);
      models.color.encode(encoder, symbols.color);
      models.score.encode(encoder, symbols.score);
      models.disabled.encode(encoder, Number(symbols.disabled));
      models.shows.encode(encoder, Number(symbols.showsSubtechniques));
      models.rest.encode(encoder, Number(symbols.rest !== undefined));
      if (symbols.rest !== undefined) rests.push({ techniqueId, fields: symbols.rest });
    }
  }
  return { tables, bytes: encoder.finish(), rests, others };
}

/** Reads one entry; its flag `hasRest` says whether there is more of it. */
function decodeEntry(
  decoder: ArithmeticDecoder,
  models: Models,
  tables: PackTables,
): { readonly known: Json; readonly hasRest: boolean } {
  const fields: readonly (readonly [string, unknown])[] = [
    ['tactic', tables.tactics[models.tactic.decode(decoder) - 1]],
    ['color', tables.colors[models.color.decode(decoder) - 1]],
    ['score', scoreOf(tables, models.score.decode(decoder))],
    ['enabled', models.disabled.decode(decoder) === 1 ? false : undefined],
    ['showSubtechniques', models.shows.decode(decoder) === 1 ? true : undefined],
  ];
  const hasRest = models.rest.decode(decoder) === 1;
  return { known: Object.fromEntries(fields.filter(([, value]) => value !== undefined)), hasRest };
}

/**
 * Unpacks what `packTechniques` packed.
 *
 * @param readRest called for each entry that has a rest, in order; undefined stops with a failure.
 * @returns undefined when the tables do not fit, or a rest is missing. Bytes of any content unpack to something.
 */
export function unpackTechniques(
  packed: { readonly tables: PackTables; readonly bytes: Uint8Array; readonly domain: Domain },
  readRest: (techniqueId: string) => Json | undefined,
): readonly Json[] | undefined {
  const { tables, bytes, domain } = packed;
  const ids = sharedIds(domain);
  if (tables.idCount > ids.length || scoreCount(tables) > MAX_SCORES) return undefined;
  const models = createModels(tables);
  const decoder = createArithmeticDecoder(bytes);
  const entries: Json[] = [];
  for (const techniqueID of ids.slice(0, tables.idCount)) {
    for (let left = models.count.decode(decoder); left > 0; left -= 1) {
      const { known, hasRest } = decodeEntry(decoder, models, tables);
      const rest = hasRest ? readRest(techniqueID) : {};
      if (rest === undefined) return undefined;
      entries.push({ techniqueID, ...known, ...rest });
    }
  }
  return entries;
}
