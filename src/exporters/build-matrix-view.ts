import type { KnowledgeBase, Tactic, Technique } from '../attack/lookup.js';
import {
  type Annotations,
  aggregateScore,
  bandOf,
  cellColor,
  indexAnnotations,
  isAnnotated,
  type Layer,
  sortTechniques,
  textColorOn,
  visibilityOf,
} from '../layers/index.js';
import { AppError, type Issue } from '../model/index.js';
import type { HexColor } from './drawing/scene.js';
import { THEMES } from './drawing/theme.js';
import type { MatrixCell, MatrixColumn, MatrixView, UndrawnEntry } from './matrix-view.js';
import type { RenderOptions } from './render-options.js';
import { undrawnEntries } from './undrawn-entries.js';

interface Context {
  readonly layer: Layer;
  readonly layout: Layer['layout'];
  readonly options: RenderOptions;
  readonly annotations: Annotations;
  readonly page: HexColor;
}

const MAX_ISSUES = 100;

/** Techniques of a tactic with the sub-techniques that stand under them; a sub-technique alone stands for itself. */
function groupsOf(
  tactic: Tactic,
  techniques: readonly Technique[],
): ReadonlyMap<Technique, readonly Technique[]> {
  const inTactic = techniques.filter(
    ({ tactics, domains }) =>
      tactics.includes(tactic.shortname) &&
      domains.some((domain) => tactic.domains.includes(domain)),
  );
  const parents = new Map<string, Technique>();
  for (const technique of inTactic) {
    if (!technique.isSubtechnique) parents.set(technique.attackId, technique);
  }
  const groups = new Map<Technique, Technique[]>();
  for (const technique of inTactic) {
    const parent = technique.isSubtechnique ? parents.get(technique.parentId ?? '') : undefined;
    const head = parent ?? technique;
    const group = groups.get(head) ?? [];
    if (head !== technique) group.push(technique);
    groups.set(head, group);
  }
  return groups;
}

/** A cell without colour; `paint` gives it one once its score is known. */
function plainCell(technique: Technique, tactic: Tactic, { annotations }: Context): MatrixCell {
  const entry = annotations.at(technique.attackId, tactic.shortname);
  return {
    kind: 'matrix-cell',
    technique,
    tactic: tactic.shortname,
    entry,
    score: entry?.score,
    aggregateScore: undefined,
    shownScore: entry?.score,
    color: undefined,
    textColor: undefined,
    band: undefined,
    enabled: entry?.enabled ?? true,
    annotated: entry !== undefined && isAnnotated(entry),
    matches: true,
    visible: true,
    expanded: false,
    subtechniques: [],
  };
}

/** Gives a cell the colour of its entry, or else of its score. A disabled technique has none. */
function paint(cell: MatrixCell, { layer, page, options }: Context): MatrixCell {
  if (!cell.enabled) return cell;
  const { gradient } = layer;
  const said = cell.entry ?? { color: '', score: undefined };
  const color = cellColor(said, gradient, { score: cell.shownScore, page });
  if (color === undefined) return cell;
  const score = said.color === '' ? cell.shownScore : undefined;
  return {
    ...cell,
    color: color as HexColor,
    textColor: textColorOn(color),
    band: score === undefined ? undefined : bandOf(gradient, score, options.bands) + 1,
  };
}

function sorted(cells: readonly MatrixCell[], layer: Layer): readonly MatrixCell[] {
  const named = cells.map((cell) => ({ name: cell.technique.name, cell }));
  const byLayer = sortTechniques(named, layer.sorting, ({ cell }) => cell.shownScore);
  return byLayer.map(({ cell }) => cell);
}

function isExpanded(cell: MatrixCell, { options, layout }: Context): boolean {
  const choice =
    options.subtechniques === 'expanded' ? layout.expandedSubtechniques : options.subtechniques;
  if (choice === 'all') return true;
  if (options.subtechniques === 'expanded' && cell.entry?.showSubtechniques === true) return true;
  return choice === 'annotated' && cell.subtechniques.some(({ annotated }) => annotated);
}

interface Group {
  readonly technique: Technique;
  readonly subtechniques: readonly Technique[];
}

function groupCell(group: Group, tactic: Tactic, context: Context): MatrixCell {
  const { layer, layout } = context;
  const plain = plainCell(group.technique, tactic, context);
  const subs = group.subtechniques.map((sub) => plainCell(sub, tactic, context));
  const asked = (cell: MatrixCell) => ({
    platforms: cell.technique.platforms,
    enabled: cell.enabled,
  });
  const visibility = visibilityOf(layer, asked(plain), subs.map(asked));
  const subtechniques = subs.map((sub, index) => {
    const visible = visibility.subtechniques[index] ?? true;
    return paint({ ...sub, matches: visible, visible }, context);
  });
  const scores = { parent: plain.score, subtechniques: subs.map(({ score }) => score) };
  const aggregate = subs.length === 0 ? undefined : aggregateScore(scores, layout);
  const cell = paint(
    {
      ...plain,
      aggregateScore: aggregate,
      shownScore: layout.showAggregateScores ? (aggregate ?? plain.score) : plain.score,
      matches: visibility.matches,
      visible: visibility.technique,
      subtechniques: sorted(subtechniques, layer),
    },
    context,
  );
  return { ...cell, expanded: isExpanded(cell, context) };
}

function undrawnIssues(undrawn: readonly UndrawnEntry[], layer: Layer): readonly Issue[] {
  const issues = undrawn.slice(0, MAX_ISSUES).map(({ entry, reason }): Issue => {
    const path = `techniques[${layer.techniques.indexOf(entry)}]`;
    const message = `${entry.techniqueId.slice(0, 40)} is not drawn: ${reason}`;
    return { kind: 'issue', code: 'ENTRY_NOT_DRAWN', message, at: { path } };
  });
  const rest = undrawn.length - issues.length;
  if (rest === 0) return issues;
  const message = `${rest} more entries of the layer are not drawn`;
  return [...issues, { kind: 'issue', code: 'ENTRY_NOT_DRAWN', message }];
}

/**
 * Lays a layer over a version of ATT&CK. Every technique of every tactic has its cell, also those that the layer's
 * filters hide; every entry of the layer is in a cell or in `undrawn`.
 *
 * @throws AppError USAGE when the layer is of a domain that the knowledge base does not hold.
 */
export function buildMatrixView(
  layer: Layer,
  knowledgeBase: KnowledgeBase,
  options: RenderOptions,
): MatrixView {
  if (!knowledgeBase.domains.includes(layer.domain)) {
    throw new AppError(
      'USAGE',
      `the layer is of ${layer.domain}, the knowledge base of ${knowledgeBase.domains.join(', ')}`,
    );
  }
  const layout = { ...layer.layout, layout: options.layout ?? layer.layout.layout };
  const page = THEMES[options.theme].page;
  const context: Context = { layer, layout, options, annotations: indexAnnotations(layer), page };
  const techniques = knowledgeBase.ofKind('technique');
  const columns = knowledgeBase.tactics.map((tactic): MatrixColumn => {
    const cells = [...groupsOf(tactic, techniques)].map(([technique, subtechniques]) =>
      groupCell({ technique, subtechniques }, tactic, context),
    );
    return { tactic, cells: sorted(cells, layer) };
  });
  const undrawn = undrawnEntries(layer, knowledgeBase, columns);
  const issues = undrawnIssues(undrawn, layer);
  return { kind: 'matrix-view', layer, knowledgeBase, layout, columns, undrawn, issues };
}
