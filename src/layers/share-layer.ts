import { deflateSync } from 'fflate';
import { AppError, type Issue, isIssue, isRecord, parseDomain, parseJson } from '../model/index.js';
import { fromBase64url, toBase64url } from './base64url.js';
import { crc32 } from './checksum.js';
import { inflateBounded } from './inflate-bounded.js';
import type { Layer } from './layer.js';
import { type PackTables, packTechniques, unpackTechniques } from './pack-techniques.js';
import { readLayer } from './read-layers.js';
import { layerToJson } from './write-layer.js';

type Json = Readonly<Record<string, unknown>>;

/** Longest fragment that is made or read; browsers cut off longer addresses. */
export const MAX_FRAGMENT_CHARS = 1_000_000;
/** Most bytes that a fragment may unfold to. */
const MAX_UNFOLDED_BYTES = 16 * 1024 * 1024;
/** Most lines of JSON that it may unfold to: as many techniques as a layer may have, and some. */
const MAX_LINES = 110_000;

const KEY = 'layer=';
const VERSION = 1;
// A byte that stands for the technique's own id in what is left of it; JSON.stringify writes it bare, so it is escaped first.
const OWN_ID = '\u007f';

// Invariant: part of version 1 of the format. Words that layers use, likeliest last, as deflate wants them.
const WORDS = new TextEncoder().encode(
  '"metadata":[{"name":"","value":""},{"divider":true}]"links":[{"label":"","url":"https://github.com/https://attack.mitre.org/techniques/"showTacticRowBackground":true,"tacticRowBackground":"#"selectTechniquesAcrossTactics":false,"selectSubtechniquesWithParent":true,"selectVisibleTechniques":true,"hideDisabled":true,"customDataURL":"legendItems":[{"label":"","color":"#"layout":{"layout":"flatminiaggregateFunction":"maxminsum"showID":true,"showName":falseshowAggregateScores":true,"countUnscored":true,"expandedSubtechniques":"annotated""sorting":3,"filters":{"platforms":["Windows","Linux","macOS","Containers","ESXi","IaaS","Identity Provider","Network Devices","Office Suite","PRE","SaaS","Android","iOS"]}"gradient":{"colors":["#ff6666","#ffe766","#8ec843"],"minValue":0,"maxValue":100}"defense-evasion","impact","collection","stealth","defense-impairment","persistence","privilege-escalation","credential-access","discovery","lateral-movement","execution","command-and-control","initial-access","exfiltration""domain":"mobile-attackics-attack"description":"comment":"","links":[{"label":"[[{"name":"Coverage","versions":{"attack":"18.1","navigator":"5.1.0","layer":"4.5"}},697,[],[],[0,100]]{"attack":"19.1","layer":"4.5","navigator":"4.9.0"',
);

/** One JSON value a line: what is not packed of the layer, what is left of its techniques, techniques that are not packed. */
function linesOf(layer: Layer): {
  readonly lines: readonly string[];
  readonly packed: Uint8Array;
} {
  const json = layerToJson(layer, { defaults: false });
  const { techniques, ...others } = json;
  const isList = Array.isArray(techniques);
  const rest = isList ? others : json;
  const packed = packTechniques(isList ? techniques : [], layer.domain);
  const { idCount, tactics, colors, scores } = packed.tables;
  const lines = [
    JSON.stringify([rest, idCount, tactics, colors, scores]),
    ...packed.rests.map(({ techniqueId, fields }) =>
      JSON.stringify(fields).replaceAll(OWN_ID, '\\u007f').replaceAll(techniqueId, OWN_ID),
    ),
    ...packed.others.map((entry) => JSON.stringify(entry)),
  ];
  return { lines, packed: packed.bytes };
}

function withLength(bytes: Uint8Array): readonly number[] {
  const digits: number[] = [];
  let left = bytes.length;
  for (; left > 127; left = Math.floor(left / 128)) digits.push((left % 128) + 128);
  return [...digits, left];
}

/**
 * A layer as a URL fragment, `layer=` and base64url, that holds all of it: put it after `#`.
 *
 * Techniques come back in the order of their ids. The format is described in docs/layers.md.
 *
 * @throws AppError USAGE when it would be longer than `MAX_FRAGMENT_CHARS`, or unfold to more than is read back.
 */
export function layerToFragment(layer: Layer): string {
  const { lines, packed } = linesOf(layer);
  const text = new TextEncoder().encode(lines.join('\n'));
  if (lines.length > MAX_LINES || text.length > MAX_UNFOLDED_BYTES) {
    throw new AppError(
      'USAGE',
      'expected a layer that a link can hold, found a larger one; share it as a file',
    );
  }
  const rest = deflateSync(text, { level: 9, mem: 8, dictionary: WORDS });
  const body = Uint8Array.from([VERSION, ...withLength(packed), ...packed, ...rest]);
  const sum = crc32(body);
  const bytes = new Uint8Array(body.length + 4);
  bytes.set(body);
  new DataView(bytes.buffer).setUint32(body.length, sum);
  const fragment = KEY + toBase64url(bytes);
  if (fragment.length > MAX_FRAGMENT_CHARS) {
    const message = `expected a layer whose link is at most ${MAX_FRAGMENT_CHARS} characters, found ${fragment.length}; share it as a file`;
    throw new AppError('USAGE', message);
  }
  return fragment;
}

/** What a fragment says is wrong with it; text for people. */
type Failure = string;

function readLength(body: Uint8Array): { readonly length: number; readonly at: number } {
  let [length, factor, at] = [0, 1, 1];
  for (; at < body.length && at < 6; at += 1) {
    const digit = body[at] ?? 0;
    length += (digit % 128) * factor;
    factor *= 128;
    if (digit < 128) return { length, at: at + 1 };
  }
  return { length, at };
}

/** The body of a fragment without its checksum; a failure when it is not whole. */
function openBody(fragment: string): Uint8Array | Failure {
  if (fragment.length > MAX_FRAGMENT_CHARS) return `longer than ${MAX_FRAGMENT_CHARS} characters`;
  const key = fragment.indexOf(KEY);
  const start = key === -1 ? fragment.lastIndexOf('#') + 1 : key + KEY.length;
  const text = fragment.slice(start).split('&', 1)[0] ?? '';
  const bytes = fromBase64url(text.trim());
  if (bytes === undefined || bytes.length < 7) return 'not one';
  const body = bytes.subarray(0, -4);
  const sum = new DataView(bytes.buffer, body.length, 4).getUint32(0);
  if (crc32(body) !== sum) return 'one that is cut off or damaged';
  return body[0] === VERSION ? body : `one of format ${body[0]}, made by a newer Portolan`;
}

const isStringList = (value: unknown): value is readonly string[] =>
  Array.isArray(value) && value.every((item) => typeof item === 'string');

const isNumberList = (value: unknown): value is readonly number[] =>
  Array.isArray(value) && value.every((item) => Number.isFinite(item));

function isScores(value: unknown): value is PackTables['scores'] {
  if (!Array.isArray(value)) return false;
  if (value.length === 0) return true;
  if (value.length === 1) return isNumberList(value[0]);
  return value.length === 2 && value.every(Number.isSafeInteger) && value[0] <= value[1];
}

function parseLine(line: string | undefined): unknown {
  const parsed = line === undefined ? undefined : parseJson(line);
  return parsed === undefined || isIssue(parsed) ? undefined : parsed.value;
}

function readHead(
  line: string | undefined,
): { readonly rest: Json; readonly tables: PackTables } | undefined {
  const head = parseLine(line);
  if (!Array.isArray(head)) return undefined;
  const [rest, idCount, tactics, colors, scores] = head as readonly unknown[];
  const isCount = typeof idCount === 'number' && Number.isInteger(idCount) && idCount >= 0;
  if (!isRecord(rest) || !isCount || !isStringList(tactics) || !isStringList(colors))
    return undefined;
  if (!isScores(scores) || tactics.length > 250 || colors.length > 250) return undefined;
  return { rest, tables: { idCount, tactics, colors, scores } };
}

/** The layer's JSON; a failure when the unfolded text does not make sense. */
function unfold(body: Uint8Array): Json | Failure {
  const { length, at } = readLength(body);
  const packed = body.subarray(at, at + length);
  const inflated = inflateBounded(body.subarray(at + length), WORDS, MAX_UNFOLDED_BYTES);
  if (inflated === undefined) return 'one that unfolds to nothing readable or too much';
  const [first, ...lines] = new TextDecoder().decode(inflated).split('\n', MAX_LINES);
  const head = readHead(first);
  if (head === undefined) return 'one with other content';
  const domain = parseDomain(String(head.rest['domain'] ?? '')) ?? 'enterprise-attack';
  let next = 0;
  const entries = unpackTechniques(
    { tables: head.tables, bytes: packed, domain },
    (techniqueId) => {
      const rest = parseLine(lines[next]?.replaceAll(OWN_ID, techniqueId));
      next += 1;
      return isRecord(rest) ? rest : undefined;
    },
  );
  if (entries === undefined) return 'one with technique ids of a newer Portolan, or other content';
  const others = lines.slice(next).map(parseLine);
  const techniques = [...entries, ...others];
  return {
    name: '',
    domain: 'enterprise-attack',
    ...head.rest,
    ...(techniques.length === 0 ? {} : { techniques }),
  };
}

/**
 * Reads a layer back from what `layerToFragment` made.
 *
 * @param fragment with or without `#`, alone or in a whole URL, with or without other `&` parts.
 * @returns no layer and an Issue (`LAYER_INVALID`) when it is not whole; any text at all is answered in bounded time and memory.
 */
export function layerFromFragment(fragment: string): {
  readonly layer: Layer | undefined;
  readonly issues: readonly Issue[];
} {
  const body = openBody(fragment);
  const json = typeof body === 'string' ? body : unfold(body);
  if (typeof json !== 'string') return readLayer(json, { source: 'link' });
  const message = `expected the link of a layer, found ${json}`;
  const issue: Issue = { kind: 'issue', code: 'LAYER_INVALID', message, at: { source: 'link' } };
  return { layer: undefined, issues: [issue] };
}
