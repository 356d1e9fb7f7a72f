import type { SigmaRule } from '../sigma-rule.js';
import {
  aligned,
  IMAGE_ARRAYS,
  PACK_MAGIC,
  PACK_VERSION,
  type PackHead,
  PREFIX_WORDS,
} from './pack-layout.js';
import type { RulePack } from './rule-pack.js';

/** Writes a pack: numbers in the machine's byte order, which is part of what a pack is kept under. */
export function encodePack({ rules, correlations, issues, refused, image }: RulePack): Uint8Array {
  const encoder = new TextEncoder();
  const detections = rules.map((rule) => encoder.encode(detectionJson(rule)));
  const head: PackHead = {
    lengths: lengthsOf(image),
    fields: image.fields,
    characters: image.characters,
    keywords: image.keywords,
    specials: image.specials.map((special) => encodeBytes(special)),
    rules: rules.map(({ selections: _, conditions: __, ...rest }) => rest),
    detectionBytes: detections.map(({ length }) => length),
    correlations,
    issues,
    refused,
  };
  const headBytes = encoder.encode(JSON.stringify(head));
  const arraysAt = aligned(PREFIX_WORDS * 4 + headBytes.length);
  const arrays = IMAGE_ARRAYS.map((name) => image[name]);
  const detectionsAt = arrays.reduce((offset, { byteLength }) => offset + byteLength, arraysAt);
  const size = detections.reduce((offset, { length }) => offset + length, detectionsAt);
  const pack = new Uint8Array(aligned(size));
  new Int32Array(pack.buffer, 0, PREFIX_WORDS).set([PACK_MAGIC, PACK_VERSION, headBytes.length]);
  pack.set(headBytes, PREFIX_WORDS * 4);
  let offset = arraysAt;
  for (const array of arrays) {
    new Int32Array(pack.buffer, offset, array.length).set(array);
    offset += array.byteLength;
  }
  for (const detection of detections) {
    pack.set(detection, offset);
    offset += detection.length;
  }
  return pack;
}

function lengthsOf(image: RulePack['image']): PackHead['lengths'] {
  const lengths = IMAGE_ARRAYS.map((name) => [name, image[name].length] as const);
  return Object.fromEntries(lengths) as PackHead['lengths'];
}

function detectionJson({ selections, conditions }: SigmaRule): string {
  return JSON.stringify({ selections: [...selections], conditions });
}

/** JSON has no bytes. */
function encodeBytes(special: RulePack['image']['specials'][number]): unknown {
  const { operand } = special;
  if (operand.kind !== 'bytes') return special;
  return { ...special, operand: { ...operand, bytes: [...operand.bytes] } };
}
