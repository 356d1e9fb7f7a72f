import type { Behavior, Detector, EventReference, Sighting } from '../behavior.js';
import { createBoundedMap } from '../bounded-map.js';
import { NONE } from '../burst-behavior.js';
import { PROCESS_FIELDS, readProcess } from '../hosts/read-process.js';
import type { Reading } from '../reading.js';
import { refer } from '../refer.js';
import { isRemoteAddress } from './remote-address.js';

const LOGON_FIELDS = [
  'LogonType',
  'TargetUserName',
  'TargetLogonId',
  'IpAddress',
  'AuthenticationPackageName',
];
const ACT_FIELDS = [
  ...PROCESS_FIELDS,
  'LogonId',
  'ServiceName',
  'ServiceFileName',
  'TaskName',
  'SubjectUserName',
  'SubjectLogonId',
];

/** How something was run in the session of a network logon → techniques. */
const TECHNIQUES_OF_METHOD: ReadonlyMap<string, readonly string[]> = new Map<
  string,
  readonly string[]
>([
  ['WMI', ['T1047']],
  ['WinRM', ['T1021.006']],
  ['DCOM', ['T1021.003']],
  ['a service', ['T1021.002', 'T1569.002']],
  ['a scheduled task', ['T1053.005']],
]);

/** Ties a network logon and what ran in its session together by the logon's id, so that nothing else can be meant. */
export const remoteExecution: Behavior = {
  name: 'remote-execution',
  title: 'Execution in the session of a network logon',
  techniqueIds: ['T1021.002', 'T1021.003', 'T1021.006', 'T1047', 'T1053.005', 'T1569.002'],
  level: 'high',
  watches:
    'Windows 4624 of type 3 from another machine, or without an address (WinRM), by a person, and with the same logon id: a child of WmiPrvSE, wsmprovhost, a COM server started to be embedded, 4697, 4698/4702.',
  thresholds: 'Both on one host. The logon id makes the tie; no window is needed.',
  falsePositives:
    'Administration over WMI, WinRM or PsExec: the same technique, with a good purpose.',
  events: [
    { service: 'security', eventIds: [4624, 4697, 4698, 4702] },
    { category: 'process_creation', product: 'windows' },
  ],
  start: startRemoteExecution,
};

interface Session {
  logon: EventReference | undefined;
  /** Method → the first event that shows it; undefined once told. */
  readonly methods: Map<string, EventReference | undefined>;
}

function startRemoteExecution(): Detector {
  const sessions = createBoundedMap<Session>(5_000);
  return {
    take(reading) {
      const seen = readStep(reading);
      if (seen === undefined) return NONE;
      const key = `${reading.host}|${seen.logonId}`;
      const session = sessions.get(key) ?? { logon: undefined, methods: new Map() };
      sessions.set(key, session);
      // Logs of several channels come one after another: the logon may be read after what ran in it.
      if (seen.method === undefined) session.logon ??= refer(reading, LOGON_FIELDS);
      else if (!session.methods.has(seen.method))
        session.methods.set(seen.method, refer(reading, ACT_FIELDS));
      return concludeSession(session);
    },
    retained() {
      let count = sessions.size;
      for (const { methods } of sessions.values()) count += methods.size;
      return count;
    },
  };
}

function concludeSession({ logon, methods }: Session): readonly Sighting[] {
  if (logon === undefined) return NONE;
  const sightings: Sighting[] = [];
  for (const [method, act] of methods) {
    if (act === undefined) continue;
    methods.set(method, undefined);
    sightings.push({
      techniqueIds: TECHNIQUES_OF_METHOD.get(method) ?? [],
      confidence: 0.7,
      reason: `ran by ${method} in the session of a logon from another machine`,
      evidence: [logon, act],
    });
  }
  return sightings;
}

interface SessionStep {
  readonly logonId: string;
  /** Undefined for the logon itself. */
  readonly method: string | undefined;
}

function readStep(reading: Reading): SessionStep | undefined {
  if (reading.has('security') && reading.eventId !== 4688) {
    if (reading.eventId === 4624) {
      const address = reading.folded('IpAddress');
      // Logons over WinRM name no address.
      const isRemote =
        reading.text('LogonType') === '3' && (address === '' || isRemoteAddress(address));
      const isPerson = !/\$$|^anonymous logon$/.test(reading.folded('TargetUserName'));
      return isRemote && isPerson ? stepOf(reading.folded('TargetLogonId'), undefined) : undefined;
    }
    return stepOf(
      reading.folded('SubjectLogonId'),
      reading.eventId === 4697 ? 'a service' : 'a scheduled task',
    );
  }
  const method = methodOf(reading);
  if (method === undefined) return undefined;
  const target = reading.folded('TargetLogonId');
  return stepOf(
    /^(0x0)?$/.test(target) ? reading.folded('LogonId', 'SubjectLogonId') : target,
    method,
  );
}

function stepOf(logonId: string, method: string | undefined): SessionStep | undefined {
  // 0x3e7, 0x3e4, 0x3e5: the machine itself and its services.
  return /^(0x0|0x3e[3-7])?$/.test(logonId) ? undefined : { logonId, method };
}

function methodOf(reading: Reading): string | undefined {
  const process = readProcess(reading);
  if (process === undefined) return undefined;
  const { program, parent, args } = process;
  if (program === 'wsmprovhost' || parent === 'wsmprovhost' || parent === 'winrshost')
    return 'WinRM';
  if (parent === 'wmiprvse' && program !== 'wmiprvse' && program !== 'werfault') return 'WMI';
  const isServer = /[-/](embedding|automation)\b/.test(args);
  return isServer && /^(mmc|excel|winword|outlook|visio|powerpnt|iexplore)$/.test(program)
    ? 'DCOM'
    : undefined;
}
