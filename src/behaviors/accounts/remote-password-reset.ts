import type { Behavior, Detector, Sighting } from '../behavior.js';
import { HOUR_MS, MINUTE_MS, NONE } from '../burst-behavior.js';
import type { Reading } from '../reading.js';
import { refer } from '../refer.js';
import { createSequence, type Sequence } from '../sequence.js';
import { ACCOUNT_FIELDS, readAccountChange } from './account-change.js';

const FIELDS = [...ACCOUNT_FIELDS, 'RelativeTargetName', 'ShareName', 'IpAddress', 'LogonType'];

/** A password changed over the network by one account for another, or used right after by somebody. */
export const remotePasswordReset: Behavior = {
  name: 'remote-password-reset',
  title: 'Password of another account reset over the network',
  techniqueIds: ['T1098', 'T1078'],
  level: 'medium',
  watches:
    'Windows 4723/4724 by an account other than the target, with the samr pipe opened by that account (5145), or with a logon of the target after it (4624).',
  thresholds:
    'The pipe within 1 minute: consoles of administrators use LDAP on domain controllers. A logon within 1 hour has 0.2: that is what a help desk is for. 4723, a change, by somebody else has 0.5: its caller knows the old password or hash.',
  falsePositives: 'A help desk with tools that use SAMR.',
  events: [{ service: 'security', eventIds: [4624, 4723, 4724, 5145] }],
  start: startRemotePasswordReset,
};

function startRemotePasswordReset(): Detector {
  const remote = createSequence({
    steps: ['samr', 'reset'],
    windowMs: MINUTE_MS,
    isOrdered: true,
    fields: FIELDS,
  });
  const used = createSequence({
    steps: ['reset', 'logon'],
    windowMs: HOUR_MS,
    isOrdered: true,
    fields: FIELDS,
  });
  return {
    take(reading) {
      switch (reading.eventId) {
        case 5145:
          takePipe(reading, remote);
          return NONE;
        case 4624:
          return takeLogon(reading, used);
        default:
          return takeReset(reading, remote, used);
      }
    },
    retained: () => remote.retained() + used.retained(),
  };
}

function takePipe(reading: Reading, remote: Sequence): void {
  if (reading.folded('RelativeTargetName') !== 'samr') return;
  remote.add(reading, { key: `${reading.host}|${reading.text('SubjectUserSid')}`, step: 'samr' });
}

function takeLogon(reading: Reading, used: Sequence): readonly Sighting[] {
  const evidence = used.add(reading, { key: reading.folded('TargetUserName'), step: 'logon' });
  if (evidence === undefined) return NONE;
  const reason = 'logon after a reset by somebody else';
  return [{ techniqueIds: ['T1098', 'T1078'], confidence: 0.2, reason, evidence }];
}

function takeReset(reading: Reading, remote: Sequence, used: Sequence): readonly Sighting[] {
  const change = readAccountChange(reading);
  // The machine itself: local system and services.
  const isOwn = change === undefined || change.actor === change.account;
  if (isOwn || /^S-1-5-(18|19|20)$/.test(change.actor)) return NONE;
  used.add(reading, { key: reading.folded('TargetUserName'), step: 'reset' });
  const proof = remote.add(reading, { key: `${reading.host}|${change.actor}`, step: 'reset' });
  const techniqueIds = ['T1098'];
  if (proof !== undefined)
    return [
      { techniqueIds, confidence: 0.55, reason: 'a password reset through samr', evidence: proof },
    ];
  if (reading.eventId !== 4723) return NONE;
  const reason = 'a password changed by an account that it is not of';
  return [{ techniqueIds, confidence: 0.5, reason, evidence: [refer(reading, FIELDS)] }];
}
