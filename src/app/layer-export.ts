import {
  EXPORTERS,
  type Exporter,
  type GivenRenderOptions,
  type Rendering,
} from '../exporters/index.js';
import { AppError, type Issue } from '../model/index.js';
import { leftOutIssues, type OpenedLayer, type OpenedLayers, openLayers } from './open-layers.js';
import { openMigrator } from './open-migrator.js';
import { placeLayer } from './place-layer.js';
import { PNG_EXPORTER } from './render-png.js';

/** Every format that a layer can be written in. */
export const LAYER_EXPORTERS: readonly Exporter[] = [...EXPORTERS, PNG_EXPORTER];

export interface LayerExportOptions {
  /** Name of a format, `svg`. */
  readonly format: string;
  /** Which layer of a file that holds several, from 1; default: all as JSON, the first in every other format. */
  readonly number?: number | undefined;
  /** Migrate to this version first; default: the version that the layer was made against. */
  readonly attackVersion?: string | undefined;
  readonly render?: GivenRenderOptions | undefined;
}

export interface LayerExport extends Rendering {
  readonly attackVersion: string;
}

function exporterOf(format: string): Exporter {
  const exporter = LAYER_EXPORTERS.find((each) => each.format === format.toLowerCase());
  if (exporter !== undefined) return exporter;
  const known = LAYER_EXPORTERS.map((each) => each.format).join(', ');
  throw new AppError(
    'USAGE',
    `expected a format (${known}), found ${JSON.stringify(format.slice(0, 40))}`,
  );
}

/** The format that a file name asks for by its ending; undefined when it has none that is known. */
export function formatOfFile(path: string): string | undefined {
  return LAYER_EXPORTERS.find(({ extension }) => path.toLowerCase().endsWith(extension))?.format;
}

/** The layers of a file that are wanted, and what to say of the others. */
function chooseLayers(
  layers: readonly OpenedLayer[],
  path: string,
  { format, number }: LayerExportOptions,
): { readonly chosen: readonly OpenedLayer[]; readonly issues: readonly Issue[] } {
  if (number === undefined) {
    const takesAll = format.toLowerCase() === 'json';
    return takesAll
      ? { chosen: layers, issues: [] }
      : { chosen: layers.slice(0, 1), issues: leftOutIssues(layers) };
  }
  const layer = layers[number - 1];
  if (layer !== undefined) return { chosen: [layer], issues: [] };
  throw new AppError(
    'USAGE',
    `expected a layer from 1 to ${layers.length} of ${path}, found ${number}`,
  );
}

/**
 * Writes a layer of a file in another format; a file with several becomes a JSON list when JSON is asked for.
 *
 * @throws AppError `USAGE` for an unknown format, number or option, `SOURCE_UNREADABLE`, `NOT_FOUND` for a version.
 */
export async function exportLayer(path: string, options: LayerExportOptions): Promise<LayerExport> {
  exporterOf(options.format);
  return exportOpenedLayers(openLayers([path]), path, options);
}

/**
 * Writes layers that are open, of one source; see `exportLayer`.
 *
 * @throws AppError `USAGE`, `NOT_FOUND`.
 */
export async function exportOpenedLayers(
  opened: OpenedLayers,
  path: string,
  options: LayerExportOptions,
): Promise<LayerExport> {
  const exporter = exporterOf(options.format);
  const { chosen, issues } = chooseLayers(opened.layers, path, options);
  const migrator = openMigrator([...new Set(chosen.map(({ layer }) => layer.domain))]);
  const exported: LayerExport[] = [];
  for (const one of chosen) {
    const {
      layer,
      knowledgeBase,
      issues: placing,
    } = placeLayer(one, migrator, options.attackVersion);
    const rendering = await exporter.render({ layer, knowledgeBase, options: options.render });
    const drawing = rendering.issues.map((issue) => ({
      ...issue,
      at: { source: path, ...issue.at },
    }));
    exported.push({
      content: rendering.content,
      issues: [...placing, ...drawing],
      attackVersion: knowledgeBase.version,
    });
  }
  const all = [...opened.issues, ...issues, ...exported.flatMap((one) => one.issues)];
  const [first] = exported;
  if (first === undefined)
    throw new AppError('SOURCE_UNREADABLE', `${path}: expected a layer, found none`);
  const list = `[\n${exported.map(({ content }) => content).join(',\n')}]\n`;
  return { ...first, content: exported.length === 1 ? first.content : list, issues: all };
}
