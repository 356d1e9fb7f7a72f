import type { Behavior, Detector, Sighting } from '../behavior.js';
import { type BoundedMap, createBoundedMap } from '../bounded-map.js';
import { createBurst } from '../burst.js';
import { HOUR_MS, MINUTE_MS, NONE } from '../burst-behavior.js';
import type { Reading } from '../reading.js';
import { refer } from '../refer.js';
import { createSequence } from '../sequence.js';
import { isRemoteAddress } from './remote-address.js';

const FIELDS = [
  'ShareName',
  'RelativeTargetName',
  'SubjectUserName',
  'IpAddress',
  'AccessMask',
  'ServiceName',
  'ServiceFileName',
  'ImagePath',
];
const WRITES = 0x2 | 0x4;
const PROGRAM = /\.(exe|dll|ps1|bat|cmd|vbs|js|hta|scr|sys|msi)$/;

type Step = 'share' | 'control' | 'copy' | 'service';

/** Shares, the pipe of the service manager and a new service: how PsExec and its kin come over. */
export const remoteService: Behavior = {
  name: 'remote-service',
  title: 'Service controlled or installed from another machine',
  techniqueIds: ['T1021.002', 'T1569.002', 'T1570'],
  level: 'high',
  watches:
    'Windows 5140/5145 on ADMIN$, C$ and the svcctl pipe from another machine by a person, and 7045/4697 on the same host.',
  thresholds:
    'Share or pipe and a service within 2 minutes (0.75): PsExec needs seconds. The pipe alone has 0.45, a program copied to an administrative share 0.5, each once an hour by account. The pipe opened 10 times in 1 minute is execution (0.6): a console opens it once.',
  falsePositives:
    'Software distribution that installs its agent this way; administrators with the services console.',
  events: [
    { service: 'security', eventIds: [4697, 5140, 5145] },
    { service: 'system', eventIds: [7045] },
  ],
  start: startRemoteService,
};

function startRemoteService(): Detector {
  const options = { windowMs: 2 * MINUTE_MS, isOrdered: false, fields: FIELDS };
  const byShare = createSequence({ ...options, steps: ['share', 'service'] });
  const byPipe = createSequence({ ...options, steps: ['control', 'service'] });
  const pipes = createBurst({ windowMs: MINUTE_MS, threshold: 10, fields: FIELDS });
  const told = createBoundedMap<number>(2_000);
  const takeAlone = (step: 'control' | 'copy', reading: Reading): readonly Sighting[] => {
    const key = `${step}|${reading.host}|${reading.folded('SubjectUserName')}`;
    const item = `${reading.event.source}:${reading.event.record}`;
    const surge = step === 'control' ? pipes.add(reading, { key, item }) : undefined;
    if (surge !== undefined) return [controlledSighting(surge.evidence)];
    return isNews(told, key, reading.timeMs ?? 0) ? [alone(step, reading)] : NONE;
  };
  return {
    take(reading) {
      const step = stepOf(reading);
      if (step === undefined) return NONE;
      const key = reading.host;
      const installed =
        byPipe.add(reading, { key, step }) ??
        byShare.add(reading, { key, step: step === 'copy' ? 'share' : step });
      if (installed !== undefined) return [installedSighting(installed)];
      return step === 'control' || step === 'copy' ? takeAlone(step, reading) : NONE;
    },
    retained: () => byShare.retained() + byPipe.retained() + pipes.retained() + told.size,
  };
}

function isNews(told: BoundedMap<number>, key: string, timeMs: number): boolean {
  const last = told.get(key);
  if (last !== undefined && Math.abs(timeMs - last) < HOUR_MS) return false;
  told.set(key, timeMs);
  return true;
}

function installedSighting(evidence: Sighting['evidence']): Sighting {
  return {
    techniqueIds: ['T1021.002', 'T1569.002'],
    confidence: 0.75,
    reason: 'service installed with access to its manager or shares from another machine',
    evidence,
  };
}

function controlledSighting(evidence: Sighting['evidence']): Sighting {
  return {
    techniqueIds: ['T1021.002', 'T1569.002'],
    confidence: 0.6,
    reason: 'the service manager was opened again and again from another machine',
    evidence,
  };
}

function alone(step: 'control' | 'copy', reading: Reading): Sighting {
  const isCopy = step === 'copy';
  return {
    techniqueIds: isCopy ? ['T1021.002', 'T1570'] : ['T1021.002'],
    confidence: isCopy ? 0.5 : 0.45,
    reason: isCopy
      ? 'a program was copied to an administrative share'
      : 'the service manager was opened from another machine',
    evidence: [refer(reading, FIELDS)],
  };
}

function stepOf(reading: Reading): Step | undefined {
  if (reading.eventId === 7045 || reading.eventId === 4697) return 'service';
  const account = reading.folded('SubjectUserName');
  if (account.endsWith('$') || !isRemoteAddress(reading.folded('IpAddress'))) return undefined;
  const name = reading.folded('RelativeTargetName');
  if (name === 'svcctl') return 'control';
  if (!/\\(admin|[a-z])\$$/.test(reading.folded('ShareName'))) return undefined;
  const isWrite = (Number(reading.text('AccessMask')) & WRITES) !== 0;
  return isWrite && PROGRAM.test(name) ? 'copy' : 'share';
}
