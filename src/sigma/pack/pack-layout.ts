import type { RuleSetImage } from '../engine/rule-set-image.js';

/** Changes whenever a pack of before could not be read, or its rules would match otherwise. */
export const PACK_VERSION = 2;

/** First words of a pack: "PTLN", the version, bytes of the head. */
export const PACK_MAGIC = 0x4e4c5450;
export const PREFIX_WORDS = 3;

/** The parts of an image that are numbers. */
export const IMAGE_ARRAYS = [
  'roots',
  'states',
  'dense',
  'outputs',
  'filters',
  'present',
  'exists',
  'fieldOf',
  'program',
  'conditions',
  'witnessStarts',
  'witnesses',
] as const satisfies readonly (keyof RuleSetImage)[];
export type ImageArray = (typeof IMAGE_ARRAYS)[number];

/** The head of a pack: JSON, and how many numbers each array has. After it the arrays, then the detections as JSON. */
export interface PackHead {
  readonly lengths: Readonly<Record<ImageArray, number>>;
  readonly fields: readonly string[];
  readonly characters: string;
  readonly keywords: RuleSetImage['keywords'];
  readonly specials: readonly unknown[];
  /** Rules without their selections and conditions. */
  readonly rules: readonly unknown[];
  /** Bytes of each rule's selections and conditions. */
  readonly detectionBytes: readonly number[];
  readonly correlations: readonly unknown[];
  readonly issues: readonly unknown[];
  readonly refused: number;
}

/** Where an array of numbers may start. */
export function aligned(offset: number): number {
  return (offset + 3) & ~3;
}
