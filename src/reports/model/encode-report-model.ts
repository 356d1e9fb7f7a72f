import { IDF_STEP, MODEL_MAGIC, SKIP, weightByte } from './model-file.js';
import type { ModelHeader } from './report-model.js';

/** A trained model before it is written. */
export interface TrainedModel {
  readonly header: Omit<ModelHeader, 'featureCount' | 'largestWeight'>;
  /** Hash of each feature, ascending. */
  readonly hashes: Uint32Array;
  readonly idf: Float32Array;
  /** Features × `stride`, by feature; labels come first in each row. */
  readonly weights: Float32Array;
  readonly stride: number;
  /** Weights that are nearer to 0 are left out. */
  readonly smallestWeight: number;
}

/**
 * Bytes of a model file.
 *
 * Layout: magic (4), length of the header (4, little endian), header as JSON, then for each feature by hash: difference
 * from the last hash and length of its postings in bytes as LEB128, one byte of idf, postings.
 */
export function encodeReportModel({
  header,
  hashes,
  idf,
  weights,
  stride,
  smallestWeight,
}: TrainedModel): Uint8Array {
  const labels = header.labels.length + header.reportLabels.length;
  let largestWeight = 1e-6;
  const rowOf = (feature: number) => weights.subarray(feature * stride, feature * stride + labels);
  for (let feature = 0; feature < hashes.length; feature++) {
    for (const weight of rowOf(feature)) largestWeight = Math.max(largestWeight, Math.abs(weight));
  }
  const body: number[][] = [];
  let previous = 0;
  let featureCount = 0;
  for (let feature = 0; feature < hashes.length; feature++) {
    const postings = encodePostings(rowOf(feature), { largestWeight, smallestWeight });
    if (postings.length === 0) continue;
    const hash = hashes[feature] ?? 0;
    const idfByte = Math.min(255, Math.round((idf[feature] ?? 0) / IDF_STEP));
    body.push([...leb128(hash - previous), ...leb128(postings.length), idfByte, ...postings]);
    previous = hash;
    featureCount++;
  }
  const json = new TextEncoder().encode(
    JSON.stringify({ ...header, featureCount, largestWeight } satisfies ModelHeader),
  );
  const size = body.reduce((sum, one) => sum + one.length, 8 + json.length);
  const bytes = new Uint8Array(size);
  bytes.set(new TextEncoder().encode(MODEL_MAGIC));
  new DataView(bytes.buffer).setUint32(4, json.length, true);
  bytes.set(json, 8);
  let at = 8 + json.length;
  for (const one of body) {
    bytes.set(one, at);
    at += one.length;
  }
  return bytes;
}

function encodePostings(
  weights: Float32Array,
  { largestWeight, smallestWeight }: { largestWeight: number; smallestWeight: number },
): readonly number[] {
  const postings: number[] = [];
  let next = 0;
  for (let label = 0; label < weights.length; label++) {
    const weight = weights[label] ?? 0;
    const byte = Math.abs(weight) < smallestWeight ? 0 : weightByte(weight, largestWeight);
    if (byte === 0) continue;
    for (let gap = label - next; ; gap -= SKIP) {
      if (gap < SKIP) {
        postings.push(gap, byte);
        break;
      }
      postings.push(SKIP);
    }
    next = label + 1;
  }
  return postings;
}

function leb128(value: number): readonly number[] {
  const bytes: number[] = [];
  let rest = value;
  while (rest > 0x7f) {
    bytes.push((rest % 0x80) | 0x80);
    rest = Math.floor(rest / 0x80);
  }
  bytes.push(rest);
  return bytes;
}
