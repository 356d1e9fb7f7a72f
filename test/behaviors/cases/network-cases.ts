import type { BehaviorEvent } from '../../../src/behaviors/index.js';
import { categoryEvent, channelEvent, productEvent, windowsEvent } from '../make-event.js';
import { type BehaviorCase, HOUR, MINUTE, repeat, SECOND, START } from './behavior-case.js';

type Fields = Readonly<Record<string, string | number>>;

function connection(
  seconds: number,
  [to, port]: readonly [string, number],
  fields: Fields = {},
): BehaviorEvent {
  return categoryEvent('firewall', 'firewall', {
    time: START + seconds * SECOND,
    host: 'fw01',
    fields: { src_ip: '192.0.2.66', dst_ip: to, dst_port: port, action: 'allow', ...fields },
  });
}

/** Other machines, so that a far end of one is rare. */
const OTHERS = repeat(6, (i) => connection(i, ['198.51.100.20', 443], { src_ip: `192.0.2.${i}` }));
const JITTER = [0, 7, -6, 3, -8, 5, 9, -2];

const query = (seconds: number, name: string): BehaviorEvent =>
  windowsEvent('sysmon', 22, {
    time: START + seconds * SECOND,
    host: 'WS05',
    fields: { QueryName: name },
  });
const coded = (index: number): string =>
  `${(index * 7_919 + 1e9).toString(36)}k3j9x7q2m5v8b1n4${(index * 104_729 + 1e9).toString(36)}`;
const desktop = (seconds: number, host: string, client: string): BehaviorEvent =>
  channelEvent('Microsoft-Windows-RemoteDesktopServices-RdpCoreTS/Operational', 131, {
    time: START + seconds * SECOND,
    host,
    fields: { ClientIP: client },
  });
const share = (seconds: number, host: string, name: string): BehaviorEvent =>
  windowsEvent('security', 5140, {
    time: START + seconds * SECOND,
    host,
    fields: { SubjectUserName: 'e.lind', IpAddress: '192.0.2.66', ShareName: name },
  });

const USER = {
  'userIdentity.type': 'IAMUser',
  'userIdentity.arn': 'arn:aws:iam::123456789012:user/e.lind',
  sourceIPAddress: '198.51.100.9',
  status: 'success',
};
const aws = (seconds: number, eventName: string, fields: Fields = {}): BehaviorEvent =>
  productEvent('aws', 'cloudtrail', {
    time: START + seconds * SECOND,
    host: '123456789012',
    fields: { ...USER, eventSource: 'iam.amazonaws.com', eventName, ...fields },
  });
const assume = (minutes: number, from: string, to: string): BehaviorEvent =>
  aws(minutes * 60, 'AssumeRole', {
    'userIdentity.type': 'AssumedRole',
    'userIdentity.arn': `arn:aws:sts::123456789012:assumed-role/${from}/session`,
    'requestParameters.roleArn': `arn:aws:iam::123456789012:role/${to}`,
  });
const KEY = {
  'responseElements.accessKey.accessKeyId': 'AKIAEXAMPLE',
  'responseElements.accessKey.userName': 'backup',
};
const audit = (index: number, fields: Fields): BehaviorEvent =>
  productEvent('kubernetes', 'audit', {
    time: START + index * SECOND,
    host: 'cluster',
    fields: {
      'user.username': 'e.lind@example.com',
      'objectRef.namespace': 'shop',
      'objectRef.name': `n${index}`,
      ...fields,
    },
  });
const SECRET = { verb: 'get', 'objectRef.resource': 'secrets', 'responseStatus.code': 200 };
const EXEC = {
  verb: 'create',
  'objectRef.resource': 'pods',
  'objectRef.subresource': 'exec',
  'responseStatus.code': 101,
};
const download = (index: number, operation: string): BehaviorEvent =>
  productEvent('m365', 'audit', {
    time: START + index * SECOND,
    host: 'example.onmicrosoft.com',
    fields: {
      Operation: operation,
      UserId: 'e.lind@example.com',
      ObjectId: `https://example.com/${index}`,
    },
  });
const policy = (seconds: number, actor: string): BehaviorEvent =>
  aws(seconds, 'AttachUserPolicy', {
    'requestParameters.userName': 'e.lind',
    'userIdentity.arn': `arn:aws:iam::123456789012:user/${actor}`,
  });
const denied = (seconds: number, name: string): BehaviorEvent =>
  aws(seconds, name, { errorCode: 'AccessDenied', status: 'failure' });

export const NETWORK_CASES: readonly BehaviorCase[] = [
  {
    behavior: 'port-scan',
    name: '20 ports of one machine',
    events: repeat(20, (i) => connection(i, ['10.0.0.5', 20 + i])),
    techniqueIds: ['T1046'],
  },
  {
    behavior: 'port-scan',
    name: 'one port of 25 machines',
    events: repeat(25, (i) => connection(i, [`10.0.0.${i}`, 445])),
    techniqueIds: ['T1046'],
  },
  {
    behavior: 'port-scan',
    name: '15 refused',
    events: repeat(15, (i) => connection(i, ['203.0.113.5', 1_000 + i], { action: 'deny' })),
    techniqueIds: ['T1046'],
  },
  {
    behavior: 'port-scan',
    name: 'Remote Desktop of 5 machines',
    events: repeat(5, (i) => desktop(i, `SRV${i}`, `192.0.2.66:${40_000 + i}`)),
    techniqueIds: ['T1046'],
  },
  {
    behavior: 'port-scan',
    name: 'Remote Desktop of one machine, 20 times',
    events: repeat(20, (i) => desktop(i, 'SRV1', `192.0.2.66:${40_000 + i}`)),
    techniqueIds: ['T1110.001'],
  },
  {
    behavior: 'port-scan',
    name: 'a browser with 60 web servers',
    events: repeat(60, (i) => connection(i * 0.5, [`203.0.113.${i}`, 443])),
    techniqueIds: [],
  },
  {
    behavior: 'port-scan',
    name: 'answers to ports of a client',
    events: repeat(40, (i) => connection(i, ['10.0.0.5', 50_000 + i])),
    techniqueIds: [],
  },
  {
    behavior: 'port-scan',
    name: '20 ports in 20 minutes',
    events: repeat(20, (i) => connection(i * 60, ['10.0.0.5', 20 + i])),
    techniqueIds: [],
  },
  {
    behavior: 'beaconing',
    name: 'every minute for an hour, 15 % of jitter',
    events: [
      ...OTHERS,
      ...repeat(60, (i) => connection(i * 60 + (JITTER[i % 8] ?? 0), ['203.0.113.99', 443])),
    ],
    techniqueIds: ['T1071.001'],
  },
  {
    behavior: 'beaconing',
    name: 'somebody who reads',
    events: [...OTHERS, ...repeat(60, (i) => connection(i * i * 2, ['203.0.113.99', 443]))],
    techniqueIds: [],
  },
  {
    behavior: 'beaconing',
    name: 'telemetry that everybody has',
    events: repeat(6 * 60, (i) =>
      connection(Math.floor(i / 6) * 60, ['203.0.113.99', 443], { src_ip: `192.0.2.${i % 6}` }),
    ),
    techniqueIds: [],
  },
  {
    behavior: 'beaconing',
    name: '10 calls',
    events: [...OTHERS, ...repeat(10, (i) => connection(i * 600, ['203.0.113.99', 443]))],
    techniqueIds: [],
  },
  {
    behavior: 'dns-tunnelling',
    name: '30 coded names',
    events: repeat(30, (i) => query(i * 2, `${coded(i)}.t.example.net`)),
    techniqueIds: ['T1048.003', 'T1071.004'],
  },
  {
    behavior: 'dns-tunnelling',
    name: '29 coded names',
    events: repeat(29, (i) => query(i * 2, `${coded(i)}.t.example.net`)),
    techniqueIds: [],
  },
  {
    behavior: 'dns-tunnelling',
    name: 'names of words',
    events: repeat(60, (i) => query(i, `server-number-${i}.branch-office.europe.example.net`)),
    techniqueIds: [],
  },
  {
    behavior: 'dns-tunnelling',
    name: 'coded names of 60 domains',
    events: repeat(60, (i) => query(i, `${coded(i)}.cdn${i}.example`)),
    techniqueIds: [],
  },
  {
    behavior: 'share-scan',
    name: 'lists of 6 machines',
    events: repeat(6, (i) => share(i, `SRV${i}`, '\\\\*\\IPC$')),
    techniqueIds: ['T1135'],
  },
  {
    behavior: 'share-scan',
    name: 'C$ of 6 machines',
    events: repeat(6, (i) => share(i, `SRV${i}`, '\\\\*\\C$')),
    techniqueIds: ['T1021.002'],
  },
  {
    behavior: 'share-scan',
    name: 'team shares of 6 machines',
    events: repeat(6, (i) => share(i, `SRV${i}`, '\\\\*\\team')),
    techniqueIds: [],
  },
  {
    behavior: 'cloud-enumeration',
    name: '8 calls denied',
    events: repeat(8, (i) => denied(i * 10, `List${i}`)),
    techniqueIds: ['T1526', 'T1580'],
  },
  {
    behavior: 'cloud-enumeration',
    name: '12 services listed',
    events: repeat(12, (i) => aws(i * 10, 'ListThings', { eventSource: `s${i}.amazonaws.com` })),
    techniqueIds: ['T1526', 'T1580'],
  },
  {
    behavior: 'cloud-enumeration',
    name: 'one call denied, often',
    events: repeat(50, (i) => denied(i, 'GetSecretValue')),
    techniqueIds: [],
  },
  {
    behavior: 'role-chain',
    name: 'three roles',
    events: [assume(0, 'a', 'b'), assume(5, 'b', 'c'), assume(9, 'c', 'd')],
    techniqueIds: ['T1078.004', 'T1550.001'],
  },
  {
    behavior: 'role-chain',
    name: 'two roles',
    events: [assume(0, 'a', 'b'), assume(5, 'b', 'c')],
    techniqueIds: [],
  },
  {
    behavior: 'role-chain',
    name: 'three roles of one',
    events: [assume(0, 'a', 'b'), assume(5, 'a', 'c'), assume(9, 'a', 'd')],
    techniqueIds: [],
  },
  {
    behavior: 'foreign-access-key',
    name: 'a key of another, used elsewhere',
    events: [
      aws(0, 'CreateAccessKey', KEY),
      aws(600, 'ListBuckets', {
        'userIdentity.accessKeyId': 'AKIAEXAMPLE',
        sourceIPAddress: '203.0.113.99',
      }),
    ],
    techniqueIds: ['T1078.004', 'T1098.001'],
  },
  {
    behavior: 'foreign-access-key',
    name: 'used at the same address',
    events: [
      aws(0, 'CreateAccessKey', KEY),
      aws(600, 'ListBuckets', { 'userIdentity.accessKeyId': 'AKIAEXAMPLE' }),
    ],
    techniqueIds: [],
  },
  {
    behavior: 'granted-then-used',
    name: 'by itself',
    events: [denied(0, 'GetSecretValue'), policy(60, 'e.lind'), aws(120, 'GetSecretValue')],
    techniqueIds: ['T1078.004', 'T1098.003'],
  },
  {
    behavior: 'granted-then-used',
    name: 'no change between',
    events: [denied(0, 'GetSecretValue'), aws(120, 'GetSecretValue')],
    techniqueIds: [],
  },
  {
    behavior: 'granted-then-used',
    name: 'two days later',
    events: [
      denied(0, 'GetSecretValue'),
      policy(60, 'e.lind'),
      aws((48 * HOUR) / SECOND, 'GetSecretValue'),
    ],
    techniqueIds: [],
  },
  {
    behavior: 'mass-download',
    name: '100 documents',
    events: repeat(100, (i) => download(i * 5, 'FileDownloaded')),
    techniqueIds: ['T1213.002'],
  },
  {
    behavior: 'mass-download',
    name: '300 documents synchronised',
    events: repeat(300, (i) => download(i, 'FileSyncDownloadedFull')),
    techniqueIds: [],
  },
  {
    behavior: 'mass-download',
    name: '99 documents',
    events: repeat(99, (i) => download(i * 5, 'FileDownloaded')),
    techniqueIds: [],
  },
  {
    behavior: 'kubernetes-burst',
    name: '10 secrets',
    events: repeat(10, (i) => audit(i, SECRET)),
    techniqueIds: ['T1552.007'],
  },
  {
    behavior: 'kubernetes-burst',
    name: 'shells in 4 pods',
    events: repeat(4, (i) => audit(i * 60, EXEC)),
    techniqueIds: ['T1609'],
  },
  {
    behavior: 'kubernetes-burst',
    name: 'a controller',
    events: repeat(90, (i) =>
      audit(i, { ...SECRET, 'user.username': 'system:kube-controller-manager' }),
    ),
    techniqueIds: [],
  },
  {
    behavior: 'kubernetes-burst',
    name: 'refused',
    events: repeat(90, (i) => audit(i, { ...SECRET, 'responseStatus.code': 403 })),
    techniqueIds: [],
  },
  {
    behavior: 'kubernetes-burst',
    name: 'a shell in one pod, in an hour',
    events: repeat(60, (i) => audit((i * MINUTE) / SECOND, { ...EXEC, 'objectRef.name': 'web-1' })),
    techniqueIds: [],
  },
];
