import type { Behavior, Detector } from '../behavior.js';
import { NONE } from '../burst-behavior.js';
import { refer } from '../refer.js';
import { ACCOUNT_EVENTS, ACCOUNT_FIELDS, readAccountChange } from './account-change.js';

/** Somebody adds themselves to a group. */
export const selfPromotion: Behavior = {
  name: 'self-promotion',
  title: 'Account added itself to a group',
  techniqueIds: ['T1098.003', 'T1098.007'],
  level: 'high',
  watches: 'Changes of a group or policy whose actor and member are the same account.',
  thresholds:
    'Any. Rights are given by somebody else; groups of administrators have 0.7, others 0.5.',
  falsePositives:
    'An administrator at a small site, who gives rights to everybody including themselves.',
  events: ACCOUNT_EVENTS,
  start: (): Detector => ({
    take(reading) {
      const change = readAccountChange(reading);
      if (change?.kind !== 'member-added' || change.actor === '' || change.actor !== change.account)
        return NONE;
      return [
        {
          techniqueIds: [change.scope === 'cloud' ? 'T1098.003' : 'T1098.007'],
          confidence: change.isPrivileged ? 0.7 : 0.5,
          reason: 'actor and new member are the same account',
          evidence: [refer(reading, ACCOUNT_FIELDS)],
        },
      ];
    },
    retained: () => 0,
  }),
};
