import { cleanSentence } from '../src/reports/model/clean-sentence.js';
import { createHashedFeatures, hashFeatures } from '../src/reports/model/hash-features.js';
import { IDF_STEP } from '../src/reports/model/model-file.js';

/** Rows as sparse vectors over the features that stand in enough of them. */
export interface TrainingVectors {
  /** Ascending; a feature is its place here. */
  readonly hashes: Uint32Array;
  readonly idf: Float32Array;
  /** Where each row begins in `features` and `values`; one longer than there are rows. */
  readonly rowStarts: Uint32Array;
  readonly features: Int32Array;
  readonly values: Float32Array;
}

export interface VectorOptions {
  /** Rows that a feature must stand in, by block: words, characters. */
  readonly minRows: readonly number[];
  readonly blockWeights: readonly number[];
}

/** Features that a model knows. */
export type Vocabulary = Pick<TrainingVectors, 'hashes' | 'idf'>;

/** Vectors as `vectorOf` makes them of a sentence, over the features that stand in enough of the texts. */
export function vectorize(
  texts: readonly string[],
  { minRows, blockWeights }: VectorOptions,
): TrainingVectors {
  const rows = texts.map(hashedRow);
  return toVectors(rows, chooseFeatures(rows, minRows), blockWeights);
}

/** The same over features chosen before. */
export function vectorizeWith(
  texts: readonly string[],
  vocabulary: Vocabulary,
  blockWeights: readonly number[],
): TrainingVectors {
  return toVectors(texts.map(hashedRow), vocabulary, blockWeights);
}

// biome-ignore lint/complexity/noExcessiveCognitiveComplexity: the inner loop of training; calls would cost more than it does.
function toVectors(
  rows: readonly HashedRow[],
  { hashes, idf }: Vocabulary,
  blockWeights: readonly number[],
): TrainingVectors {
  const place = new Map<number, number>();
  for (let feature = 0; feature < hashes.length; feature++)
    place.set(hashes[feature] ?? 0, feature);
  const rowStarts = new Uint32Array(rows.length + 1);
  const total = rows.reduce((sum, row) => sum + row.hashes.length, 0);
  const features = new Int32Array(total);
  const values = new Float32Array(total);
  let at = 0;
  for (const [index, row] of rows.entries()) {
    for (let block = 0; block < blockWeights.length; block++) {
      const start = at;
      let squares = 0;
      for (let one = 0; one < row.hashes.length; one++) {
        const feature = row.blocks[one] === block ? place.get(row.hashes[one] ?? 0) : undefined;
        if (feature === undefined) continue;
        const value = (1 + Math.log(row.counts[one] ?? 1)) * (idf[feature] ?? 0);
        features[at] = feature;
        values[at++] = value;
        squares += value * value;
      }
      const factor = (blockWeights[block] ?? 1) / Math.sqrt(squares || 1);
      for (let one = start; one < at; one++) values[one] = (values[one] ?? 0) * factor;
    }
    rowStarts[index + 1] = at;
  }
  return { hashes, idf, rowStarts, features: features.slice(0, at), values: values.slice(0, at) };
}

/** Features of one text, each once. */
interface HashedRow {
  readonly hashes: Uint32Array;
  readonly blocks: Uint8Array;
  readonly counts: Uint16Array;
}

const hashed = createHashedFeatures();

function hashedRow(text: string): HashedRow {
  hashFeatures(cleanSentence(text), hashed);
  const places = new Map<number, number>();
  const hashes: number[] = [];
  const blocks: number[] = [];
  const counts: number[] = [];
  for (let at = 0; at < hashed.count; at++) {
    const hash = hashed.hashes[at] ?? 0;
    const place = places.get(hash);
    if (place !== undefined) {
      counts[place] = (counts[place] ?? 0) + 1;
      continue;
    }
    places.set(hash, hashes.length);
    hashes.push(hash);
    blocks.push(hashed.blocks[at] ?? 0);
    counts.push(1);
  }
  return {
    hashes: Uint32Array.from(hashes),
    blocks: Uint8Array.from(blocks),
    counts: Uint16Array.from(counts),
  };
}

function chooseFeatures(
  rows: readonly HashedRow[],
  minRows: readonly number[],
): Pick<TrainingVectors, 'hashes' | 'idf'> {
  const rowsWith = new Map<number, number>();
  const blockOf = new Map<number, number>();
  for (const row of rows) {
    for (let at = 0; at < row.hashes.length; at++) {
      const hash = row.hashes[at] ?? 0;
      rowsWith.set(hash, (rowsWith.get(hash) ?? 0) + 1);
      blockOf.set(hash, row.blocks[at] ?? 0);
    }
  }
  const hashes = Uint32Array.from(
    [...rowsWith].flatMap(([hash, count]) =>
      count >= (minRows[blockOf.get(hash) ?? 0] ?? 1) ? [hash] : [],
    ),
  ).sort();
  const idf = Float32Array.from(hashes, (hash) => {
    const exact = Math.log((1 + rows.length) / (1 + (rowsWith.get(hash) ?? 0))) + 1;
    return Math.min(255, Math.round(exact / IDF_STEP)) * IDF_STEP;
  });
  return { hashes, idf };
}
