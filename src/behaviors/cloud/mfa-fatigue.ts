import { burstBehavior, MINUTE_MS } from '../burst-behavior.js';
import type { Reading } from '../reading.js';

// Entra: 500121 authentication failed during strong authentication; 50074 and 50076 it is asked for.
const ENTRA_DENIED = /^500121$/;

function refusedAccount(reading: Reading): string {
  if (reading.has('okta')) {
    const type = reading.text('eventType');
    const isDenied =
      type === 'user.mfa.okta_verify.deny_push' ||
      type === 'user.mfa.okta_verify.deny_push_upgrade_needed';
    const isFailed =
      type === 'user.authentication.auth_via_mfa' && reading.folded('outcome.result') === 'failure';
    return isDenied || isFailed ? reading.folded('actor.alternateId') : '';
  }
  const isDenied = ENTRA_DENIED.test(reading.text('ResultType', 'status.errorCode'));
  return isDenied
    ? reading.folded('userPrincipalName', 'UserPrincipalName', 'properties.userPrincipalName')
    : '';
}

/** T1621: asked until the user gives in. */
export const mfaFatigue = burstBehavior(
  {
    name: 'mfa-fatigue',
    title: 'Many second factors refused by one user',
    techniqueIds: ['T1621'],
    level: 'high',
    watches: 'Okta pushes denied and factors failed; Entra sign-ins with 500121, by account.',
    thresholds: '5 in 10 minutes: somebody with a broken phone stops after two or three.',
    falsePositives: 'A device whose clock is wrong.',
    events: [{ service: 'okta' }, { service: 'signinlogs' }],
  },
  [
    {
      threshold: 5,
      windowMs: 10 * MINUTE_MS,
      confidence: 0.65,
      fields: [
        'eventType',
        'outcome.result',
        'outcome.reason',
        'actor.alternateId',
        'client.ipAddress',
        'ResultType',
        'userPrincipalName',
        'ipAddress',
      ],
      pick(reading) {
        const account = refusedAccount(reading);
        return account === ''
          ? undefined
          : { key: account, item: `${reading.event.source}:${reading.event.record}` };
      },
      describe: ({ items }) => `${items.length} second factors refused`,
    },
  ],
);
