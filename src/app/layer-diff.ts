import { diffLayers, type LayerDiff } from '../layers/index.js';
import { AppError, type Issue } from '../model/index.js';
import { alignLayers } from './layer-combine.js';
import { leftOutIssues, type OpenedLayers, openLayers } from './open-layers.js';

export interface LayerFileDiff extends LayerDiff {
  readonly attackVersion: string;
  readonly before: string;
  readonly after: string;
  /** Names of the techniques that are in the diff. */
  readonly techniqueNames: Readonly<Record<string, string>>;
  readonly issues: readonly Issue[];
}

export interface LayerDiffOptions {
  /** Default: the newest version of the two. */
  readonly attackVersion?: string | undefined;
  /** Default true. */
  readonly higherIsBetter?: boolean | undefined;
}

/**
 * Compares the first layers of two files; of different ATT&CK versions, the older is migrated to the newer first.
 *
 * @throws AppError `USAGE` when they are of two domains; `SOURCE_UNREADABLE`.
 */
export function diffLayerFiles(
  paths: readonly [string, string],
  options: LayerDiffOptions = {},
): LayerFileDiff {
  return diffOpenedLayers(openLayers(paths), paths, options);
}

/**
 * Compares the first layers of two sources that are open.
 *
 * @throws AppError `USAGE` when they are of two domains.
 */
export function diffOpenedLayers(
  opened: OpenedLayers,
  sources: readonly [string, string],
  options: LayerDiffOptions = {},
): LayerFileDiff {
  const { placed, attackVersion, issues } = alignLayers(opened, options.attackVersion);
  const [before, after] = sources.map((one) => placed.find(({ source }) => source === one));
  if (before === undefined || after === undefined) {
    throw new AppError('USAGE', `expected two layer files, found ${placed.length}`);
  }
  const { knowledgeBase } = after;
  const diff = diffLayers(before.layer, after.layer, {
    knowledgeBase,
    higherIsBetter: options.higherIsBetter,
  });
  const names = diff.changes.map(({ techniqueId }) => [
    techniqueId,
    knowledgeBase.byAttackId.get(techniqueId)?.name ?? '',
  ]);
  return {
    ...diff,
    attackVersion,
    before: before.layer.name,
    after: after.layer.name,
    techniqueNames: Object.fromEntries(names) as Record<string, string>,
    issues: [...issues, ...leftOutIssues(placed)],
  };
}
