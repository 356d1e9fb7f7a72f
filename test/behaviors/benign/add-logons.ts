import { productEvent, windowsEvent } from '../make-event.js';
import { CONTROLLERS, DOMAIN_SID, HOUR, MINUTE, type Person, SERVERS, type Site } from './site.js';

/** A day of signing in: at the desk, at servers, as services; some passwords mistyped. */
export function addLogons(site: Site, dayMs: number): void {
  const { random, people } = site;
  for (const person of people) {
    const startMs = dayMs + 8 * HOUR + random.between(0, 90) * MINUTE;
    if (random.chance(0.15)) addTypos(site, person, startMs - 2 * MINUTE);
    addLogon(site, person, startMs);
    addTickets(site, person, startMs);
    for (let unlock = 0; unlock < 4; unlock += 1)
      logon(
        site,
        { host: person.host, time: startMs + random.between(1, 8 * 60) * MINUTE },
        {
          TargetUserName: person.name,
          LogonType: 7,
          IpAddress: '-',
        },
      );
    for (let visit = 0; visit < 12; visit += 1)
      logon(
        site,
        { host: random.pick(SERVERS), time: startMs + random.between(1, 8 * 60) * MINUTE },
        {
          TargetUserName: person.name,
          TargetLogonId: `0x${random.between(0x10_0000, 0xff_ffff).toString(16)}`,
          LogonType: 3,
          IpAddress: person.address,
          AuthenticationPackageName: 'Kerberos',
        },
      );
  }
  for (const host of [...SERVERS, ...CONTROLLERS])
    for (let hour = 0; hour < 24; hour += 1)
      logon(
        site,
        { host: host, time: dayMs + hour * HOUR + random.between(0, 3_000) * 1_000 },
        {
          TargetUserName: 'SYSTEM',
          LogonType: 5,
          IpAddress: '-',
        },
      );
  addAdministration(site, dayMs);
}

type Fields = Parameters<typeof windowsEvent>[2]['fields'];

interface Place {
  readonly host: string;
  readonly time: number;
}

function logon({ add }: Site, { host, time }: Place, fields: Fields): void {
  add(
    windowsEvent('security', 4624, {
      time,
      host,
      fields: { LogonProcessName: 'User32', ...fields },
    }),
  );
}

function addTypos({ add, random }: Site, person: Person, startMs: number): void {
  const count = random.between(1, 3);
  for (let typo = 0; typo < count; typo += 1) {
    const time = startMs + typo * 15_000;
    const fields = {
      TargetUserName: person.name,
      IpAddress: '127.0.0.1',
      LogonType: 2,
      Status: '0xc000006d',
      SubStatus: '0xc000006a',
    };
    add(windowsEvent('security', 4625, { time, host: person.host, fields }));
    const ticket = {
      TargetUserName: person.name,
      IpAddress: `::ffff:${person.address}`,
      Status: '0x18',
    };
    add(windowsEvent('security', 4771, { time, host: 'DC01', fields: ticket }));
  }
}

function addLogon(site: Site, person: Person, time: number): void {
  logon(
    site,
    { host: person.host, time: time },
    {
      TargetUserName: person.name,
      LogonType: 2,
      IpAddress: '127.0.0.1',
    },
  );
  site.add(
    windowsEvent('security', 4768, {
      time,
      host: 'DC01',
      fields: {
        TargetUserName: person.name,
        Status: '0x0',
        PreAuthType: '2',
        TicketEncryptionType: '0x12',
        IpAddress: `::ffff:${person.address}`,
      },
    }),
  );
}

/** What a desk asks for in the morning, and a business application later. */
function addTickets({ add, random }: Site, person: Person, startMs: number): void {
  const services = [
    'DC01$',
    'krbtgt',
    'FILES01$',
    'PRINT01$',
    ...(random.chance(0.5) ? ['svc-sql'] : []),
  ];
  for (const [place, service] of services.entries())
    add(
      windowsEvent('security', 4769, {
        time: startMs + place * 4_000,
        host: random.pick(CONTROLLERS),
        fields: {
          TargetUserName: `${person.name}@EXAMPLE.COM`,
          TargetDomainName: 'EXAMPLE.COM',
          ServiceName: service,
          TicketEncryptionType: '0x12',
          Status: '0x0',
          IpAddress: `::ffff:${person.address}`,
        },
      }),
    );
}

/** A new colleague, a forgotten password, a group, replication, a server looked after over Remote Desktop. */
function addAdministration(site: Site, dayMs: number): void {
  const { add, random, people } = site;
  const admin = { SubjectUserName: 'adm.lind', SubjectUserSid: `${DOMAIN_SID}-1105` };
  const day = Math.floor(dayMs / (24 * HOUR));
  const created = `${DOMAIN_SID}-${2_000 + (day % 1_000)}`;
  const time = dayMs + 10 * HOUR;
  const security = (eventId: number, at: number, fields: Fields): void =>
    add(
      windowsEvent('security', eventId, {
        time: at,
        host: 'DC01',
        fields: { ...admin, ...fields },
      }),
    );
  security(4720, time, { TargetUserName: `new${day}`, TargetSid: created });
  security(4728, time + 20 * MINUTE, {
    TargetUserName: 'Sales',
    TargetSid: `${DOMAIN_SID}-1300`,
    MemberSid: created,
  });
  const [forgetful] = people;
  if (forgetful !== undefined && random.chance(0.7)) {
    security(4724, time + HOUR, { TargetUserName: forgetful.name, TargetSid: forgetful.sid });
    logon(
      site,
      { host: forgetful.host, time: time + HOUR + 5 * MINUTE },
      {
        TargetUserName: forgetful.name,
        LogonType: 2,
        IpAddress: '127.0.0.1',
      },
    );
  }
  for (let hour = 0; hour < 24; hour += 1)
    add(
      windowsEvent('security', 4662, {
        time: dayMs + hour * HOUR,
        host: 'DC01',
        fields: {
          SubjectUserName: 'DC02$',
          ObjectType: '%{19195a5b-6da0-11d0-afd3-00c04fd930c9}',
          Properties: '%%7688 {1131f6aa-9c07-11d1-f79f-00c04fc2dcd2}',
        },
      }),
    );
  logon(
    site,
    { host: 'APP01', time: dayMs + 14 * HOUR },
    {
      TargetUserName: 'adm.lind',
      LogonType: 10,
      IpAddress: '192.0.2.90',
    },
  );
  for (let use = 0; use < 3; use += 1)
    add(
      windowsEvent('security', 4648, {
        time: dayMs + (9 + use) * HOUR,
        host: 'WS05',
        fields: {
          SubjectUserName: 'e.lind',
          TargetUserName: 'adm.lind',
          TargetServerName: random.pick(SERVERS),
        },
      }),
    );
  for (let login = 0; login < 10; login += 1)
    add(
      productEvent('linux', 'sshd', {
        time: dayMs + random.between(8 * 60, 18 * 60) * MINUTE,
        host: 'web01',
        fields: {
          message: `Accepted publickey for deploy from 192.0.2.${random.between(90, 92)} port ${random.between(40_000, 60_000)} ssh2`,
        },
      }),
    );
}
