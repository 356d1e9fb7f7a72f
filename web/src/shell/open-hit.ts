import { showTechnique } from '../matrix/show-technique.js';
import { openTechnique } from '../matrix/side-state.js';
import type { PaletteHit } from './palette-messages.js';

/** Pages of objects by their kind; what has none of its own is shown through the matrix. */
const PAGES: Readonly<Partial<Record<PaletteHit['kind'], string>>> = {
  group: '/groups/',
  software: '/software/',
  campaign: '/campaigns/',
  mitigation: '/mitigations/',
  'detection-strategy': '/detections/',
  'data-component': '/log-sources/',
};

/** Opens what was found: a technique in the matrix, at its cell with its evidence; everything else on its page. */
export function openHit(hit: PaletteHit, navigate: (path: string) => void): void {
  const [successor] = hit.successors;
  const id = successor?.id ?? hit.id;
  if (hit.kind === 'technique') {
    if (!location.pathname.startsWith('/matrix')) navigate('/matrix');
    showTechnique(id);
    openTechnique(id);
    return;
  }
  const page = PAGES[hit.kind];
  navigate(page === undefined || id === '' ? '/matrix' : `${page}${encodeURIComponent(id)}`);
}
