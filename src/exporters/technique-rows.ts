import type { LayerLink, LayerMetadata, LayerTechnique } from '../layers/index.js';
import { cleanText } from './clean-text.js';
import type { MatrixCell, MatrixColumn, MatrixView } from './matrix-view.js';

/** A technique under a tactic as a row of a table. Text is clean, otherwise as the layer has it. */
export interface TechniqueRow {
  readonly techniqueId: string;
  /** Empty when ATT&CK does not know the id. */
  readonly name: string;
  readonly parentId: string;
  readonly tacticId: string;
  /** Name of the tactic; the shortname where it is not one of this version. */
  readonly tactic: string;
  readonly platforms: string;
  readonly score: number | undefined;
  readonly aggregateScore: number | undefined;
  /** `#rrggbb` as drawn on white; empty = none. */
  readonly color: string;
  readonly enabled: boolean;
  /** False = the layer's filters hide it, or it has no cell. */
  readonly visible: boolean;
  readonly annotated: boolean;
  readonly comment: string;
  /** One link a line: `label: url`. */
  readonly links: string;
  /** One pair a line: `name: value`; without evidence. */
  readonly metadata: string;
  /** Values of the metadata named `evidence`, one a line. */
  readonly evidence: string;
  /** Why the entry has no cell; empty when it has one. */
  readonly note: string;
}

type SaidColumns = Pick<TechniqueRow, 'comment' | 'links' | 'metadata' | 'evidence'>;

const NOTHING_SAID: SaidColumns = { comment: '', links: '', metadata: '', evidence: '' };

const isEvidence = (item: LayerMetadata): boolean =>
  item.kind === 'metadata' && item.name.trim().toLowerCase() === 'evidence';

function metadataLine(item: LayerMetadata): string {
  return item.kind === 'divider' ? '—' : `${item.name}: ${item.value}`;
}

function linkLine(item: LayerLink): string {
  return item.kind === 'divider' ? '—' : `${item.label}: ${item.url}`;
}

function saidColumns(entry: LayerTechnique | undefined): SaidColumns {
  if (entry === undefined) return NOTHING_SAID;
  const { metadata } = entry;
  const evidence = metadata.filter(isEvidence);
  return {
    comment: cleanText(entry.comment),
    links: cleanText(entry.links.map(linkLine).join('\n')),
    metadata: cleanText(
      metadata
        .filter((item) => !isEvidence(item))
        .map(metadataLine)
        .join('\n'),
    ),
    evidence: cleanText(
      evidence.map((item) => (item.kind === 'metadata' ? item.value : '')).join('\n'),
    ),
  };
}

function cellRow(cell: MatrixCell, { tactic }: MatrixColumn): TechniqueRow {
  const { technique } = cell;
  return {
    techniqueId: technique.attackId,
    name: cleanText(technique.name),
    parentId: technique.parentId ?? '',
    tacticId: tactic.attackId ?? '',
    tactic: cleanText(tactic.name),
    platforms: cleanText(technique.platforms.join(', ')),
    score: cell.score,
    aggregateScore: cell.aggregateScore,
    color: cell.color ?? '',
    enabled: cell.enabled,
    visible: cell.visible,
    annotated: cell.annotated,
    ...saidColumns(cell.entry),
    note: '',
  };
}

function undrawnRows({ undrawn, knowledgeBase }: MatrixView): readonly TechniqueRow[] {
  return undrawn.map(({ entry, reason }) => {
    const object = knowledgeBase.byAttackId.get(entry.techniqueId);
    const isKnown = object?.kind === 'technique';
    return {
      techniqueId: cleanText(entry.techniqueId),
      name: isKnown ? cleanText(object.name) : '',
      parentId: isKnown ? (object.parentId ?? '') : '',
      tacticId: '',
      tactic: cleanText(entry.tactic ?? ''),
      platforms: isKnown ? cleanText(object.platforms.join(', ')) : '',
      score: entry.score,
      aggregateScore: undefined,
      color: cleanText(entry.color),
      enabled: entry.enabled,
      visible: false,
      annotated: true,
      ...saidColumns(entry),
      note: reason,
    };
  });
}

/** The rows of a column, each technique before its sub-techniques, also what the filters hide. */
function columnRows(column: MatrixColumn): readonly TechniqueRow[] {
  return column.cells.flatMap((cell) =>
    [cell, ...cell.subtechniques].map((each) => cellRow(each, column)),
  );
}

/** Every technique of every tactic as a row, then the entries of the layer that have no cell. */
export function techniqueRows(view: MatrixView): readonly TechniqueRow[] {
  return [...view.columns.flatMap(columnRows), ...undrawnRows(view)];
}
