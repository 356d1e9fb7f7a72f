import { cleanText } from '../clean-text.js';
import { formatScore } from '../format-score.js';
import type { MatrixCell } from '../matrix-view.js';

const MAX_CHARACTERS = 1500;

function annotationLines({ entry }: MatrixCell): readonly string[] {
  if (entry === undefined) return [];
  const metadata = entry.metadata.map((item) =>
    item.kind === 'divider' ? '—' : `${item.name}: ${item.value}`,
  );
  const links = entry.links.map((item) =>
    item.kind === 'divider' ? '—' : `${item.label}: ${item.url}`,
  );
  return [...(entry.comment === '' ? [] : [entry.comment]), ...metadata, ...links];
}

/** What a cell says when pointed at: name, id, scores, comment, metadata and links; long ones end in `…`. */
export function cellTooltip(cell: MatrixCell): string {
  const { technique, score, aggregateScore } = cell;
  const lines = [`${technique.attackId} ${technique.name}`];
  if (!cell.enabled) lines.push('disabled');
  if (score !== undefined) lines.push(`score ${formatScore(score)}`);
  if (aggregateScore !== undefined) lines.push(`aggregate score ${formatScore(aggregateScore)}`);
  const text = cleanText([...lines, ...annotationLines(cell)].join('\n'));
  return text.length <= MAX_CHARACTERS ? text : `${cleanText(text.slice(0, MAX_CHARACTERS))}…`;
}
