import type { Issue } from '../../model/index.js';
import type { ReportModel } from './report-model.js';

/** A training sentence as the features that the model saw in it: enough to see what new weights spoil. */
export interface Anchor {
  readonly label: number;
  readonly features: Int32Array;
  readonly values: Float32Array;
}

/** First bytes of a file of anchors. */
const MAGIC = 'PRA1';
/** Values are stored in steps of this. */
const VALUE_STEP = 1 / 255;
const MOST_ANCHORS = 10_000;

/**
 * Bytes of a file of anchors: magic (4), number of anchors (4, little endian), then of each its label and number of features
 * (2 each), and of each feature the difference from the last as LEB128 and a byte of its value.
 */
export function encodeAnchors(anchors: readonly Anchor[]): Uint8Array {
  const bytes = [...MAGIC].map((char) => char.charCodeAt(0));
  bytes.push(...[0, 8, 16, 24].map((shift) => (anchors.length >> shift) & 0xff));
  for (const anchor of anchors) pushAnchor(bytes, anchor);
  return Uint8Array.from(bytes);
}

function pushAnchor(bytes: number[], { label, features, values }: Anchor): void {
  bytes.push(label & 0xff, label >> 8, features.length & 0xff, features.length >> 8);
  const order = [...features.keys()].sort((a, b) => (features[a] ?? 0) - (features[b] ?? 0));
  let previous = 0;
  for (const at of order) {
    const feature = features[at] ?? 0;
    let rest = feature - previous;
    for (; rest > 0x7f; rest = Math.floor(rest / 0x80)) bytes.push((rest % 0x80) | 0x80);
    bytes.push(rest, Math.min(255, Math.round((values[at] ?? 0) / VALUE_STEP)));
    previous = feature;
  }
}

/** @returns an Issue `MODEL_INVALID` when the bytes are no anchors of this model. */
export function loadAnchors(bytes: Uint8Array, model: ReportModel): readonly Anchor[] | Issue {
  const invalid = (message: string): Issue => ({ kind: 'issue', code: 'MODEL_INVALID', message });
  if (bytes.length < 8 || String.fromCharCode(...bytes.subarray(0, 4)) !== MAGIC) {
    return invalid('expected anchors of a model, found other bytes');
  }
  const count = new DataView(bytes.buffer, bytes.byteOffset).getUint32(4, true);
  if (count > MOST_ANCHORS)
    return invalid(`expected at most ${MOST_ANCHORS} anchors, found ${count}`);
  const anchors: Anchor[] = [];
  const reader = { bytes, at: 8 };
  for (let index = 0; index < count; index++) {
    const anchor = readAnchor(reader);
    const last = anchor.features.at(-1) ?? 0;
    const isKnown = anchor.label < model.techniqueIds.length && last < model.header.featureCount;
    if (reader.at > bytes.length || !isKnown) return invalid('expected anchors of this model');
    anchors.push(anchor);
  }
  return anchors;
}

function readAnchor(reader: { readonly bytes: Uint8Array; at: number }): Anchor {
  const next = (): number => reader.bytes[reader.at++] ?? 0;
  const label = next() | (next() << 8);
  const count = next() | (next() << 8);
  const features = new Int32Array(count);
  const values = new Float32Array(count);
  let feature = 0;
  for (let one = 0; one < count && reader.at <= reader.bytes.length; one++) {
    for (let unit = 1; unit < 2 ** 31; unit *= 0x80) {
      const byte = next();
      feature += (byte & 0x7f) * unit;
      if (byte < 0x80) break;
    }
    features[one] = feature;
    values[one] = next() * VALUE_STEP;
  }
  return { label, features, values };
}
