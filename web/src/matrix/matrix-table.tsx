import { type ReactNode, useMemo, useState } from 'react';
import type { MatrixView } from '../../../src/exporters/index.js';
import type { MatrixCell as EvidenceCell } from '../../../src/server/api-types.js';
import type { LayerTab } from '../layers/layer-tab.js';
import { evidencePhrase, shownScore } from './cell-look.js';
import { commitSelection } from './commit-selection.js';
import type { GridCell, GridModel } from './grid-model.js';
import { openTechnique } from './side-state.js';

interface MatrixTableProps {
  readonly tab: LayerTab;
  readonly view: MatrixView;
  readonly model: GridModel;
  readonly evidenceOf: ReadonlyMap<string, EvidenceCell>;
}

const COLUMNS = [
  'ID',
  'Technique',
  'Tactic',
  'Score',
  'Aggregate',
  'Evidence',
  'Platforms',
  'Comment',
] as const;
type Column = (typeof COLUMNS)[number];

interface Sorting {
  readonly column: Column;
  readonly down: boolean;
}

/** Below every score, also a negative one. */
const UNSCORED = Number.NEGATIVE_INFINITY;

function sortValue(
  { cell, parent }: GridCell,
  column: Column,
  evidence: EvidenceCell | undefined,
): string | number {
  const { technique, entry, score, tactic } = cell;
  switch (column) {
    case 'ID':
      return technique.attackId;
    case 'Technique':
      return parent === undefined ? technique.name : `${parent.technique.name}: ${technique.name}`;
    case 'Tactic':
      return tactic;
    case 'Score':
      return score ?? UNSCORED;
    case 'Aggregate':
      return cell.aggregateScore ?? UNSCORED;
    case 'Evidence':
      return evidence?.counts.observed ?? UNSCORED;
    case 'Platforms':
      return technique.platforms.join(', ');
    case 'Comment':
      return entry?.comment ?? '';
  }
}

function compare(a: string | number, b: string | number): number {
  if (typeof a === 'number' && typeof b === 'number') return a === b ? 0 : a < b ? -1 : 1;
  return String(a).localeCompare(String(b), 'en', { numeric: true });
}

/** The cells of the matrix as a table that sorts by each of its columns: the same data, line by line. */
export function MatrixTable({ tab, view, model, evidenceOf }: MatrixTableProps): ReactNode {
  const [sorting, setSorting] = useState<Sorting>({ column: 'Score', down: true });
  const showsAggregates = view.layout.showAggregateScores;
  const columns = COLUMNS.filter((column) => column !== 'Aggregate' || showsAggregates);
  const tacticNames = useMemo(
    () => new Map(view.columns.map(({ tactic }) => [tactic.shortname, tactic.name])),
    [view],
  );
  const rows = useMemo(() => {
    const keyed = [...model.byKey.values()].map((row) => ({
      row,
      value: sortValue(row, sorting.column, evidenceOf.get(row.cell.technique.attackId)),
    }));
    const sign = sorting.down ? -1 : 1;
    return keyed.sort((a, b) => sign * compare(a.value, b.value)).map(({ row }) => row);
  }, [model, sorting, evidenceOf]);

  return (
    <div className="matrix-scroll">
      <table className="plain matrix-table">
        <caption className="visually-hidden">
          {view.layer.name}: {rows.length} techniques
        </caption>
        <thead>
          <tr>
            <th scope="col">
              <span className="visually-hidden">Selected</span>
            </th>
            {columns.map((column) => (
              <th
                key={column}
                scope="col"
                className={column === 'Score' || column === 'Aggregate' ? 'number' : undefined}
                aria-sort={
                  sorting.column === column ? (sorting.down ? 'descending' : 'ascending') : 'none'
                }
              >
                <button
                  type="button"
                  className="sort"
                  onClick={() =>
                    setSorting({ column, down: sorting.column === column && !sorting.down })
                  }
                >
                  {column}
                  <span aria-hidden="true">
                    {sorting.column === column ? (sorting.down ? ' ▼' : ' ▲') : ''}
                  </span>
                </button>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <TableRow
              key={row.key}
              row={row}
              tactic={tacticNames.get(row.cell.tactic) ?? row.cell.tactic}
              evidence={evidenceOf.get(row.cell.technique.attackId)}
              isSelected={tab.selection.has(row.key)}
              showsAggregate={showsAggregates}
              onSelect={() => commitSelection(view, new Set([row.key]), 'toggle')}
            />
          ))}
        </tbody>
      </table>
    </div>
  );
}

function TableRow({
  row: { cell, parent },
  tactic,
  evidence,
  isSelected,
  showsAggregate,
  onSelect,
}: {
  readonly row: GridCell;
  readonly tactic: string;
  readonly evidence: EvidenceCell | undefined;
  readonly isSelected: boolean;
  readonly showsAggregate: boolean;
  readonly onSelect: () => void;
}): ReactNode {
  const { attackId, name, platforms } = cell.technique;
  return (
    <tr>
      <td>
        <input
          type="checkbox"
          aria-label={`Select ${attackId} in ${tactic}`}
          checked={isSelected}
          onChange={onSelect}
        />
      </td>
      <td>
        <button type="button" className="link mono" onClick={() => openTechnique(attackId)}>
          {attackId}
        </button>
      </td>
      <td>
        {parent === undefined ? '' : <span className="muted">{parent.technique.name}: </span>}
        {name}
      </td>
      <td>{tactic}</td>
      <td className="number">
        {cell.color === undefined || cell.score === undefined ? null : (
          <span className="swatch" style={{ background: cell.color }} aria-hidden="true" />
        )}{' '}
        {cell.enabled ? shownScore(cell.score) : 'disabled'}
      </td>
      {showsAggregate ? <td className="number">{shownScore(cell.aggregateScore)}</td> : null}
      <td>{evidencePhrase(evidence)}</td>
      <td className="muted">{platforms.join(', ')}</td>
      <td>{cell.entry?.comment ?? ''}</td>
    </tr>
  );
}
