import type { CellObject, Row, SheetData } from 'write-excel-file/universal';
import { textColorOn } from '../../layers/index.js';
import type { Issue } from '../../model/index.js';
import { domainTitle, layerTitle, undrawnText } from '../describe-view.js';
import { overflowIssue } from '../drawing/render-overflow.js';
import { THEMES } from '../drawing/theme.js';
import type { MatrixView } from '../matrix-view.js';
import { opaqueColor } from '../opaque-color.js';
import { type TechniqueRow, techniqueRows } from '../technique-rows.js';
import { xlsxRowHeight } from './xlsx-row-height.js';
import { xlsxText } from './xlsx-text.js';

type Value = string | number | boolean | undefined;

/** Rows of a sheet, widths of its columns in characters, and what had to be cut. */
export interface TableSheet {
  readonly data: SheetData;
  readonly columns: { width: number }[];
  readonly issues: readonly Issue[];
}

interface TableColumn {
  readonly name: string;
  readonly width: number;
  readonly read: (row: TechniqueRow) => Value;
}

const TECHNIQUE_COLUMNS: readonly TableColumn[] = [
  { name: 'technique id', width: 13, read: (row) => row.techniqueId },
  { name: 'technique', width: 34, read: (row) => row.name },
  { name: 'parent id', width: 10, read: (row) => row.parentId },
  { name: 'tactic', width: 21, read: (row) => row.tactic },
  { name: 'score', width: 9, read: (row) => row.score },
  { name: 'aggregate score', width: 15, read: (row) => row.aggregateScore },
  { name: 'color', width: 10, read: (row) => row.color },
  { name: 'enabled', width: 9, read: (row) => row.enabled },
  { name: 'visible', width: 9, read: (row) => row.visible },
  { name: 'comment', width: 50, read: (row) => row.comment },
  { name: 'evidence', width: 40, read: (row) => row.evidence },
  { name: 'links', width: 40, read: (row) => row.links },
  { name: 'metadata', width: 40, read: (row) => row.metadata },
  { name: 'platforms', width: 30, read: (row) => row.platforms },
  { name: 'note', width: 26, read: (row) => row.note },
];

const HEAD = { fontWeight: 'bold', backgroundColor: THEMES.light.head } as const;

function headRow(names: readonly string[]): Row {
  return names.map((value): CellObject => ({ value, type: String, ...HEAD }));
}

/** A cell of a table; text that is too long is cut and reported. */
function tableCell(value: Value, where: string, issues: Issue[]): CellObject | null {
  if (value === undefined) return null;
  if (typeof value === 'number') return { value, type: Number, alignVertical: 'top' };
  if (typeof value === 'boolean') {
    return { value: value ? 'yes' : 'no', type: String, alignVertical: 'top' };
  }
  const { text, cut } = xlsxText(value);
  if (cut)
    issues.push(overflowIssue(`${where}: the text is longer than a cell can hold; it is cut`));
  if (text === undefined) return null;
  return { value: text, type: String, wrap: true, alignVertical: 'top' };
}

function colorCell(cell: CellObject | null, color: string): CellObject | null {
  const fill = opaqueColor(color, THEMES.light.page);
  if (cell === null || fill === undefined) return cell;
  return { ...cell, backgroundColor: fill, textColor: textColorOn(fill) };
}

/**
 * Every technique of every tactic with all that the layer says of it; entries without a cell come last.
 *
 * @param named several layers in one table: each with its name in the first column.
 */
export function xlsxTechniquesSheet(
  named: readonly { name: string; view: MatrixView }[],
): TableSheet {
  const issues: Issue[] = [];
  const isMany = named.length > 1;
  const names = TECHNIQUE_COLUMNS.map(({ name }) => name);
  const data: Row[] = [headRow(isMany ? ['layer', ...names] : names)];
  for (const { name, view } of named) {
    for (const row of techniqueRows(view)) {
      const cells = TECHNIQUE_COLUMNS.map((column) => {
        const where = `${column.name} of ${row.techniqueId.slice(0, 40)}`;
        const cell = tableCell(column.read(row), where, issues);
        return column.name === 'score' || column.name === 'color'
          ? colorCell(cell, row.color)
          : cell;
      });
      const height = heightOf(cells);
      const first = isMany ? [tableCell(name, 'layer', issues)] : [];
      data.push([...first, ...cells].map((cell) => (cell === null ? null : { ...cell, height })));
    }
  }
  const widths = TECHNIQUE_COLUMNS.map(({ width }) => ({ width }));
  return { data, columns: isMany ? [{ width: 24 }, ...widths] : widths, issues };
}

function heightOf(cells: readonly (CellObject | null)[]): number {
  return xlsxRowHeight(
    TECHNIQUE_COLUMNS.map(({ width }, index) => ({
      text: String(cells[index]?.value ?? ''),
      width,
    })),
  );
}

function facts(view: MatrixView): readonly (readonly [string, string])[] {
  const { layer, undrawn } = view;
  const { gradient } = layer;
  return [
    ['name', layerTitle(view)],
    ['description', layer.description],
    ['matrix', domainTitle(view)],
    ['ATT&CK version of the layer', layer.versions.attack ?? ''],
    ['platforms', layer.filters.platforms?.join(', ') ?? 'all'],
    ['disabled techniques', layer.hideDisabled ? 'hidden' : 'shown'],
    ['aggregate', layer.layout.aggregateFunction],
    ['score range', `${gradient.minValue} to ${gradient.maxValue}`],
    ['gradient', gradient.colors.join(', ')],
    ...layer.metadata.map((item): readonly [string, string] =>
      item.kind === 'divider' ? ['metadata', '—'] : [`metadata: ${item.name}`, item.value],
    ),
    ...layer.links.map((item): readonly [string, string] =>
      item.kind === 'divider' ? ['link', '—'] : [`link: ${item.label}`, item.url],
    ),
    ...undrawn.map((entry): readonly [string, string] => ['not in the matrix', undrawnText(entry)]),
  ];
}

/** What the layers say of themselves: names, versions, filters, gradient, legend, metadata, links. */
export function xlsxLayerSheet(views: readonly MatrixView[]): TableSheet {
  const issues: Issue[] = [];
  const data: Row[] = [];
  for (const view of views) {
    if (data.length > 0) data.push([]);
    for (const [name, value] of facts(view)) {
      const cell = tableCell(name, 'layer', issues);
      data.push([
        cell === null ? null : { ...cell, fontWeight: 'bold' },
        tableCell(value, name, issues),
      ]);
    }
    for (const { label, color } of view.layer.legendItems) {
      const cell = tableCell(label, 'legend', issues) ?? tableCell(color, 'legend', issues);
      data.push([{ value: 'legend', type: String, fontWeight: 'bold' }, colorCell(cell, color)]);
    }
  }
  return { data, columns: [{ width: 30 }, { width: 90 }], issues };
}
