import type { VersionDiff } from '../attack/lookup.js';
import { type DiffBlocksOptions, diffBlocks, SECTION_WORDS } from './diff-blocks.js';
import { countColumns, domainName, notesOf, sideName } from './format-diff.js';
import { safeText } from './safe-text.js';

/** A comparison as Markdown: a table of counts, what is not known, a list a section. */
export function formatDiffMarkdown(diff: VersionDiff, options: DiffBlocksOptions): string {
  const title = `ATT&CK ${domainName(diff)} ${sideName(diff.from)} → ${sideName(diff.to)}`;
  const notes = notesOf(diff).map(quoteLine);
  const blocks = diffBlocks(diff, options).map(
    (block) => `\n## ${escapeMarkdown(block.title)}\n\n${block.lines.map(listItem).join('')}`,
  );
  const quote = notes.length === 0 ? '' : `\n${notes.join('')}`;
  return `# ${escapeMarkdown(title)}\n\n${countTable(diff)}${quote}${blocks.join('')}`;
}

/** A heading of the notes is parted from the list below it by an empty line. */
function quoteLine(note: string): string {
  return note.startsWith('- ')
    ? `> - ${escapeMarkdown(note.slice(2))}\n`
    : `> ${escapeMarkdown(note)}\n>\n`;
}

function countTable(diff: VersionDiff): string {
  const columns = countColumns(diff);
  if (columns.length === 0) return 'No change.\n';
  const rows = diff.counts.map((count) => [
    count.kind,
    ...columns.map((section) => String(count[section])),
    String(count.unchanged),
  ]);
  const head = ['kind', ...columns.map((section) => SECTION_WORDS[section].column), 'unchanged'];
  const rule = head.map((_, column) => (column === 0 ? '---' : '--:'));
  return [head, rule, ...rows].map((row) => `| ${row.join(' | ')} |\n`).join('');
}

function listItem(line: string): string {
  const depth = line.startsWith(' ') ? '  ' : '';
  return `${depth}- ${escapeMarkdown(line.trim())}\n`;
}

// Names come from a bundle, which may be anybody's: nothing of them may become markup or a link.
function escapeMarkdown(text: string): string {
  return safeText(text)
    .replace(/&(?=[#a-z0-9]+;)/gi, '&amp;')
    .replace(/</g, '&lt;')
    .replace(/>/g, '&gt;')
    .replace(/[\\`*_[\]|~#!]/g, (character) => `\\${character}`);
}
