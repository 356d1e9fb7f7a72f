import type { LayerLink, LayerTechnique } from '../layers/index.js';
import { buildMatrixView } from './build-matrix-view.js';
import { cleanLine, cleanText } from './clean-text.js';
import { domainTitle, layerTitle } from './describe-view.js';
import type { Exporter } from './exporter.js';
import { formatScore } from './format-score.js';
import type { MatrixCell, MatrixColumn, MatrixView } from './matrix-view.js';
import { resolveRenderOptions } from './render-options.js';

/** Text that Markdown and HTML leave as it is; lines are kept as `<br>`. */
function escapeMarkdown(text: string): string {
  return cleanText(text)
    .trim()
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replace(/[\\`*_[\]{}()#!|~$]/g, '\\$&')
    .replace(/\r\n?|\n/g, '<br>');
}

/** A link where the address is one for browsers, else its words. */
function linkText(link: LayerLink): string {
  if (link.kind === 'divider') return '—';
  const label = escapeMarkdown(link.label || link.url);
  const url = cleanText(link.url).trim();
  if (!/^https?:\/\/[^\s]+$/i.test(url)) return `${label}: ${escapeMarkdown(url)}`;
  // Percent signs stay: what is encoded already must not be encoded twice.
  const safe = url
    .replace(/[<>()[\]|\\"'`*_]/g, (character) => {
      const code = character.charCodeAt(0).toString(16).toUpperCase();
      return `%${code.padStart(2, '0')}`;
    })
    .replaceAll('&', '&amp;');
  return `[${label}](${safe})`;
}

function wordsOf(entry: LayerTechnique | undefined): string {
  if (entry === undefined) return '';
  const parts: string[] = entry.enabled ? [] : ['disabled'];
  if (entry.comment !== '') parts.push(escapeMarkdown(entry.comment));
  for (const item of entry.metadata) {
    parts.push(
      item.kind === 'divider' ? '—' : `${escapeMarkdown(item.name)}: ${escapeMarkdown(item.value)}`,
    );
  }
  return [...parts, ...entry.links.map(linkText)].join('<br>');
}

function tableRow(cells: readonly string[]): string {
  return `| ${cells.join(' | ')} |`;
}

const number = (score: number | undefined): string =>
  score === undefined ? '' : formatScore(score);

function techniqueLine(cell: MatrixCell): string {
  const { technique } = cell;
  const name = escapeMarkdown(technique.name);
  return tableRow([
    technique.attackId,
    technique.isSubtechnique ? `– ${name}` : name,
    number(cell.score),
    number(cell.aggregateScore),
    wordsOf(cell.entry),
  ]);
}

function visibleCells({ cells }: MatrixColumn): readonly MatrixCell[] {
  return cells.flatMap((cell) => [cell, ...cell.subtechniques]).filter(({ visible }) => visible);
}

function isListed({ annotated, aggregateScore }: MatrixCell): boolean {
  return annotated || aggregateScore !== undefined;
}

function columnLines(column: MatrixColumn): readonly string[] {
  const cells = visibleCells(column);
  const listed = cells.filter(isListed);
  const { tactic } = column;
  const count = cells.filter(({ annotated }) => annotated).length;
  const lines = [
    `## ${escapeMarkdown(tactic.name)} (${escapeMarkdown(tactic.attackId ?? tactic.shortname)})`,
    '',
    `${count} of ${cells.length} techniques and sub-techniques annotated.`,
    '',
  ];
  if (listed.length === 0) return lines;
  return [
    ...lines,
    tableRow(['ID', 'Technique', 'Score', 'Aggregate', 'Comment, metadata, links']),
    tableRow(['---', '---', '---:', '---:', '---']),
    ...listed.map(techniqueLine),
    '',
  ];
}

function headLines(view: MatrixView): readonly string[] {
  const { layer } = view;
  const platforms = layer.filters.platforms?.map(cleanLine).join(', ') ?? 'all';
  const description = escapeMarkdown(layer.description);
  return [
    `# ${escapeMarkdown(layerTitle(view))}`,
    '',
    ...(description === '' ? [] : [description, '']),
    `- ${escapeMarkdown(domainTitle(view))}`,
    `- platforms: ${escapeMarkdown(platforms)}`,
    `- score range: ${formatScore(layer.gradient.minValue)} to ${formatScore(layer.gradient.maxValue)}`,
    ...layer.metadata.map((item) =>
      item.kind === 'divider'
        ? '- —'
        : `- ${escapeMarkdown(item.name)}: ${escapeMarkdown(item.value)}`,
    ),
    ...layer.links.map((link) => `- ${linkText(link)}`),
    '',
  ];
}

function undrawnLines({ undrawn }: MatrixView): readonly string[] {
  if (undrawn.length === 0) return [];
  return [
    '## Not in the matrix',
    '',
    tableRow(['ID', 'Tactic', 'Score', 'Comment, metadata, links', 'Why']),
    tableRow(['---', '---', '---:', '---', '---']),
    ...undrawn.map(({ entry, reason }) =>
      tableRow([
        escapeMarkdown(entry.techniqueId),
        escapeMarkdown(entry.tactic ?? ''),
        number(entry.score),
        wordsOf(entry),
        escapeMarkdown(reason),
      ]),
    ),
    '',
  ];
}

/**
 * A table of the annotated techniques per tactic, as the layer's filters leave them, for wikis and pull requests
 * (GitHub flavour). Nothing of the layer can become markup, HTML or an image; only http and https links are links.
 */
export const MARKDOWN_EXPORTER: Exporter = {
  format: 'markdown',
  mediaType: 'text/markdown; charset=utf-8',
  extension: '.md',
  render({ layer, knowledgeBase, options = {} }) {
    const view = buildMatrixView(layer, knowledgeBase, resolveRenderOptions(options));
    const lines = [...headLines(view), ...view.columns.flatMap(columnLines), ...undrawnLines(view)];
    return { content: `${lines.join('\n').trimEnd()}\n`, issues: view.issues };
  },
};
