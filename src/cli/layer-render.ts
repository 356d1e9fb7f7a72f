import type { Command } from 'commander';
import type { GivenRenderOptions, LegendPlace } from '../exporters/index.js';
import { AppError } from '../model/index.js';
import { writeLayerAs } from './layer-convert.js';
import { parseNumber } from './parse-number.js';

/** As commander gives them: texts, and booleans for flags. */
interface RenderFlags {
  readonly out?: string;
  readonly layer?: string;
  readonly attackVersion?: string;
  readonly format?: string;
  readonly size?: string;
  readonly width?: string;
  readonly height?: string;
  readonly unit?: string;
  readonly portrait?: boolean;
  readonly headerHeight?: string;
  readonly font?: string;
  readonly fontSize?: string;
  readonly dark?: boolean;
  readonly layout?: string;
  readonly subtechniques?: string;
  readonly borderColor?: string;
  readonly header: boolean;
  readonly about: boolean;
  readonly domain: boolean;
  readonly filters: boolean;
  readonly legend: boolean;
  readonly gradient: boolean;
  readonly legendAt?: string;
  readonly ids?: boolean;
  readonly names: boolean;
  readonly scores?: boolean;
  readonly second?: string;
  readonly bands?: string;
  readonly tooltips: boolean;
  readonly scale?: string;
}

function parseLegend(value: string | undefined): LegendPlace | undefined {
  if (value === undefined) return undefined;
  const [x, y, width, height, ...rest] = value.split(',').map(Number);
  const numbers = [x, y, width, height];
  if (
    rest.length > 0 ||
    numbers.some((number) => number === undefined || !Number.isFinite(number))
  ) {
    throw new AppError(
      'USAGE',
      `--legend-at: expected X,Y,WIDTH,HEIGHT, found ${JSON.stringify(value.slice(0, 60))}`,
    );
  }
  return { x: Number(x), y: Number(y), width: Number(width), height: Number(height) };
}

// The values are checked where they are used: `resolveRenderOptions` names the option and its choices.
function renderOptions(flags: RenderFlags): GivenRenderOptions {
  const given = {
    size: flags.size,
    width: parseNumber('--width', flags.width),
    height: parseNumber('--height', flags.height),
    unit: flags.unit,
    orientation: flags.portrait === true ? 'portrait' : undefined,
    headerHeight: parseNumber('--header-height', flags.headerHeight),
    font: flags.font,
    fontSize: parseNumber('--font-size', flags.fontSize),
    theme: flags.dark === true ? 'dark' : undefined,
    layout: flags.layout,
    subtechniques: flags.subtechniques,
    borderColor: flags.borderColor,
    showHeader: flags.header,
    showAbout: flags.about,
    showDomain: flags.domain,
    showFilters: flags.filters,
    showLegend: flags.legend,
    showGradient: flags.gradient,
    legend: parseLegend(flags.legendAt),
    showId: flags.ids,
    // A flag that was not given leaves the choice to the layer.
    showName: flags.names ? undefined : false,
    showScore: flags.scores,
    secondChannel: flags.second,
    bands: parseNumber('--bands', flags.bands),
    showTooltips: flags.tooltips,
    scale: parseNumber('--scale', flags.scale),
  };
  return given as GivenRenderOptions;
}

/** `portolan layer render FILE` */
export function registerLayerRender(layer: Command): void {
  layer
    .command('render')
    .description('draw a layer as SVG or PNG')
    .argument('<file>', 'layer file, plain or .gz')
    .option('--out <file>', 'write here, .svg or .png (default: SVG to standard output)')
    .option('--format <format>', 'svg or png (default: told by the ending of --out)')
    .option('--layer <n>', 'which layer of a file that holds several, from 1 (default: the first)')
    .option('--attack-version <version>', 'migrate to this ATT&CK version first')
    .option(
      '--size <size>',
      'fit, custom, letter, legal, small (11×17 in), medium (18×24), large (24×36), a4, a3',
    )
    .option('--width <n>', 'of a custom size, in --unit')
    .option('--height <n>', 'of a custom size, in --unit')
    .option('--unit <unit>', 'in, cm, mm or px')
    .option('--portrait', 'turn the sheet')
    .option('--header-height <n>', 'in --unit (default: as high as its text)')
    .option('--font <family>', 'sans, serif or mono')
    .option('--font-size <points>', 'default: the largest at which everything fits')
    .option('--dark', 'light text on a dark ground')
    .option('--layout <layout>', 'side, flat or mini (default: as the layer says)')
    .option('--subtechniques <which>', 'all, expanded (as the layer says), annotated or none')
    .option('--border-color <color>', '#rrggbb')
    .option('--no-header', 'leave out the header')
    .option('--no-about', 'leave out name and description')
    .option('--no-domain', 'leave out domain and version')
    .option('--no-filters', 'leave out the platforms')
    .option('--no-legend', 'leave out the legend')
    .option('--no-gradient', 'leave out the scale of the scores')
    .option('--legend-at <x,y,w,h>', 'put the legend here, in --unit, instead of into the header')
    .option('--ids', 'show ids')
    .option('--no-names', 'leave out names')
    .option('--scores', 'write the score into the cell')
    .option('--second <sign>', 'show the score a second way: glyph or pattern')
    .option('--bands <n>', 'steps of the second sign, 2 to 5')
    .option('--no-tooltips', 'leave out tooltips')
    .option('--scale <n>', 'png: pixels per pixel of the drawing (default 2)')
    .action(async (file: string, flags: RenderFlags) => {
      const isPicture = flags.format === undefined || ['svg', 'png'].includes(flags.format);
      if (!isPicture)
        throw new AppError(
          'USAGE',
          `--format: expected svg or png, found ${JSON.stringify(flags.format)}`,
        );
      await writeLayerAs(file, {
        format: flags.format ?? (flags.out === undefined ? 'svg' : undefined),
        out: flags.out,
        number: parseNumber('--layer', flags.layer),
        attackVersion: flags.attackVersion,
        render: renderOptions(flags),
      });
    });
}
