import {
  compareVersions,
  DIFF_SECTIONS,
  type DiffSection,
  type DiffSide,
  type VersionDiff,
} from '../attack/lookup.js';
import { type DiffBlocksOptions, diffBlocks, SECTION_WORDS } from './diff-blocks.js';
import { safeText } from './safe-text.js';
import { outputWidth, styleText } from './style-text.js';
import { wrapLines } from './wrap-lines.js';

/** A comparison for people: counts, what is not known, then the lists. */
export function formatDiff(diff: VersionDiff, options: DiffBlocksOptions): string {
  const title = `ATT&CK ${domainName(diff)} ${sideName(diff.from)} → ${sideName(diff.to)}`;
  let out = `${styleText('bold', safeText(title))}\n\n${countTable(diff)}`;
  if (isUnchanged(diff)) return out;
  for (const note of notesOf(diff)) {
    out += styleText('yellow', wrapLines(safeText(note), outputWidth(), '  '));
  }
  for (const { title: heading, lines } of diffBlocks(diff, options)) {
    out += `\n${styleText('bold', safeText(heading))}\n`;
    for (const line of lines) out += hangingLine(safeText(line));
  }
  if (!options.all) out += styleText('dim', '\n--all lists everything, --json too\n');
  return out;
}

/** Whether nothing at all differs. */
function isUnchanged(diff: VersionDiff): boolean {
  return DIFF_SECTIONS.every((section) => diff[section].length === 0);
}

export function domainName({ domain }: VersionDiff): string {
  return domain.replace('-attack', '');
}

/** `18.1 (2025-11-13)`. */
export function sideName({ version, released }: DiffSide): string {
  return released === undefined ? version : `${version} (${released})`;
}

/** What of the comparison is not known, because a version borrows it from another. */
export function notesOf({ from, to }: VersionDiff): readonly string[] {
  const isBackwards = compareVersions(from.version, to.version) > 0;
  const backwards = isBackwards ? ['backwards: what going back to the older version means'] : [];
  const carried = [from, to]
    .filter(({ carriedOver }) => carriedOver.length > 0)
    .flatMap(({ version, carriedOver }) => [
      `part of ${version} is carried over, and there "unchanged" means "not known":`,
      ...carriedOver.map((note) => `- ${note}`),
    ]);
  return [...backwards, ...carried];
}

/** Kinds down, sections across; sections without any change are left out. */
export function countColumns(diff: VersionDiff): readonly DiffSection[] {
  return DIFF_SECTIONS.filter((section) => diff.counts.some((count) => count[section] > 0));
}

function countTable(diff: VersionDiff): string {
  const columns = countColumns(diff);
  if (columns.length === 0) return 'no change\n';
  const rows = [
    ['', ...columns.map((section) => SECTION_WORDS[section].column), 'unchanged'],
    ...diff.counts.map((count) => [
      count.kind,
      ...columns.map((section) => (count[section] === 0 ? '·' : String(count[section]))),
      String(count.unchanged),
    ]),
  ];
  const widths = (rows[0] ?? []).map((_, column) =>
    Math.max(...rows.map((row) => row[column]?.length ?? 0)),
  );
  return rows
    .map((row) =>
      row
        .map((cell, column) =>
          column === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[column] ?? 0),
        )
        .join('  '),
    )
    .map((line) => `  ${line.trimEnd()}\n`)
    .join('');
}

/** A line of a list, wrapped under its beginning; leading blanks say that it belongs to the line before. */
function hangingLine(line: string): string {
  const indent = line.length - line.trimStart().length;
  const [first = '', ...rest] = wrapLines(line.trim(), outputWidth() - indent - 4, '').split('\n');
  const wrapped = rest
    .filter((part) => part !== '')
    .map((part) => `${' '.repeat(indent + 6)}${part}\n`);
  return `${' '.repeat(indent + 2)}${first}\n${wrapped.join('')}`;
}
