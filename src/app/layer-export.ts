import {
  EXPORTERS,
  type Exporter,
  type GivenRenderOptions,
  type Rendering,
} from '../exporters/index.js';
import { AppError, type Issue } from '../model/index.js';
import { openLayers } from './open-layers.js';
import { openMigrator } from './open-migrator.js';
import { placeLayer } from './place-layer.js';
import { PNG_EXPORTER } from './render-png.js';

/** Every format that a layer can be written in. */
export const LAYER_EXPORTERS: readonly Exporter[] = [...EXPORTERS, PNG_EXPORTER];

export interface LayerExportOptions {
  /** Name of a format, `svg`. */
  readonly format: string;
  /** Which layer of a file that holds several, from 1; default the first. */
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

/**
 * Writes a layer of a file in another format.
 *
 * @throws AppError `USAGE` for an unknown format, number or option, `SOURCE_UNREADABLE`, `NOT_FOUND` for a version.
 */
export async function exportLayer(path: string, options: LayerExportOptions): Promise<LayerExport> {
  const exporter = exporterOf(options.format);
  const opened = openLayers([path]);
  const number = options.number ?? 1;
  const chosen = opened.layers[number - 1];
  if (chosen === undefined) {
    throw new AppError(
      'USAGE',
      `expected a layer from 1 to ${opened.layers.length} of ${path}, found ${number}`,
    );
  }
  const placed = placeLayer(chosen, openMigrator([chosen.layer.domain]), options.attackVersion);
  const { layer, knowledgeBase } = placed;
  const rendering = await exporter.render({ layer, knowledgeBase, options: options.render });
  const issues: readonly Issue[] = [...opened.issues, ...placed.issues, ...rendering.issues];
  return { content: rendering.content, issues, attackVersion: knowledgeBase.version };
}
