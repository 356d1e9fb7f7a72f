import type { Behavior, Detector } from '../behavior.js';
import { HOUR_MS, NONE } from '../burst-behavior.js';
import { createSequence } from '../sequence.js';
import { ACCOUNT_EVENTS, ACCOUNT_FIELDS, readAccountChange } from './account-change.js';
import { createdTechnique } from './created-technique.js';

/** A new account that is an administrator at once. */
export const privilegedAccount: Behavior = {
  name: 'privileged-account',
  title: 'New account made an administrator',
  techniqueIds: ['T1098.003', 'T1098.007', 'T1136.001', 'T1136.002', 'T1136.003'],
  level: 'high',
  watches:
    'The creation of an account, then its addition to a group or policy of administrators (by well-known SID or name).',
  thresholds:
    'Within 1 hour of the creation: people get an account first and rights when somebody approved them.',
  falsePositives: 'Setting up a new administrator or a new server.',
  events: ACCOUNT_EVENTS,
  start: startPrivilegedAccount,
};

function startPrivilegedAccount(): Detector {
  const steps = ['created', 'member-added'];
  const rises = createSequence({
    steps,
    windowMs: HOUR_MS,
    isOrdered: true,
    fields: ACCOUNT_FIELDS,
  });
  return {
    take(reading) {
      const change = readAccountChange(reading);
      if (change === undefined || (change.kind === 'member-added' && !change.isPrivileged))
        return NONE;
      const evidence = rises.add(reading, { key: change.account, step: change.kind });
      if (evidence === undefined) return NONE;
      const group = change.scope === 'cloud' ? 'T1098.003' : 'T1098.007';
      return [
        {
          techniqueIds: [createdTechnique(change), group],
          confidence: 0.65,
          reason: 'created and made an administrator within an hour',
          evidence,
        },
      ];
    },
    retained: () => rises.retained(),
  };
}
