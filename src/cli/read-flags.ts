import { resolve } from 'node:path';
import { InvalidArgumentError } from 'commander';
import type { SecondReaderOptions } from '../app/second-reader.js';
import type { TlpLabel } from '../exporters/index.js';
import { AppError } from '../model/index.js';
import type { Lane } from '../reports/index.js';

type ModelSetting = 'high-precision' | 'default' | 'high-recall';

/** Options of `portolan read` as commander gives them. */
export interface ReadFlags {
  readonly json?: boolean;
  readonly allowPrivate?: boolean;
  readonly layer?: string;
  readonly stix?: string;
  readonly misp?: string;
  readonly csv?: string;
  readonly md?: string;
  readonly html?: string;
  readonly docx?: string;
  readonly text?: boolean;
  readonly minConfidence?: number;
  readonly lane?: readonly Lane[];
  readonly includeReview?: boolean;
  readonly setting?: ModelSetting;
  readonly attackVersion?: string;
  readonly reviews: readonly string[];
  readonly tlp?: TlpLabel;
  readonly creator?: string;
  readonly secondReader?: string;
  readonly secondReaderModel?: string;
  readonly secondReaderMaxTokens: number;
  readonly secondReaderPrice?: SecondReaderOptions['price'];
  readonly secondReaderTimeout: number;
  readonly save?: boolean;
  readonly workspace?: string;
  readonly store?: string;
}

const FILE_FORMATS = ['layer', 'stix', 'misp', 'csv', 'md', 'html', 'docx'] as const;

/** Files to be written, by format. */
export function outputsOf(flags: ReadFlags): readonly (readonly [string, string])[] {
  return FILE_FORMATS.flatMap((format) => {
    const path = flags[format];
    return path === undefined ? [] : [[format, path] as const];
  });
}

/**
 * A slip of the keyboard must not overwrite a report or another output.
 *
 * @throws AppError `USAGE`.
 */
export function checkOutputs(paths: readonly string[], flags: ReadFlags): void {
  const taken = new Set([...paths, ...flags.reviews].map((path) => resolve(path)));
  for (const [, path] of outputsOf(flags)) {
    if (taken.has(resolve(path)))
      throw new AppError('USAGE', `expected a file of its own to write to, found ${path} twice`);
    taken.add(resolve(path));
  }
}

const LANE_NAMES: readonly string[] = ['explicit', 'name', 'model'];

export function parseLanes(text: string): readonly Lane[] {
  const names = text.split(',').map((name) => name.trim());
  const isLane = (name: string): name is Lane => LANE_NAMES.includes(name);
  const lanes = names.filter(isLane);
  if (lanes.length === names.length) return lanes;
  throw new InvalidArgumentError(
    `expected lanes from ${LANE_NAMES.join(', ')}, with commas between.`,
  );
}

const SETTINGS: readonly string[] = ['default', 'high-precision', 'high-recall'];

export function parseSetting(text: string): ModelSetting {
  const isSetting = (name: string): name is ModelSetting => SETTINGS.includes(name);
  if (isSetting(text)) return text;
  throw new InvalidArgumentError(`expected ${SETTINGS.join(', ')}.`);
}

const TLP_NAMES: readonly string[] = ['clear', 'green', 'amber', 'amber+strict', 'red'];

export function parseTlp(text: string): TlpLabel {
  const label = text.toLowerCase().replace(/^tlp:/, '');
  const isLabel = (name: string): name is TlpLabel => TLP_NAMES.includes(name);
  if (isLabel(label)) return label;
  throw new InvalidArgumentError(`expected ${TLP_NAMES.join(', ')}.`);
}

export function parseRatio(text: string): number {
  const ratio = text.trim() === '' ? Number.NaN : Number(text);
  if (ratio >= 0 && ratio <= 1) return ratio;
  throw new InvalidArgumentError('expected a number from 0 to 1.');
}

export function parseTokens(text: string): number {
  const tokens = /^\d{1,10}$/.test(text) ? Number(text) : 0;
  if (tokens >= 1) return tokens;
  throw new InvalidArgumentError('expected a whole number of tokens.');
}

const MAX_TIMEOUT_SECONDS = 3_600;

export function parseSeconds(text: string): number {
  const seconds = /^\d{1,4}(?:\.\d+)?$/.test(text) ? Number(text) : 0;
  if (seconds > 0 && seconds <= MAX_TIMEOUT_SECONDS) return seconds;
  throw new InvalidArgumentError(`expected seconds, at most ${MAX_TIMEOUT_SECONDS}.`);
}

export function parsePrice(text: string): SecondReaderOptions['price'] {
  const [, prompt, completion] = /^(\d+(?:\.\d+)?),(\d+(?:\.\d+)?)$/.exec(text) ?? [];
  if (prompt !== undefined && completion !== undefined)
    return { prompt: Number(prompt), completion: Number(completion) };
  throw new InvalidArgumentError('expected two prices of a million tokens: IN,OUT.');
}

/**
 * The second reader that was asked for; undefined when none was.
 *
 * @param key from the environment: on a command line every process would see it.
 * @throws AppError `USAGE` without the name of a model.
 */
export function secondReaderOf(
  flags: ReadFlags,
  key: string | undefined,
): SecondReaderOptions | undefined {
  const { secondReader: url, secondReaderModel: model } = flags;
  if (url === undefined) {
    if (model !== undefined)
      throw new AppError('USAGE', 'expected --second-reader with an address, found only a model');
    return undefined;
  }
  if (model === undefined)
    throw new AppError('USAGE', 'expected --second-reader-model with the name of a model');
  return {
    url,
    model,
    key: key === '' ? undefined : key,
    timeoutMs: flags.secondReaderTimeout * 1_000,
    maxTokens: flags.secondReaderMaxTokens,
    price: flags.secondReaderPrice,
  };
}
