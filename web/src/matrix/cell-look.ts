import type { MatrixCell } from '../../../src/exporters/index.js';
import type { MatrixCell as EvidenceCell } from '../../../src/server/api-types.js';
import type { GridCell } from './grid-model.js';

/** How a cell looks and what it says of itself. */
export interface CellLook {
  /** `#rrggbb`; empty = as the page. */
  readonly color: string;
  readonly ink: string;
  /** Colour of the highest score among its sub-techniques; empty = none of them has one. */
  readonly chip: string;
  /** Step of the gradient, 1..5; 0 = none: the second channel beside the colour. */
  readonly band: number;
  /** What the cell says in it. */
  readonly score: string;
  /** Only its sub-techniques have the score. */
  readonly isAggregate: boolean;
  /** For screen readers. */
  readonly label: string;
  /** `unknown`: nothing is said; `scored`, also by 0; `colored` by hand; `off`: disabled; `context`: only there for its sub-techniques. */
  readonly state: 'unknown' | 'scored' | 'colored' | 'off' | 'context';
  /** Letters of what is noted: c comment, l links, m metadata. */
  readonly notes: string;
}

/** A score as it is said and shown: at most two decimals. */
export function shownScore(score: number | undefined): string {
  return score === undefined ? '' : String(Number(score.toFixed(2)));
}

function plural(count: number, one: string, many = `${one}s`): string {
  return `${count} ${count === 1 ? one : many}`;
}

/** `14 matches on 3 hosts, 2 rules`; empty without evidence. */
export function evidencePhrase(evidence: EvidenceCell | undefined): string {
  if (evidence === undefined) return '';
  const { counts, hosts, rules } = evidence;
  const words = [
    counts.observed > 0 ? plural(counts.observed, 'match', 'matches') : '',
    counts.capability > 0 ? plural(counts.capability, 'capability', 'capabilities') : '',
    counts.exposure > 0 ? plural(counts.exposure, 'exposure') : '',
    counts.intel > 0 ? plural(counts.intel, 'report sentence') : '',
  ].filter((word) => word !== '');
  const where = hosts > 0 ? ` on ${plural(hosts, 'host')}` : '';
  const by = rules > 0 ? `, ${plural(rules, 'rule')}` : '';
  return `${words.join(', ')}${where}${by}`;
}

const isAggregate = ({ score, shownScore: shown }: MatrixCell): boolean =>
  score === undefined && shown !== undefined;

function scoreWords(cell: MatrixCell): string {
  if (cell.shownScore === undefined || !cell.enabled) return 'no score';
  const words = `score ${shownScore(cell.shownScore)}`;
  return isAggregate(cell) ? `no score of its own, sub-techniques' ${words}` : words;
}

function notesOf({ entry }: MatrixCell): string {
  if (entry === undefined) return '';
  const comment = entry.comment === '' ? '' : 'c';
  const links = entry.links.length === 0 ? '' : 'l';
  return `${comment}${links}${entry.metadata.length === 0 ? '' : 'm'}`;
}

function chipColor({ subtechniques }: MatrixCell): string {
  let best: MatrixCell | undefined;
  for (const sub of subtechniques) {
    if (sub.color === undefined || !sub.visible) continue;
    const isMore = (sub.shownScore ?? -1) > (best?.shownScore ?? -1);
    if (best === undefined || isMore) best = sub;
  }
  return best?.color ?? '';
}

function stateOf({ enabled, matches, color, band }: MatrixCell): CellLook['state'] {
  if (!enabled) return 'off';
  if (!matches) return 'context';
  if (color === undefined) return 'unknown';
  return band === undefined ? 'colored' : 'scored';
}

const NOTE_WORDS = { c: 'has a comment', l: 'has links', m: 'has metadata' } as const;

function labelOf(grid: GridCell, look: Omit<CellLook, 'label'>, evidence: string): string {
  const { cell, parent } = grid;
  const { attackId, name, isSubtechnique } = cell.technique;
  const words = [`${attackId} ${name}`];
  if (isSubtechnique) {
    words.push(
      parent === undefined ? 'sub-technique' : `sub-technique of ${parent.technique.name}`,
    );
  }
  if (grid.subtechniqueCount > 0) words.push(plural(grid.subtechniqueCount, 'sub-technique'));
  if (!cell.enabled) words.push('disabled');
  words.push(scoreWords(cell));
  if (evidence !== '') words.push(evidence);
  for (const note of look.notes) words.push(NOTE_WORDS[note as keyof typeof NOTE_WORDS]);
  return words.join(', ');
}

/** The look of a cell of a view. @param evidence what the workspace has of its technique. */
export function cellLook(grid: GridCell, evidence: EvidenceCell | undefined): CellLook {
  const { cell } = grid;
  const look = {
    color: cell.color ?? '',
    ink: cell.textColor ?? '',
    chip: chipColor(cell),
    band: cell.band ?? 0,
    score: cell.enabled ? shownScore(cell.shownScore) : '',
    isAggregate: cell.enabled && isAggregate(cell),
    state: stateOf(cell),
    notes: evidence === undefined ? notesOf(cell) : '',
  };
  return { ...look, label: labelOf(grid, look, evidencePhrase(evidence)) };
}
