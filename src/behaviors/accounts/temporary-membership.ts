import type { Behavior, Detector } from '../behavior.js';
import { HOUR_MS, NONE } from '../burst-behavior.js';
import { createSequence } from '../sequence.js';
import { ACCOUNT_EVENTS, ACCOUNT_FIELDS, readAccountChange } from './account-change.js';

/** Rights taken for as long as they were needed. */
export const temporaryMembership: Behavior = {
  name: 'temporary-membership',
  title: 'Member added to a group and soon removed',
  techniqueIds: ['T1098.003', 'T1098.007'],
  level: 'medium',
  watches:
    'Windows 4728/4732/4756 and 4729/4733/4757, AWS AddUserToGroup/AttachUserPolicy and their opposites, of one member and group.',
  thresholds: 'Within 1 hour. Groups of administrators have 0.65, others 0.4.',
  falsePositives: 'Just-in-time administration, which does exactly this on purpose.',
  events: ACCOUNT_EVENTS,
  start: startTemporaryMembership,
};

function startTemporaryMembership(): Detector {
  const steps = ['member-added', 'member-removed'];
  const memberships = createSequence({
    steps,
    windowMs: HOUR_MS,
    isOrdered: true,
    fields: ACCOUNT_FIELDS,
  });
  return {
    take(reading) {
      const change = readAccountChange(reading);
      if (change === undefined || change.group === '') return NONE;
      const key = `${change.account}|${change.group}`;
      const evidence = memberships.add(reading, { key, step: change.kind });
      if (evidence === undefined) return NONE;
      return [
        {
          techniqueIds: [change.scope === 'cloud' ? 'T1098.003' : 'T1098.007'],
          confidence: change.isPrivileged ? 0.65 : 0.4,
          reason: 'member added and removed within an hour',
          evidence,
        },
      ];
    },
    retained: () => memberships.retained(),
  };
}
