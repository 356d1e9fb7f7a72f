import type { Behavior, Detector, EventReference, Sighting } from '../behavior.js';
import { createBoundedMap } from '../bounded-map.js';
import { HOUR_MS, NONE } from '../burst-behavior.js';
import { refer } from '../refer.js';
import { AWS_FIELDS, principalOf } from './aws-principal.js';

const WINDOW_MS = 24 * HOUR_MS;
const DENIED = /accessdenied|unauthorizedoperation/i;
const GRANTS =
  /^(Attach|Put)(User|Role|Group)Policy$|^AddUserToGroup$|^CreatePolicyVersion$|^SetDefaultPolicyVersion$|^UpdateAssumeRolePolicy$/;

interface Step {
  readonly timeMs: number;
  readonly reference: EventReference;
}

/** T1098.003: refused, then given the right, then done. */
export const grantedThenUsed: Behavior = {
  name: 'granted-then-used',
  title: 'Call denied, policy changed, call allowed',
  techniqueIds: ['T1078.004', 'T1098.003'],
  level: 'high',
  watches:
    'AWS: a call that is denied to a principal and later allowed, with a change of its policies between.',
  thresholds:
    'Within 24 hours. 0.6 where the principal changed its own policies, else 0.25: asking for a right and getting it is everyday work.',
  falsePositives: 'A developer with rights over IAM who mends the role of their own program.',
  events: [{ service: 'cloudtrail' }],
  start: startGrantedThenUsed,
};

function startGrantedThenUsed(): Detector {
  const denials = createBoundedMap<Step>(5_000);
  const grants = createBoundedMap<Step & { readonly actor: string }>(2_000);
  return {
    take(reading) {
      const { timeMs } = reading;
      if (timeMs === undefined) return NONE;
      const actor = principalOf(reading);
      const name = reading.text('eventName');
      const call = `${actor}|${reading.text('eventSource')}|${name}`;
      const step = (): Step => ({ timeMs, reference: refer(reading, AWS_FIELDS) });
      if (DENIED.test(reading.text('errorCode'))) {
        denials.set(call, step());
        return NONE;
      }
      if (GRANTS.test(name)) {
        const target = reading.folded(
          'requestParameters.userName',
          'requestParameters.roleName',
          'requestParameters.groupName',
          'requestParameters.policyArn',
        );
        grants.set(target, { ...step(), actor });
      }
      const denial = denials.get(call);
      if (denial === undefined) return NONE;
      denials.delete(call);
      const grant = grants.get(actor.slice(actor.lastIndexOf('/') + 1));
      const use = { timeMs, reference: refer(reading, AWS_FIELDS) };
      const isOwn = grant?.actor === actor;
      return grant !== undefined && isGrantedBetween(denial, grant, use)
        ? [sightingOf([denial, grant, use], isOwn)]
        : NONE;
    },
    retained: () => denials.size + grants.size,
  };
}

function isGrantedBetween(denial: Step, grant: Step, use: Step): boolean {
  const isOrdered = denial.timeMs <= grant.timeMs && grant.timeMs <= use.timeMs;
  return isOrdered && use.timeMs - denial.timeMs <= WINDOW_MS;
}

function sightingOf(steps: readonly Step[], isOwn: boolean): Sighting {
  return {
    techniqueIds: ['T1098.003', 'T1078.004'],
    confidence: isOwn ? 0.6 : 0.25,
    reason: `denied, granted${isOwn ? ' by itself' : ''}, done`,
    evidence: steps.map(({ reference }) => reference),
  };
}
