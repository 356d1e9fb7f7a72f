import type { Behavior, Detector, EventReference } from '../behavior.js';
import { createBoundedMap } from '../bounded-map.js';
import { HOUR_MS, NONE } from '../burst-behavior.js';
import type { Reading } from '../reading.js';
import { refer } from '../refer.js';
import { AWS_FIELDS } from './aws-principal.js';

const WINDOW_MS = HOUR_MS;
/** Roles that take each other before it is a chain. */
const MIN_DEPTH = 3;

interface Link {
  readonly timeMs: number;
  readonly depth: number;
  readonly proof: readonly EventReference[];
}

/** T1078.004 and T1550.001: from role to role, until one may what the first may not. */
export const roleChain: Behavior = {
  name: 'role-chain',
  title: 'Roles assumed one from another',
  techniqueIds: ['T1078.004', 'T1550.001'],
  level: 'low',
  watches: 'AWS AssumeRole whose caller is a role itself, role by role.',
  thresholds:
    "3 different roles one from another within 1 hour (AWS ends chained sessions after an hour). Two are what every pipeline does: a job's role that takes the role of an account.",
  falsePositives: 'Pipelines that go through a hub account.',
  events: [{ service: 'cloudtrail' }],
  start: startRoleChain,
};

function startRoleChain(): Detector {
  const links = createBoundedMap<Link>(2_000);
  return {
    take(reading) {
      const { timeMs } = reading;
      if (
        reading.text('eventName') !== 'AssumeRole' ||
        reading.text('status') === 'failure' ||
        timeMs === undefined
      )
        return NONE;
      const to = roleName(reading.folded('requestParameters.roleArn'));
      const from = callerRole(reading);
      if (to === '' || to === from) return NONE;
      const before = links.get(from);
      const isChained =
        from !== '' && before !== undefined && Math.abs(timeMs - before.timeMs) <= WINDOW_MS;
      const depth = isChained ? before.depth + 1 : 1;
      const proof = [...(isChained ? before.proof : []), refer(reading, AWS_FIELDS)].slice(-5);
      links.set(to, { timeMs, depth, proof });
      if (depth !== MIN_DEPTH) return NONE;
      return [
        {
          techniqueIds: ['T1078.004', 'T1550.001'],
          confidence: 0.4,
          reason: `${depth} roles one from another`,
          evidence: proof,
        },
      ];
    },
    retained() {
      let count = links.size;
      for (const { proof } of links.values()) count += proof.length;
      return count;
    },
  };
}

/** Account and name, so that the forms of IAM and STS are one. */
function roleName(arn: string): string {
  const found = /^arn:aws[^:]*:(?:iam|sts)::(\d*):(?:role|assumed-role)\/(.{1,256})$/.exec(arn);
  if (found === null) return '';
  const path = (found[2] ?? '').split('/');
  return `${found[1]}/${(arn.includes(':assumed-role/') ? path[0] : path.at(-1)) ?? ''}`;
}

function callerRole(reading: Reading): string {
  if (reading.text('userIdentity.type') !== 'AssumedRole') return '';
  return roleName(reading.folded('userIdentity.arn'));
}
