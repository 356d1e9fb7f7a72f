import { buildMatrixView } from '../build-matrix-view.js';
import type { MatrixCell, MatrixColumn } from '../matrix-view.js';
import { DEFAULT_RENDER_OPTIONS } from '../render-options.js';
import { htmlCount, htmlCounted, htmlText } from './html-text.js';
import type { MapReport, ReportTechnique } from './map-report.js';
import { bandOf } from './report-timeline.js';

/** The ATT&CK matrix: what was seen is coloured by confidence and leads to its evidence; the rest can be shown. */
export function reportMatrix(report: MapReport): string {
  const view = buildMatrixView(report.layer, report.knowledgeBase, DEFAULT_RENDER_OPTIONS);
  const seen = new Map(report.techniques.map((one) => [one.techniqueId, one]));
  const columns = view.columns.map((column) => drawColumn(column, seen)).join('');
  const legend = [1, 2, 3, 4, 5]
    .map((band) => `<span class="b${band}">${(band - 1) / 5}–${band / 5}</span>`)
    .join('');
  return `<p class="legend">Confidence ${legend} <label class="toggle"><input type="checkbox" id="show-all"> also techniques that were not seen</label></p>
<div class="scroll" tabindex="0" role="region" aria-label="Matrix"><div class="matrix">${columns}</div></div>`;
}

type Seen = ReadonlyMap<string, ReportTechnique>;

function drawColumn({ tactic, cells }: MatrixColumn, seen: Seen): string {
  const drawn = cells.map((cell) => drawGroup(cell, seen));
  const count = cells
    .flatMap((cell) => [cell, ...cell.subtechniques])
    .filter(({ technique }) => seen.has(technique.attackId)).length;
  const kind = count === 0 ? 'column unseen' : 'column';
  return `<section class="${kind}"><h3>${htmlText(tactic.name)} <small>${count === 0 ? 'none' : htmlCount(count)}</small></h3><ul>${drawn.join('')}</ul></section>`;
}

function drawGroup(cell: MatrixCell, seen: Seen): string {
  const subs = cell.subtechniques.map((sub) => drawGroup(sub, seen)).join('');
  const isSeen = seen.has(cell.technique.attackId);
  const holdsSeen = cell.subtechniques.some(({ technique }) => seen.has(technique.attackId));
  const kind = isSeen || holdsSeen ? '' : ' class="unseen"';
  return `<li${kind}>${drawCell(cell, seen)}${subs === '' ? '' : `<ul>${subs}</ul>`}</li>`;
}

function drawCell({ technique: { attackId, name } }: MatrixCell, seen: Seen): string {
  const technique = seen.get(attackId);
  const label = `<b>${htmlText(attackId)}</b> ${htmlText(name)}`;
  if (technique === undefined) return `<span class="cell none">${label}</span>`;
  const { confidence, matches, hosts } = technique;
  const where = hosts.length > 0 ? ` · ${htmlCounted(hosts.length, 'host')}` : '';
  const facts = `${confidence.toFixed(2)} · ${htmlCount(matches)}×${where}`;
  return `<a class="cell b${bandOf(confidence)}" href="#${htmlText(attackId)}">${label}<small>${facts}</small></a>`;
}
