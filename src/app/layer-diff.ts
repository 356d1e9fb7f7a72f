import { diffLayers, type LayerDiff } from '../layers/index.js';
import { AppError, type Issue } from '../model/index.js';
import { alignLayers } from './layer-combine.js';
import { leftOutIssues } from './open-layers.js';

export interface LayerFileDiff extends LayerDiff {
  readonly attackVersion: string;
  readonly before: string;
  readonly after: string;
  /** Names of the techniques that are in the diff. */
  readonly techniqueNames: Readonly<Record<string, string>>;
  readonly issues: readonly Issue[];
}

/**
 * Compares the first layers of two files; of different ATT&CK versions, the older is migrated to the newer first.
 *
 * @throws AppError `USAGE` when they are of two domains; `SOURCE_UNREADABLE`.
 */
export function diffLayerFiles(
  paths: readonly [string, string],
  options: {
    readonly attackVersion?: string | undefined;
    readonly higherIsBetter?: boolean | undefined;
  } = {},
): LayerFileDiff {
  const { placed, attackVersion, issues } = alignLayers(paths, options.attackVersion);
  const [before, after] = paths.map((path) => placed.find(({ source }) => source === path));
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
