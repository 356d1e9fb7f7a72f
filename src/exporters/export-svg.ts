import { buildMatrixView } from './build-matrix-view.js';
import { type MatrixScene, matrixScene } from './drawing/matrix-scene.js';
import { sceneToSvg } from './drawing/svg.js';
import type { Exporter, ExportInput } from './exporter.js';
import { resolveRenderOptions } from './render-options.js';

/** The drawing of a layer as a scene, for any medium, with everything that is wrong with it. */
export function renderScene({ layer, knowledgeBase, options = {} }: ExportInput): MatrixScene {
  const resolved = resolveRenderOptions(options);
  const view = buildMatrixView(layer, knowledgeBase, resolved);
  const { scene, issues } = matrixScene(view, resolved);
  return { scene, issues: [...view.issues, ...issues] };
}

/** A drawing for reports and pages, sharp at any size. */
export const SVG_EXPORTER: Exporter = {
  format: 'svg',
  mediaType: 'image/svg+xml',
  extension: '.svg',
  render(input) {
    const { scene, issues } = renderScene(input);
    return { content: sceneToSvg(scene), issues };
  },
};
