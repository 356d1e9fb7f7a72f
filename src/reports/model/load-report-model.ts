import { type Issue, isRecord, isTechniqueId } from '../../model/index.js';
import { DOCUMENT_EVIDENCE, SENTENCE_EVIDENCE } from './document-evidence.js';
import { createHashedFeatures } from './hash-features.js';
import { IDF_STEP, MODEL_MAGIC, SKIP, weightTable } from './model-file.js';
import { MODEL_SETTINGS, type ModelHeader, type ReportModel } from './report-model.js';

/** Features of a model that ships are under 200,000. */
const MOST_FEATURES = 2_000_000;
const MOST_LABELS = 5_000;
const MOST_VECTOR = 16_008;

/**
 * Reads a model file (`encodeReportModel` says its layout). The bytes are kept and must not change afterwards.
 *
 * @returns an Issue `MODEL_INVALID` when the bytes are no model or a damaged one.
 */
export function loadReportModel(bytes: Uint8Array): ReportModel | Issue {
  const header = readHeader(bytes);
  if (typeof header === 'string') return invalid(header);
  const body = readBody(bytes.subarray(8 + header.length), header.header);
  if (typeof body === 'string') return invalid(body);
  const { labels, reportLabels, featureCount } = header.header;
  const scoreCount = labels.length + reportLabels.length;
  return {
    kind: 'report-model',
    header: header.header,
    techniqueIds: labels,
    reportLabelOf: Int32Array.from(labels, (label) => {
      const place = reportLabels.indexOf(label);
      return place === -1 ? -1 : labels.length + place;
    }),
    ...body,
    bias: Float64Array.from(header.header.bias),
    weightOf: weightTable(header.header.largestWeight),
    user: undefined,
    scratch: {
      hashed: createHashedFeatures(),
      counts: new Uint16Array(featureCount),
      vector: {
        features: new Int32Array(MOST_VECTOR),
        values: new Float32Array(MOST_VECTOR),
        count: 0,
      },
      scores: new Float64Array(scoreCount),
    },
  };
}

function invalid(message: string): Issue {
  return { kind: 'issue', code: 'MODEL_INVALID', message };
}

function readHeader(
  bytes: Uint8Array,
): string | { readonly header: ModelHeader; readonly length: number } {
  const magic = String.fromCharCode(...bytes.subarray(0, 4));
  if (bytes.length < 8 || magic !== MODEL_MAGIC)
    return 'expected a model of reports, found other bytes';
  const length = new DataView(bytes.buffer, bytes.byteOffset).getUint32(4, true);
  if (length > bytes.length - 8) return 'expected a whole model, found one that is cut off';
  let value: unknown;
  try {
    value = JSON.parse(
      new TextDecoder('utf-8', { fatal: true }).decode(bytes.subarray(8, 8 + length)),
    );
  } catch {
    return 'expected JSON at the start of the model, found other bytes';
  }
  const fault = faultOf(value);
  return fault === undefined
    ? { header: value as ModelHeader, length }
    : `expected ${fault} at the start of the model`;
}

/** What the header lacks; the rest of it is for people. */
function faultOf(value: unknown): string | undefined {
  if (!isRecord(value)) return 'an object';
  return faultOfLabels(value) ?? faultOfNumbers(value);
}

function faultOfLabels({
  labels,
  reportLabels,
  bias,
}: Record<string, unknown>): string | undefined {
  if (!areLabels(labels, isTechniqueId) || labels.length === 0) return 'technique ids, each once';
  if (!areLabels(reportLabels, (label) => label === 'any' || isTechniqueId(label))) {
    return 'labels of reports, each once';
  }
  return areNumbers(bias, labels.length + reportLabels.length) ? undefined : 'a bias a label';
}

function faultOfNumbers(value: Record<string, unknown>): string | undefined {
  const { blockWeights, thresholds, featureCount, version, attackVersion, head } = value;
  if (!areNumbers(blockWeights, 2)) return 'two weights of blocks';
  for (const name of ['temperature', 'largestWeight'] as const) {
    const number = value[name];
    if (!isReal(number) || number <= 0) return `a number above 0 as ${name}`;
  }
  const isCount = Number.isInteger(featureCount) && isReal(featureCount) && featureCount >= 0;
  if (!isCount || featureCount > MOST_FEATURES) return 'a count of features';
  if (typeof version !== 'string' || typeof attackVersion !== 'string') return 'versions';
  if (!isHead(head)) return 'weights of sentences and documents';
  const settings: Record<string, unknown> = isRecord(thresholds) ? thresholds : {};
  const isSet = (setting: string): boolean => {
    const threshold = settings[setting];
    return isRecord(threshold) && isReal(threshold['confidence']);
  };
  return MODEL_SETTINGS.every(isSet) ? undefined : 'three thresholds';
}

function areLabels(value: unknown, isLabel: (label: unknown) => boolean): value is string[] {
  return (
    Array.isArray(value) &&
    value.length <= MOST_LABELS &&
    value.every(isLabel) &&
    new Set(value).size === value.length
  );
}

function isHead(value: unknown): boolean {
  if (!isRecord(value)) return false;
  return [
    [value['taught'], SENTENCE_EVIDENCE.length],
    [value['untaught'], SENTENCE_EVIDENCE.length],
    [value['document'], DOCUMENT_EVIDENCE.length],
  ].every(
    ([logistic, length]) =>
      isRecord(logistic) &&
      isReal(logistic['bias']) &&
      areNumbers(logistic['weights'], length as number),
  );
}

function isReal(value: unknown): value is number {
  return typeof value === 'number' && Number.isFinite(value);
}

function areNumbers(value: unknown, length: number): boolean {
  return Array.isArray(value) && value.length === length && value.every(isReal);
}

type Body = Pick<
  ReportModel,
  'tableHashes' | 'tableFeatures' | 'idf' | 'postingStarts' | 'postingEnds' | 'postings'
>;

function readBody(
  bytes: Uint8Array,
  { featureCount, labels, reportLabels }: ModelHeader,
): string | Body {
  // A feature takes three bytes at least, so a count that cannot be true reserves no memory.
  if (featureCount * 3 > bytes.length) return 'expected a whole model, found one that is cut off';
  const size = 2 ** Math.ceil(Math.log2(Math.max(16, featureCount * 3)));
  const body = {
    tableHashes: new Uint32Array(size),
    tableFeatures: new Int32Array(size).fill(-1),
    idf: new Float32Array(featureCount),
    postingStarts: new Uint32Array(featureCount),
    postingEnds: new Uint32Array(featureCount),
    postings: bytes,
  };
  let at = 0;
  let hash = 0;
  const readNumber = (): number => {
    let value = 0;
    for (let unit = 1; unit < 2 ** 36; unit *= 0x80) {
      const byte = bytes[at++] ?? 0;
      value += (byte & 0x7f) * unit;
      if (byte < 0x80) break;
    }
    return value;
  };
  for (let feature = 0; feature < featureCount; feature++) {
    hash += readNumber();
    const length = readNumber();
    body.idf[feature] = (bytes[at++] ?? 0) * IDF_STEP;
    body.postingStarts[feature] = at;
    body.postingEnds[feature] = at + length;
    if (hash > 0xffffffff || at + length > bytes.length)
      return 'expected a whole model, found a damaged one';
    if (lastLabel(bytes, at, at + length) >= labels.length + reportLabels.length)
      return 'expected known labels, found others';
    at += length;
    let place = hash & (size - 1);
    while (body.tableFeatures[place] !== -1) place = (place + 1) & (size - 1);
    body.tableHashes[place] = hash;
    body.tableFeatures[place] = feature;
  }
  return body;
}

/** Greatest label of a feature's postings, so that scoring need not look. */
function lastLabel(bytes: Uint8Array, start: number, end: number): number {
  let label = -1;
  for (let at = start; at < end; at++) {
    const gap = bytes[at] ?? 0;
    label += gap;
    if (gap === SKIP) continue;
    label++;
    at++;
  }
  return label;
}
