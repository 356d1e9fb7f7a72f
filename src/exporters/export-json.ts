import { type Layer, writeLayer } from '../layers/index.js';
import { buildMatrixView } from './build-matrix-view.js';
import { allCells } from './describe-view.js';
import type { Exporter } from './exporter.js';
import type { MatrixView } from './matrix-view.js';
import { resolveRenderOptions } from './render-options.js';

/** The layer without the entries that it shows nowhere: filtered out, or of no technique of this ATT&CK version. */
function visiblePart(view: MatrixView): Layer {
  const shown = new Set(allCells(view).flatMap(({ visible, entry }) => (visible ? [entry] : [])));
  const { layer } = view;
  return { ...layer, techniques: layer.techniques.filter((entry) => shown.has(entry)) };
}

/** A Navigator layer of format 4.5, with every unknown field of the one that was read. */
export const JSON_EXPORTER: Exporter = {
  format: 'json',
  mediaType: 'application/json',
  extension: '.json',
  render({ layer, knowledgeBase, options = {} }) {
    const resolved = resolveRenderOptions(options);
    const view = buildMatrixView(layer, knowledgeBase, resolved);
    const written = resolved.visibleOnly ? visiblePart(view) : layer;
    return { content: `${writeLayer(written, { pretty: true })}\n`, issues: view.issues };
  },
};
