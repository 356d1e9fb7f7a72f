import { isIssue, isRecord, parseJson } from '../../model/index.js';
import type { ImageSpecial, RuleSetImage } from '../engine/rule-set-image.js';
import type { Operand } from '../operand.js';
import { ANY, DASH, ONE, type PatternToken } from '../sigma-pattern.js';
import type { SigmaRule } from '../sigma-rule.js';
import {
  aligned,
  IMAGE_ARRAYS,
  type ImageArray,
  PACK_MAGIC,
  PACK_VERSION,
  type PackHead,
  PREFIX_WORDS,
} from './pack-layout.js';
import type { RulePack } from './rule-pack.js';

/**
 * Opens a pack. The numbers are used where they are; the selections of a rule are read when they are asked for.
 *
 * @param bytes a pack that `encodePack` made, unharmed: the caller has checked that. Aligned to 4 bytes.
 * @returns undefined for a pack of another version, or bytes that are none.
 */
export function decodePack(bytes: Uint8Array): RulePack | undefined {
  if (bytes.byteOffset % 4 !== 0 || bytes.length < PREFIX_WORDS * 4) return undefined;
  const [magic, version, headLength = 0] = new Int32Array(
    bytes.buffer,
    bytes.byteOffset,
    PREFIX_WORDS,
  );
  if (magic !== PACK_MAGIC || version !== PACK_VERSION) return undefined;
  const decoder = new TextDecoder();
  const headAt = PREFIX_WORDS * 4;
  const parsed = parseJson(decoder.decode(bytes.subarray(headAt, headAt + headLength)));
  if (isIssue(parsed) || !isRecord(parsed.value)) return undefined;
  // Invariant: the caller's checksum holds, so this is what encodePack wrote.
  const head = parsed.value as unknown as PackHead;
  const arrays = readArrays(bytes, aligned(headAt + headLength), head.lengths);
  if (arrays === undefined) return undefined;
  const image: RuleSetImage = {
    fields: head.fields,
    characters: head.characters,
    keywords: head.keywords,
    specials: head.specials.map(reviveSpecial),
    ...arrays.values,
  };
  return {
    rules: readRules(head, bytes.subarray(arrays.end)),
    correlations: head.correlations as RulePack['correlations'],
    issues: head.issues as RulePack['issues'],
    refused: head.refused,
    image,
    bytes,
  };
}

function readArrays(bytes: Uint8Array, start: number, lengths: PackHead['lengths']) {
  let offset = start;
  const values: Partial<Record<ImageArray, Int32Array>> = {};
  for (const name of IMAGE_ARRAYS) {
    const end = offset + lengths[name] * 4;
    if (end > bytes.length) return undefined;
    values[name] = new Int32Array(bytes.buffer, bytes.byteOffset + offset, lengths[name]);
    offset = end;
  }
  return { values: values as Record<ImageArray, Int32Array>, end: offset };
}

type Detection = Pick<SigmaRule, 'selections' | 'conditions'>;

function readRules(
  { rules, detectionBytes }: PackHead,
  detections: Uint8Array,
): readonly SigmaRule[] {
  let end = 0;
  return rules.map((rule, index) => {
    const start = end;
    end += detectionBytes[index] ?? 0;
    const json = detections.subarray(start, end);
    let read: Detection | undefined;
    const detection = (): Detection => {
      read ??= readDetection(json);
      return read;
    };
    // Properties of its own, so that a rule that is sent to a worker takes them along.
    return Object.defineProperties(rule as SigmaRule, {
      selections: { enumerable: true, get: () => detection().selections },
      conditions: { enumerable: true, get: () => detection().conditions },
    });
  });
}

function readDetection(json: Uint8Array): Detection {
  const parsed = JSON.parse(new TextDecoder().decode(json)) as {
    readonly selections: Iterable<[string, never]>;
    readonly conditions: SigmaRule['conditions'];
  };
  return { selections: new Map(parsed.selections), conditions: parsed.conditions };
}

function reviveSpecial(value: unknown): ImageSpecial {
  const special = value as ImageSpecial;
  return { ...special, operand: reviveOperand(special.operand) };
}

/** Places of patterns are compared by identity, and bytes are no JSON. */
function reviveOperand(operand: Operand): Operand {
  if (operand.kind === 'bytes') return { ...operand, bytes: Uint8Array.from(operand.bytes) };
  if (operand.kind !== 'text') return operand;
  return { ...operand, pattern: operand.pattern.map(reviveToken) };
}

function reviveToken(token: PatternToken): PatternToken {
  if (typeof token === 'string') return token;
  return (
    [ANY, ONE, DASH].find((known) => typeof known !== 'string' && known.kind === token.kind) ??
    token
  );
}
