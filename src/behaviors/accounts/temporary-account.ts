import type { Behavior, Detector } from '../behavior.js';
import { HOUR_MS, NONE } from '../burst-behavior.js';
import { createSequence } from '../sequence.js';
import { ACCOUNT_EVENTS, ACCOUNT_FIELDS, readAccountChange } from './account-change.js';
import { createdTechnique } from './created-technique.js';

/** An account that lived for minutes: made for one use, and removed so that nobody finds it. */
export const temporaryAccount: Behavior = {
  name: 'temporary-account',
  title: 'Account created and soon deleted',
  techniqueIds: ['T1136.001', 'T1136.002', 'T1136.003'],
  level: 'medium',
  watches:
    'Windows 4720/4741 and 4726/4743, useradd and userdel, AWS CreateUser and DeleteUser of the same account.',
  thresholds:
    'Within 1 hour: accounts for people live for years, those for tests at least a working day.',
  falsePositives: 'Tests of provisioning; a computer joined to the domain a second time.',
  events: ACCOUNT_EVENTS,
  start: startTemporaryAccount,
};

function startTemporaryAccount(): Detector {
  const lives = createSequence({
    steps: ['created', 'deleted'],
    windowMs: HOUR_MS,
    isOrdered: true,
    fields: ACCOUNT_FIELDS,
  });
  return {
    take(reading) {
      const change = readAccountChange(reading);
      if (change === undefined) return NONE;
      // A cloud account is one wherever its events are logged; a local one only on its host.
      const key = `${change.scope === 'cloud' ? '' : reading.host}|${change.account}`;
      const evidence = lives.add(reading, { key, step: change.kind });
      if (evidence === undefined) return NONE;
      return [
        {
          techniqueIds: [createdTechnique(change)],
          confidence: 0.6,
          reason: 'created and deleted within an hour',
          evidence,
        },
      ];
    },
    retained: () => lives.retained(),
  };
}
