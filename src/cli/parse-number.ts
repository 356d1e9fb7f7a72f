import { AppError } from '../model/index.js';

/**
 * The number that an option was given; undefined when it was not.
 *
 * @throws AppError `USAGE` for anything else.
 */
export function parseNumber(option: string, value: string | undefined): number | undefined {
  if (value === undefined) return undefined;
  const number = value.trim() === '' ? Number.NaN : Number(value);
  if (Number.isFinite(number)) return number;
  throw new AppError(
    'USAGE',
    `${option}: expected a number, found ${JSON.stringify(value.slice(0, 40))}`,
  );
}
