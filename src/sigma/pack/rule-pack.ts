import type { Issue } from '../../model/index.js';
import type { RuleSetImage } from '../engine/rule-set-image.js';
import type { SigmaCorrelation, SigmaRule } from '../sigma-rule.js';

/** Rules read, checked and compiled, as a file keeps them. */
export interface RulePack {
  /** In the order in which `image` numbers them. */
  readonly rules: readonly SigmaRule[];
  readonly correlations: readonly SigmaCorrelation[];
  /** What was found when the rules were read: a run from the pack reports the same. */
  readonly issues: readonly Issue[];
  /** Documents that cannot be used. */
  readonly refused: number;
  readonly image: RuleSetImage;
  /** The pack that it was read from, when it was; another thread can read it again. */
  readonly bytes?: Uint8Array | undefined;
}
