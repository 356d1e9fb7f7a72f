import type { AccountChange } from './account-change.js';

// RIDs from 1,000 on are given by domain controllers and by single hosts alike, so that a SID does not tell which;
// without better knowledge a Windows account is a local one only when its group is.
/** T1136's sub-technique of an account. */
export function createdTechnique({ scope, group }: AccountChange): string {
  if (scope === 'cloud') return 'T1136.003';
  return scope === 'windows' && /^S-1-5-21-/.test(group) ? 'T1136.002' : 'T1136.001';
}
