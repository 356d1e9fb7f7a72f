import { styleText as nodeStyleText } from 'node:util';

type Format = Parameters<typeof nodeStyleText>[0];

// NO_COLOR: https://no-color.org; any value that is not empty counts.
const isColored = (): boolean =>
  (process.stdout.isTTY === true || process.env['FORCE_COLOR'] === '1') &&
  (process.env['NO_COLOR'] ?? '') === '';

/** Colours a text on a terminal that wants colours; plain when piped or with NO_COLOR. */
export function styleText(format: Format, text: string): string {
  return isColored() ? nodeStyleText(format, text) : text;
}

/** Width for wrapping: the terminal's, at most 120; 100 when piped. */
export function outputWidth(): number {
  return Math.min(process.stdout.columns ?? 100, 120);
}
