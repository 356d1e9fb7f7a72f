import type { BehaviorEvent } from '../../../src/behaviors/index.js';
import { productEvent, windowsEvent } from '../make-event.js';
import { type BehaviorCase, HOUR, MINUTE, repeat, SECOND, START } from './behavior-case.js';

function failure(seconds: number, account: string, address = '192.0.2.66'): BehaviorEvent {
  const fields = {
    TargetUserName: account,
    IpAddress: address,
    LogonType: 3,
    Status: '0xc000006d',
    SubStatus: '0xc000006a',
  };
  return windowsEvent('security', 4625, {
    time: START + seconds * SECOND,
    host: 'FILES01',
    fields,
  });
}

function success(seconds: number, account: string, address = '192.0.2.66'): BehaviorEvent {
  const fields = { TargetUserName: account, IpAddress: address, LogonType: 3 };
  return windowsEvent('security', 4624, {
    time: START + seconds * SECOND,
    host: 'FILES01',
    fields,
  });
}

function ssh(seconds: number, message: string): BehaviorEvent {
  return productEvent('linux', 'sshd', {
    time: START + seconds * SECOND,
    host: 'web01',
    fields: { message },
  });
}

function signIn(minutes: number, fields: Readonly<Record<string, string | number>>): BehaviorEvent {
  const account = { userPrincipalName: 'e.lind@example.com' };
  return productEvent('azure', 'signinlogs', {
    time: START + minutes * MINUTE,
    host: 'tenant',
    fields: { ...account, ...fields },
  });
}

function place(
  minutes: number,
  address: string,
  [latitude, longitude]: readonly [number, number],
): BehaviorEvent {
  return signIn(minutes, {
    ipAddress: address,
    ResultType: '0',
    'location.geoCoordinates.latitude': latitude,
    'location.geoCoordinates.longitude': longitude,
  });
}

function explicit(seconds: number, target: string, server: string): BehaviorEvent {
  const fields = { SubjectUserName: 'e.lind', TargetUserName: target, TargetServerName: server };
  return windowsEvent('security', 4648, { time: START + seconds * SECOND, host: 'WS05', fields });
}

const newCredentials = windowsEvent('security', 4624, {
  time: START,
  host: 'WS05',
  fields: { LogonType: 9, LogonProcessName: 'seclogo', TargetUserName: 'e.lind', IpAddress: '::1' },
});

function lsass(access: string): BehaviorEvent {
  const fields = {
    TargetImage: 'C:\\Windows\\System32\\lsass.exe',
    SourceImage: 'C:\\Users\\x.exe',
    GrantedAccess: access,
  };
  return windowsEvent('sysmon', 10, { time: START + 2 * SECOND, host: 'WS05', fields });
}

const SUBJECT = {
  SubjectUserSid: 'S-1-5-21-1004336348-1177238915-682003330-1200',
  SubjectUserName: 'e.lind',
};

function session(fields: Readonly<Record<string, string | number>>): BehaviorEvent {
  const made = { ...SUBJECT, TargetUserName: 'svc-sql', TargetLogonId: '0xabc123', LogonType: 2 };
  const logon = { ...made, LogonProcessName: 'Advapi', ...fields };
  return windowsEvent('security', 4624, { time: START, host: 'WS05', fields: logon });
}

const inSession = windowsEvent('security', 4688, {
  time: START + SECOND,
  host: 'WS05',
  fields: { Image: 'C:\\Windows\\System32\\cmd.exe', TargetLogonId: '0xabc123' },
});

export const LOGON_CASES: readonly BehaviorCase[] = [
  {
    behavior: 'run-as-other',
    name: 'made by a program',
    events: [session({}), inSession],
    techniqueIds: ['T1134.002'],
  },
  {
    behavior: 'run-as-other',
    name: 'the same account',
    events: [session({ TargetUserName: 'E.Lind' }), inSession],
    techniqueIds: [],
  },
  {
    behavior: 'run-as-other',
    name: 'made by the machine',
    events: [session({ SubjectUserSid: 'S-1-5-18', SubjectUserName: 'WS05$' }), inSession],
    techniqueIds: [],
  },
  {
    behavior: 'run-as-other',
    name: 'nothing started in it',
    events: [session({})],
    techniqueIds: [],
  },
  {
    behavior: 'password-guessing',
    name: '5 failures in 40 s',
    events: repeat(5, (i) => failure(i * 10, 'a.martin')),
    techniqueIds: ['T1110.001'],
  },
  {
    behavior: 'password-guessing',
    name: '5 failed passwords over SSH',
    events: repeat(5, (i) => ssh(i, 'Failed password for root from 198.51.100.7 port 4022 ssh2')),
    techniqueIds: ['T1110.001'],
  },
  {
    behavior: 'password-guessing',
    name: '10 sign-ins refused in 9 minutes',
    events: repeat(10, (i) => signIn(i * 0.95, { ResultType: '50126', ipAddress: '198.51.100.7' })),
    techniqueIds: ['T1110.001'],
  },
  {
    behavior: 'password-guessing',
    name: '4 failures in 40 s',
    events: repeat(4, (i) => failure(i * 10, 'a.martin')),
    techniqueIds: [],
  },
  {
    behavior: 'password-guessing',
    name: '9 failures, one each 2 minutes',
    events: repeat(9, (i) => failure(i * 120, 'a.martin')),
    techniqueIds: [],
  },
  {
    behavior: 'password-guessing',
    name: 'failures of a computer account',
    events: repeat(20, (i) => failure(i, 'ws01$')),
    techniqueIds: [],
  },
  {
    behavior: 'password-spraying',
    name: '5 accounts in 50 s',
    events: repeat(5, (i) => failure(i * 10, `user${i}`)),
    techniqueIds: ['T1110.003'],
  },
  {
    behavior: 'password-spraying',
    name: '25 accounts in 8 hours',
    events: repeat(25, (i) => failure(i * 1_200, `user${i}`)),
    techniqueIds: ['T1110.003'],
  },
  {
    behavior: 'password-spraying',
    name: '5 accounts from 5 addresses',
    events: repeat(5, (i) => failure(i * 10, `user${i}`, `192.0.2.${i}`)),
    techniqueIds: [],
  },
  {
    behavior: 'password-spraying',
    name: '9 accounts in 9 minutes',
    events: repeat(9, (i) => failure(i * 60, `user${i}`)),
    techniqueIds: [],
  },
  {
    behavior: 'credential-stuffing',
    name: '20 names, 10 unknown',
    events: repeat(20, (i) =>
      ssh(
        i * 5,
        `Failed password for ${i % 2 ? 'invalid user ' : ''}name${i} from 198.51.100.7 port 4022 ssh2`,
      ),
    ),
    techniqueIds: ['T1110.004'],
  },
  {
    behavior: 'credential-stuffing',
    name: '20 names, all known',
    events: repeat(20, (i) =>
      ssh(i * 5, `Failed password for name${i} from 198.51.100.7 port 4022 ssh2`),
    ),
    techniqueIds: [],
  },
  {
    behavior: 'guessed-logon',
    name: 'success after 6 failures',
    events: [...repeat(6, (i) => failure(i * 5, 'a.martin')), success(60, 'A.Martin')],
    techniqueIds: ['T1078', 'T1110.001'],
  },
  {
    behavior: 'guessed-logon',
    name: 'success after failures of 6 others',
    events: [...repeat(6, (i) => failure(i * 5, `user${i}`)), success(60, 'a.martin')],
    techniqueIds: ['T1078', 'T1110.003'],
  },
  {
    behavior: 'guessed-logon',
    name: 'success after 3 failures',
    events: [...repeat(3, (i) => failure(i * 5, 'a.martin')), success(60, 'a.martin')],
    techniqueIds: [],
  },
  {
    behavior: 'guessed-logon',
    name: 'success an hour later',
    events: [...repeat(6, (i) => failure(i * 5, 'a.martin')), success(3_700, 'a.martin')],
    techniqueIds: [],
  },
  {
    behavior: 'guessed-logon',
    name: 'success from elsewhere',
    events: [
      ...repeat(6, (i) => failure(i * 5, 'a.martin')),
      success(60, 'a.martin', '192.0.2.10'),
    ],
    techniqueIds: [],
  },
  {
    behavior: 'explicit-credentials',
    name: '5 servers',
    events: repeat(5, (i) => explicit(i * 60, 'adm.lind', `SRV${i}`)),
    techniqueIds: ['T1078'],
  },
  {
    behavior: 'explicit-credentials',
    name: '5 accounts',
    events: repeat(5, (i) => explicit(i * 60, `user${i}`, 'SRV1')),
    techniqueIds: ['T1110.003'],
  },
  {
    behavior: 'explicit-credentials',
    name: '4 servers',
    events: repeat(4, (i) => explicit(i * 60, 'adm.lind', `SRV${i}`)),
    techniqueIds: [],
  },
  {
    behavior: 'pass-the-hash',
    name: 'session and write into LSASS',
    events: [newCredentials, lsass('0x1038')],
    techniqueIds: ['T1550.002'],
  },
  {
    behavior: 'pass-the-hash',
    name: 'only the write, by a security agent',
    events: [lsass('0x1038')],
    techniqueIds: [],
  },
  {
    behavior: 'pass-the-hash',
    name: 'network logon',
    events: [success(0, 'a.martin'), lsass('0x1010')],
    techniqueIds: [],
  },
  {
    behavior: 'impossible-travel',
    name: 'Berlin and Sydney in an hour',
    events: [place(0, '203.0.113.5', [52.5, 13.4]), place(60, '198.51.100.7', [-33.9, 151.2])],
    techniqueIds: ['T1078.004'],
  },
  {
    behavior: 'impossible-travel',
    name: 'two countries in half an hour, without coordinates',
    events: [
      signIn(0, { ipAddress: '203.0.113.5', ResultType: '0', 'location.countryOrRegion': 'DE' }),
      signIn(30, { ipAddress: '198.51.100.7', ResultType: '0', 'location.countryOrRegion': 'BR' }),
    ],
    techniqueIds: ['T1078.004'],
  },
  {
    behavior: 'impossible-travel',
    name: 'Berlin and Sydney in a day',
    events: [place(0, '203.0.113.5', [52.5, 13.4]), place(1_440, '198.51.100.7', [-33.9, 151.2])],
    techniqueIds: [],
  },
  {
    behavior: 'impossible-travel',
    name: 'Berlin and Potsdam in a minute',
    events: [place(0, '203.0.113.5', [52.5, 13.4]), place(1, '198.51.100.7', [52.4, 13.1])],
    techniqueIds: [],
  },
  {
    behavior: 'mfa-fatigue',
    name: '5 pushes denied',
    events: repeat(5, (i) =>
      productEvent('okta', 'okta', {
        time: START + i * MINUTE,
        fields: {
          eventType: 'user.mfa.okta_verify.deny_push',
          'actor.alternateId': 'e.lind@example.com',
        },
      }),
    ),
    techniqueIds: ['T1621'],
  },
  {
    behavior: 'mfa-fatigue',
    name: '3 factors failed',
    events: repeat(3, (i) => signIn(i, { ResultType: '500121' })),
    techniqueIds: [],
  },
  {
    behavior: 'mfa-fatigue',
    name: '5 in 5 hours',
    events: repeat(5, (i) => signIn((i * HOUR) / MINUTE, { ResultType: '500121' })),
    techniqueIds: [],
  },
];
