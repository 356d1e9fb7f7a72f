import type { Domain } from '../model/index.js';
import { cleanLine } from './clean-text.js';
import { formatScore } from './format-score.js';
import type { MatrixCell, MatrixColumn, MatrixView, UndrawnEntry } from './matrix-view.js';

// A description is for listening to; the whole of it is in the tables.
const MAX_DESCRIPTION = 2000;

const DOMAIN_NAMES: Readonly<Record<Domain, string>> = {
  'enterprise-attack': 'Enterprise',
  'mobile-attack': 'Mobile',
  'ics-attack': 'ICS',
};

/** `Enterprise ATT&CK v19.1` */
export function domainTitle({ knowledgeBase }: MatrixView): string {
  const names = knowledgeBase.domains.map((domain) => DOMAIN_NAMES[domain]);
  return `${names.join(' + ')} ATT&CK v${cleanLine(knowledgeBase.version)}`;
}

/** The layer's name, or words in its place. */
export function layerTitle({ layer }: MatrixView): string {
  return cleanLine(layer.name) || 'Untitled layer';
}

/** `T1562.001 (revoked, now T1685)` */
export function undrawnText({ entry, reason }: UndrawnEntry): string {
  const tactic = entry.tactic === undefined ? '' : ` under ${cleanLine(entry.tactic)}`;
  return `${cleanLine(entry.techniqueId)}${tactic} (${reason})`;
}

/** Every cell of a view, techniques before their sub-techniques, also those that are not visible. */
export function allCells(view: MatrixView): readonly MatrixCell[] {
  return view.columns.flatMap(({ cells }) =>
    cells.flatMap((cell) => [cell, ...cell.subtechniques]),
  );
}

/** The cells of a column that a drawing shows: visible ones, sub-techniques only where their technique is open. */
export function drawnCellsOf({ cells }: MatrixColumn): readonly MatrixCell[] {
  return cells
    .filter(({ visible }) => visible)
    .flatMap((cell) => [
      cell,
      ...(cell.expanded ? cell.subtechniques.filter(({ visible }) => visible) : []),
    ]);
}

function plural(count: number, word: string): string {
  return `${count} ${word}${count === 1 ? '' : 's'}`;
}

/** What a view shows, in a few sentences, for those who do not see the drawing. */
export function describeView(view: MatrixView): string {
  const visible = allCells(view).filter((cell) => cell.visible);
  const ids = (cells: readonly MatrixCell[]): number =>
    new Set(cells.map(({ technique }) => technique.attackId)).size;
  const parents = visible.filter(({ technique }) => !technique.isSubtechnique);
  const subs = visible.filter(({ technique }) => technique.isSubtechnique);
  const scores = visible.flatMap(({ score }) => (score === undefined ? [] : [score]));
  const sentences = [
    `${domainTitle(view)}: ${view.columns.length} tactics, ${plural(ids(parents), 'technique')}, ${plural(ids(subs), 'sub-technique')}.`,
    `${plural(ids(visible.filter(({ annotated }) => annotated)), 'technique')} annotated.`,
  ];
  if (scores.length > 0) {
    const least = scores.reduce((a, b) => Math.min(a, b));
    const most = scores.reduce((a, b) => Math.max(a, b));
    sentences.push(`Scores from ${formatScore(least)} to ${formatScore(most)}.`);
  }
  const description = cleanLine(view.layer.description.slice(0, MAX_DESCRIPTION));
  if (description !== '') sentences.push(description);
  if (view.undrawn.length > 0) {
    sentences.push(`Not drawn: ${view.undrawn.map(undrawnText).join('; ')}.`);
  }
  return sentences.join(' ');
}
