import type { BehaviorEvent } from '../../../src/behaviors/index.js';
import { productEvent, windowsEvent } from '../make-event.js';
import { type BehaviorCase, HOUR, MINUTE, repeat, SECOND, START } from './behavior-case.js';

type Fields = Readonly<Record<string, string | number>>;

function security(eventId: number, seconds: number, fields: Fields): BehaviorEvent {
  return windowsEvent('security', eventId, {
    time: START + seconds * SECOND,
    host: 'DC01',
    fields,
  });
}

function ticket(seconds: number, service: string, fields: Fields = {}): BehaviorEvent {
  return security(4769, seconds, {
    TargetUserName: 'a.martin@EXAMPLE.COM',
    TargetDomainName: 'EXAMPLE.COM',
    ServiceName: service,
    TicketEncryptionType: '0x12',
    Status: '0x0',
    IpAddress: '::ffff:192.0.2.10',
    ...fields,
  });
}

function tgt(seconds: number, fields: Fields): BehaviorEvent {
  return security(4768, seconds, {
    TargetUserName: 'a.martin',
    Status: '0x0',
    PreAuthType: '0',
    TicketEncryptionType: '0x17',
    IpAddress: '::ffff:192.0.2.66',
    ...fields,
  });
}

const REPLICATE =
  '%%7688 {1131f6ad-9c07-11d1-f79f-00c04fc2dcd2} {19195a5b-6da0-11d0-afd3-00c04fd930c9}';
const SID = 'S-1-5-21-1004336348-1177238915-682003330';
const ADMIN = { SubjectUserName: 'adm.lind', SubjectUserSid: `${SID}-1105` };
const ADMINS = { TargetUserName: 'Administrators', TargetSid: 'S-1-5-32-544' };
const SALES = { TargetUserName: 'Sales', TargetSid: `${SID}-1300` };
const created = (seconds: number): BehaviorEvent =>
  security(4720, seconds, { ...ADMIN, TargetUserName: 'svc_x', TargetSid: `${SID}-2001` });
const deleted = (seconds: number): BehaviorEvent =>
  security(4726, seconds, { ...ADMIN, TargetUserName: 'svc_x', TargetSid: `${SID}-2001` });
const member = (eventId: number, seconds: number, fields: Fields): BehaviorEvent =>
  security(eventId, seconds, { ...ADMIN, MemberSid: `${SID}-2001`, ...fields });
const iam = (seconds: number, eventName: string, fields: Fields): BehaviorEvent =>
  productEvent('aws', 'cloudtrail', {
    time: START + seconds * SECOND,
    host: '123456789012',
    fields: { eventName, 'userIdentity.userName': 'e.lind', ...fields },
  });

export const DIRECTORY_CASES: readonly BehaviorCase[] = [
  {
    behavior: 'kerberoasting',
    name: '3 services with RC4',
    events: repeat(3, (i) => ticket(i, `svc-${i}`, { TicketEncryptionType: '0x17' })),
    techniqueIds: ['T1558.003'],
  },
  {
    behavior: 'kerberoasting',
    name: '8 services with AES',
    events: repeat(8, (i) => ticket(i * 10, `svc-${i}`)),
    techniqueIds: ['T1558.003'],
  },
  {
    behavior: 'kerberoasting',
    name: '2 services with AES',
    events: repeat(2, (i) => ticket(i, `svc-${i}`)),
    techniqueIds: [],
  },
  {
    behavior: 'kerberoasting',
    name: 'RC4 tickets of computers',
    events: repeat(9, (i) => ticket(i, `SRV${i}$`, { TicketEncryptionType: '0x17' })),
    techniqueIds: [],
  },
  {
    behavior: 'kerberoasting',
    name: 'RC4 tickets refused',
    events: repeat(9, (i) =>
      ticket(i, `svc-${i}`, { TicketEncryptionType: '0x17', Status: '0x6' }),
    ),
    techniqueIds: [],
  },
  {
    behavior: 'asrep-roasting',
    name: 'RC4 without pre-authentication',
    events: [tgt(0, {})],
    techniqueIds: ['T1558.004'],
  },
  {
    behavior: 'asrep-roasting',
    name: 'with pre-authentication',
    events: [tgt(0, { PreAuthType: '2' })],
    techniqueIds: [],
  },
  {
    behavior: 'asrep-roasting',
    name: 'one account with AES',
    events: [tgt(0, { TicketEncryptionType: '0x12' })],
    techniqueIds: [],
  },
  {
    behavior: 'ticket-enumeration',
    name: '8 computers in 8 s',
    events: repeat(8, (i) => ticket(i, `SRV${i}$`)),
    techniqueIds: ['T1018', 'T1087.002'],
  },
  {
    behavior: 'ticket-enumeration',
    name: '8 computers in 16 minutes',
    events: repeat(8, (i) => ticket(i * 120, `SRV${i}$`)),
    techniqueIds: [],
  },
  {
    behavior: 'ticket-enumeration',
    name: '8 computers, asked by a computer',
    events: repeat(8, (i) => ticket(i, `SRV${i}$`, { TargetUserName: 'MON01$@EXAMPLE.COM' })),
    techniqueIds: [],
  },
  {
    behavior: 'forged-ticket',
    name: 'a realm in small letters',
    events: [ticket(0, 'DC01$', { TargetDomainName: 'example.com' })],
    techniqueIds: ['T1558.001'],
  },
  {
    behavior: 'forged-ticket',
    name: 'a realm in capitals',
    events: [ticket(0, 'DC01$')],
    techniqueIds: [],
  },
  {
    behavior: 'forged-ticket',
    name: 'no ticket issued, and a log of minutes',
    events: [...repeat(6, (i) => tgt(i, { TargetUserName: `user${i}` })), ticket(60, 'DC01$')],
    techniqueIds: [],
  },
  {
    behavior: 'dcsync',
    name: 'by a person',
    events: [security(4662, 0, { SubjectUserName: 'e.lind', Properties: REPLICATE })],
    techniqueIds: ['T1003.006'],
  },
  {
    behavior: 'dcsync',
    name: 'by a domain controller',
    events: [security(4662, 0, { SubjectUserName: 'DC02$', Properties: REPLICATE })],
    techniqueIds: [],
  },
  {
    behavior: 'dcsync',
    name: 'another right',
    events: [
      security(4662, 0, {
        SubjectUserName: 'e.lind',
        Properties: '%%7684 {bf967aba-0de6-11d0-a285-00aa003049e2}',
      }),
    ],
    techniqueIds: [],
  },
  {
    behavior: 'dcshadow',
    name: 'names of a controller, and a server among the sites',
    events: [
      security(4742, 0, {
        SubjectUserName: 'e.lind',
        TargetUserName: 'WS05$',
        ServicePrincipalNames: 'HOST/ws05 GC/ws05.example.com/example.com',
      }),
      security(5137, 5, {
        SubjectUserName: 'e.lind',
        ObjectClass: 'server',
        ObjectDN: 'CN=WS05,CN=Servers,CN=Site,CN=Sites,CN=Configuration,DC=example,DC=com',
      }),
    ],
    techniqueIds: ['T1207'],
  },
  {
    behavior: 'dcshadow',
    name: 'a computer that changes its own names',
    events: [
      security(4742, 0, {
        SubjectUserName: 'DC03$',
        ServicePrincipalNames: 'GC/dc03.example.com/example.com',
      }),
    ],
    techniqueIds: [],
  },
  {
    behavior: 'dcshadow',
    name: 'a web name for a computer',
    events: [
      security(4742, 0, {
        SubjectUserName: 'e.lind',
        ServicePrincipalNames: 'HTTP/shop.example.com',
      }),
    ],
    techniqueIds: [],
  },
  {
    behavior: 'directory-enumeration',
    name: '6 groups over SAMR',
    events: repeat(6, (i) =>
      security(4661, i, {
        SubjectUserName: 'e.lind',
        ObjectType: 'SAM_GROUP',
        ObjectName: `${SID}-51${i}`,
      }),
    ),
    techniqueIds: ['T1069.002'],
  },
  {
    behavior: 'directory-enumeration',
    name: '20 users in the directory',
    events: repeat(20, (i) =>
      security(4662, i, {
        SubjectUserName: 'e.lind',
        ObjectType: '%{bf967aba-0de6-11d0-a285-00aa003049e2}',
        ObjectName: `%{${i}}`,
      }),
    ),
    techniqueIds: ['T1087.002'],
  },
  {
    behavior: 'directory-enumeration',
    name: 'one group, often',
    events: repeat(30, (i) =>
      security(4661, i, {
        SubjectUserName: 'e.lind',
        ObjectType: 'SAM_GROUP',
        ObjectName: `${SID}-512`,
      }),
    ),
    techniqueIds: [],
  },
  {
    behavior: 'directory-enumeration',
    name: '30 users, read by a computer',
    events: repeat(30, (i) =>
      security(4661, i, {
        SubjectUserName: 'EXCH01$',
        ObjectType: 'SAM_USER',
        ObjectName: `${SID}-${i}`,
      }),
    ),
    techniqueIds: [],
  },
  {
    behavior: 'temporary-account',
    name: '10 minutes',
    events: [created(0), deleted(600)],
    techniqueIds: ['T1136.001'],
  },
  {
    behavior: 'temporary-account',
    name: 'in AWS',
    events: [
      iam(0, 'CreateUser', { 'requestParameters.userName': 'tmp' }),
      iam(60, 'DeleteUser', { 'requestParameters.userName': 'tmp' }),
    ],
    techniqueIds: ['T1136.003'],
  },
  {
    behavior: 'temporary-account',
    name: '2 hours',
    events: [created(0), deleted((2 * HOUR) / SECOND)],
    techniqueIds: [],
  },
  {
    behavior: 'temporary-account',
    name: 'deleted, then made anew',
    events: [deleted(0), created(60)],
    techniqueIds: [],
  },
  {
    behavior: 'temporary-membership',
    name: 'administrator for a minute',
    events: [member(4732, 0, ADMINS), member(4733, 60, ADMINS)],
    techniqueIds: ['T1098.007'],
  },
  {
    behavior: 'temporary-membership',
    name: 'two groups',
    events: [member(4732, 0, ADMINS), member(4729, 60, SALES)],
    techniqueIds: [],
  },
  {
    behavior: 'privileged-account',
    name: 'new, and administrator',
    events: [created(0), member(4732, 60, ADMINS)],
    techniqueIds: ['T1098.007', 'T1136.001'],
  },
  {
    behavior: 'privileged-account',
    name: 'new, and in an ordinary group',
    events: [created(0), member(4728, 60, SALES)],
    techniqueIds: [],
  },
  {
    behavior: 'privileged-account',
    name: 'administrator a week later',
    events: [created(0), member(4732, (168 * HOUR) / SECOND, ADMINS)],
    techniqueIds: [],
  },
  {
    behavior: 'self-promotion',
    name: 'itself',
    events: [security(4728, 0, { ...ADMIN, ...SALES, MemberSid: ADMIN.SubjectUserSid })],
    techniqueIds: ['T1098.007'],
  },
  {
    behavior: 'self-promotion',
    name: 'somebody else',
    events: [member(4728, 0, SALES)],
    techniqueIds: [],
  },
  {
    behavior: 'remote-password-reset',
    name: 'over the samr pipe',
    events: [
      security(5145, 0, { ...ADMIN, RelativeTargetName: 'samr', IpAddress: '192.0.2.66' }),
      security(4724, 1, { ...ADMIN, TargetUserName: 'a.martin', TargetSid: `${SID}-1200` }),
    ],
    techniqueIds: ['T1098'],
  },
  {
    behavior: 'remote-password-reset',
    name: 'by the help desk, and used',
    events: [
      security(4724, 0, { ...ADMIN, TargetUserName: 'a.martin', TargetSid: `${SID}-1200` }),
      security(4624, 5 * (MINUTE / SECOND), { TargetUserName: 'a.martin', LogonType: 2 }),
    ],
    techniqueIds: [],
  },
  {
    behavior: 'remote-password-reset',
    name: 'by its owner',
    events: [security(4723, 0, { SubjectUserSid: `${SID}-1200`, TargetSid: `${SID}-1200` })],
    techniqueIds: [],
  },
  {
    behavior: 'sid-history',
    name: 'a SID of the own domain',
    events: [security(4765, 0, { SourceSid: `${SID}-512`, TargetSid: `${SID}-1200` })],
    techniqueIds: ['T1134.005'],
  },
  {
    behavior: 'sid-history',
    name: 'an account changed otherwise',
    events: [security(4738, 0, { SidHistory: '-', TargetSid: `${SID}-1200` })],
    techniqueIds: [],
  },
];
