import type { KnowledgeBase } from '../attack/lookup.js';
import { AppError, type Issue } from '../model/index.js';
import { isAnnotated } from './annotations.js';
import { safeGradient } from './color-scales.js';
import { type Inheritance, inheritedFields } from './inherit-fields.js';
import type { Layer, LayerGradient, LayerTechnique } from './layer.js';
import { type LayerCell, layerCells } from './layer-cells.js';
import { DEFAULT_GRADIENT, emptyLayer, NO_UNKNOWN } from './layer-defaults.js';
import { NAVIGATOR_GRADIENTS } from './score-color.js';
import type { ScoreExpression } from './score-expression.js';

export interface CombineOptions {
  /** Named a, b, c … in the expression, in their order; of one domain and one ATT&CK version. */
  readonly layers: readonly Layer[];
  /** undefined = the result has no scores, only what it inherits. */
  readonly expression?: ScoreExpression | undefined;
  readonly name: string;
  readonly description?: string | undefined;
  readonly inherit?: Inheritance | undefined;
  /** Divides entries that stand for all tactics where another layer divides them. */
  readonly knowledgeBase?: KnowledgeBase | undefined;
}

const LETTERS = 'abcdefghijklmnopqrstuvwxyz';

/** Name of a layer in score expressions by its place, from 0: a … z, then a2 … z2, a3 … */
export function layerVariable(index: number): string {
  const round = Math.floor(index / LETTERS.length);
  const letter = LETTERS.charAt(index % LETTERS.length);
  return round === 0 ? letter : `${letter}${round + 1}`;
}

/** Place of a layer by its name in score expressions; undefined when the name is of no layer's form. */
function layerIndex(name: string): number | undefined {
  const match = /^([a-z])([2-9]|[1-9]\d{1,5})?$/.exec(name);
  if (match === null) return undefined;
  const round = match[2] === undefined ? 0 : Number(match[2]) - 1;
  return round * LETTERS.length + LETTERS.indexOf(match[1] ?? '');
}

function checkVariables(expression: ScoreExpression, count: number): void {
  for (const name of expression.variables) {
    const index = layerIndex(name);
    if (index === undefined || index >= count) {
      const names = count === 1 ? 'a' : `a to ${layerVariable(count - 1)}`;
      throw new AppError(
        'USAGE',
        `expected layers ${names} in the expression, found "${name.slice(0, 40)}"`,
      );
    }
  }
}

const majorVersion = (layer: Layer): string | undefined =>
  /\d+/.exec(layer.versions.attack ?? '')?.[0];

function checkSame(what: string, values: readonly (string | undefined)[]): void {
  const named = [...new Set(values.filter((value) => value !== undefined))];
  if (named.length < 2) return;
  const hint = what === 'ATT&CK version' ? '; migrate them to one version first' : '';
  throw new AppError(
    'USAGE',
    `expected layers of one ${what}, found ${named.join(' and ')}${hint}`,
  );
}

const isScored = (cell: LayerCell): boolean =>
  cell.entries.some((entry) => entry?.score !== undefined);

/** Score of a cell. Where no layer scored it, it has none, whatever the expression says. */
function cellScore(cell: LayerCell, expression: ScoreExpression): number | undefined {
  const scores = cell.entries.map((entry) => entry?.score);
  if (expression.variables.length > 0 && !isScored(cell)) return undefined;
  return expression.evaluate((name) => scores[layerIndex(name) ?? -1]);
}

/** The cells of the layers. A constant expression scores every technique of ATT&CK, named in a layer or not. */
function combinedCells({
  layers,
  expression,
  knowledgeBase,
}: CombineOptions): readonly LayerCell[] {
  const cells = layerCells(layers, knowledgeBase);
  if (expression === undefined || expression.variables.length > 0) return cells;
  const named = new Set(cells.map((cell) => cell.techniqueId));
  const others =
    knowledgeBase?.ofKind('technique').filter(({ attackId }) => !named.has(attackId)) ?? [];
  return [
    ...cells,
    ...others.map(({ attackId }) => ({ techniqueId: attackId, tactic: undefined, entries: [] })),
  ];
}

/**
 * Gradient for the results of an expression.
 *
 * From the lowest to the highest score; a range of 0 to 1 (the results of comparisons) gets Navigator's transparentblue. Where all
 * are alike there is no range: 0 to 100, widened to hold the score.
 */
function resultGradient(scores: readonly number[]): LayerGradient {
  let [least, most] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const score of scores) {
    least = Math.min(least, score);
    most = Math.max(most, score);
  }
  if (least > most) return DEFAULT_GRADIENT;
  if (least === most) return safeGradient(Math.min(0, least), Math.max(100, most));
  if (least === 0 && most === 1) {
    const colors = NAVIGATOR_GRADIENTS.transparentblue;
    return { colors, minValue: 0, maxValue: 1, unknown: NO_UNKNOWN };
  }
  return safeGradient(least, most);
}

/**
 * Makes one layer of several: scores by an expression, everything else inherited from the layers that are chosen.
 *
 * @returns the layer, and Issues about what a reader of the result should know.
 * @throws AppError USAGE when the layers are of several domains or ATT&CK versions (by their labels; migrate first), the expression
 * names a layer that is not there, or `inherit` does.
 */
export function combineLayers(options: CombineOptions): {
  readonly layer: Layer;
  readonly issues: readonly Issue[];
} {
  const { layers, expression, inherit = {} } = options;
  const [first] = layers;
  if (first === undefined) throw new AppError('USAGE', 'expected layers to combine, found none');
  checkSame(
    'domain',
    layers.map((layer) => layer.domain),
  );
  checkSame('ATT&CK version', layers.map(majorVersion));
  if (expression !== undefined) checkVariables(expression, layers.length);
  const fields = inheritedFields(layers, inherit);

  const techniques: LayerTechnique[] = [];
  const scores: number[] = [];
  let withoutResult = 0;
  for (const cell of combinedCells(options)) {
    const score = expression === undefined ? undefined : cellScore(cell, expression);
    if (score !== undefined) scores.push(score);
    else if (expression !== undefined && isScored(cell)) withoutResult += 1;
    const technique = { ...fields.ofCell(cell), score };
    if (isAnnotated(technique)) techniques.push(technique);
  }

  const attackVersion = layers.find((layer) => layer.versions.attack !== undefined)?.versions
    .attack;
  const empty = emptyLayer({ name: options.name, domain: first.domain, attackVersion });
  const layer: Layer = {
    ...empty,
    description: options.description ?? '',
    gradient: resultGradient(scores),
    ...fields.ofLayer,
    techniques,
  };
  return { layer, issues: withoutResult === 0 ? [] : [unscoredIssue(withoutResult)] };
}

function unscoredIssue(count: number): Issue {
  const message = `the expression gives no number for ${count} scored cells (a layer is unscored there, or it divides by 0); they are unscored`;
  return { kind: 'issue', code: 'LAYER_EXPRESSION', message };
}
