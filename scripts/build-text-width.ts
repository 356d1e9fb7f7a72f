import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { createCanvas, GlobalFonts } from '@napi-rs/canvas';

/*
 * Measures the fonts that reports are read in and prints src/exporters/drawing/text-width.table.ts. From the repository root:
 *
 *   npx esbuild scripts/build-text-width.ts --bundle --packages=external --platform=node --format=esm |
 *     LIBERATION=/usr/share/fonts/truetype/liberation node --input-type=module - > src/exporters/drawing/text-width.table.ts
 *
 * Liberation Sans, Serif and Mono have, by design, the widths of Arial, Times New Roman and Courier New.
 * `sans` holds for each character the wider of Liberation Sans and Roboto, so that a text laid out with it fits in both.
 */
const folder = process.env['LIBERATION'];
if (folder === undefined)
  throw new Error('LIBERATION must name the folder of the Liberation fonts');
const resolve = createRequire(join(process.cwd(), 'package.json')).resolve;
const roboto = dirname(resolve('@expo-google-fonts/roboto/package.json'));

const FONTS = {
  sans: [join(folder, 'LiberationSans-Regular.ttf'), join(roboto, 'Roboto_400Regular.ttf')],
  sansBold: [join(folder, 'LiberationSans-Bold.ttf'), join(roboto, 'Roboto_700Bold.ttf')],
  serif: [join(folder, 'LiberationSerif-Regular.ttf')],
  serifBold: [join(folder, 'LiberationSerif-Bold.ttf')],
  mono: [join(folder, 'LiberationMono-Regular.ttf')],
} as const;

const context = createCanvas(10, 10).getContext('2d');

function measure(file: string, character: string): number {
  const alias = `measured-${file}`.replace(/[^A-Za-z0-9]/g, '');
  if (!GlobalFonts.has(alias) && GlobalFonts.registerFromPath(file, alias) === null) {
    throw new Error(`cannot read font ${file}`);
  }
  context.font = `1000px ${alias}`;
  return Math.ceil(context.measureText(character).width);
}

const range = (from: number, to: number): readonly number[] =>
  Array.from({ length: to - from + 1 }, (_, offset) => from + offset);

const EXTRA = '–—‘’“”†•…€™→≤≥';
const codes = [
  ...range(0x20, 0x7e),
  ...range(0xa0, 0xff),
  ...[...EXTRA].map((c) => c.codePointAt(0) ?? 0),
];

const lines = [
  '// Made by scripts/build-text-width.ts from Liberation 2 (OFL-1.1) and Roboto (Apache-2.0); do not edit.',
  '/** Characters measured, in the order of each row of `TEXT_WIDTHS`. */',
  `export const MEASURED_CODES: readonly number[] = [${codes.join(', ')}];`,
  '',
  '/** Advance widths in thousandths of the font size. `sans` fits Arial, Helvetica and Roboto alike. */',
  'export const TEXT_WIDTHS = {',
];
for (const [name, files] of Object.entries(FONTS)) {
  const widths = codes.map((code) =>
    Math.max(...files.map((file) => measure(file, String.fromCodePoint(code)))),
  );
  lines.push(`  ${name}: [${widths.join(', ')}],`);
}
lines.push('} as const satisfies Readonly<Record<string, readonly number[]>>;', '');
process.stdout.write(lines.join('\n'));
