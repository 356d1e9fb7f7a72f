import type { Reading } from '../reading.js';

/** An attempt to log on, whatever log tells of it. */
export interface LogonAttempt {
  readonly outcome: 'success' | 'bad-password' | 'unknown-account' | 'refused';
  /** Lower case, without domain. */
  readonly account: string;
  /** Address, workstation or process that it came from; empty when the log does not say. */
  readonly origin: string;
  readonly scope: 'windows' | 'kerberos' | 'ssh' | 'database' | 'cloud';
}

/** The logs that `readLogon` reads. */
export const LOGON_EVENTS = [
  { service: 'security', eventIds: [4624, 4625, 4768, 4771, 4776] },
  { service: 'openssh' },
  { service: 'sshd' },
  { service: 'application', eventIds: [18456, 33205] },
  { service: 'signinlogs' },
  { service: 'okta' },
  { service: 'cloudtrail' },
  { product: 'm365' },
  { service: 'google_workspace.login' },
] as const;

/** Fields of a logon that prove it, in any of those logs. */
export const LOGON_FIELDS = [
  'TargetUserName',
  'IpAddress',
  'WorkstationName',
  'Workstation',
  'LogonType',
  'Status',
  'SubStatus',
  'ProcessName',
  'payload',
  'message',
  'user',
  'src_ip',
  'userPrincipalName',
  'ipAddress',
  'ResultType',
  'eventType',
  'outcome.reason',
  'actor.alternateId',
  'client.ipAddress',
  'eventName',
  'sourceIPAddress',
  'errorMessage',
  'Operation',
  'UserId',
  'ClientIP',
  'actor.email',
] as const;

/** Undefined: no attempt of a person's account. */
export function readLogon(reading: Reading): LogonAttempt | undefined {
  const attempt = readAny(reading);
  if (attempt === undefined || attempt.account === '' || /\$$/.test(attempt.account))
    return undefined;
  return {
    ...attempt,
    account: attempt.account.slice(0, 128),
    origin: plainAddress(attempt.origin),
  };
}

function readAny(reading: Reading): LogonAttempt | undefined {
  if (reading.has('security')) return readWindows(reading);
  if (reading.has('openssh') || reading.has('sshd')) return readSsh(reading);
  if (reading.has('application')) return readDatabase(reading);
  return readCloud(reading);
}

// Source: Microsoft's pages of the events 4625, 4768, 4771 and 4776; NTSTATUS and RFC 4120 error codes.
const OUTCOME_OF_STATUS: ReadonlyMap<string, LogonAttempt['outcome']> = new Map<
  string,
  LogonAttempt['outcome']
>([
  ['0xc000006a', 'bad-password'],
  ['0xc000006d', 'bad-password'],
  ['0xc0000064', 'unknown-account'],
  ['0xc0000234', 'refused'],
  ['0xc0000072', 'refused'],
  ['0x18', 'bad-password'],
  ['0x6', 'unknown-account'],
  ['0x12', 'refused'],
  ['0x0', 'success'],
]);
const NOBODY =
  /^(system|local service|network service|anonymous logon|(dwm|umfd|sshd|font driver host)[-_ ]?\d*)$/;
// Interactive, network, unlock with a password, network in clear text, remote interactive: where somebody types or sends one.
const LOGON_TYPES = new Set(['', '2', '3', '7', '8', '10']);

function readWindows(reading: Reading): LogonAttempt | undefined {
  const account = reading.folded('TargetUserName').replace(/^.*\\|@.*$/g, '');
  if (NOBODY.test(account) || !LOGON_TYPES.has(reading.text('LogonType'))) return undefined;
  const scope = reading.eventId === 4768 || reading.eventId === 4771 ? 'kerberos' : 'windows';
  const base = {
    account,
    scope,
    origin: reading.folded('IpAddress', 'Workstation', 'WorkstationName'),
  } as const;
  if (reading.eventId === 4624) return { ...base, outcome: 'success' };
  const status = windowsStatus(reading);
  const outcome = status === undefined ? undefined : OUTCOME_OF_STATUS.get(status);
  // A success of 4776 is told again by the logon itself.
  if (outcome === undefined || (outcome === 'success' && reading.eventId === 4776))
    return undefined;
  const isRemote = reading.text('IpAddress') !== '';
  return isRemote || reading.eventId !== 4625
    ? { ...base, outcome }
    : { ...base, outcome, origin: reading.folded('ProcessName', 'WorkstationName') };
}

function windowsStatus(reading: Reading): string | undefined {
  const subStatus = reading.folded('SubStatus');
  const status = /^0x0*$/.test(subStatus) ? '' : subStatus;
  const text = status === '' ? reading.folded('Status', 'ErrorCode') : status;
  return text === '' ? undefined : text.replace(/^0x0+(?=[0-9a-f])/, '0x');
}

const SSH_FAILED =
  /^Failed \S{1,40} for (?:(?<unknown>invalid user|illegal user) )?(?<user>\S{0,128}) from (?<ip>\S{1,64})/;
const SSH_ACCEPTED = /^Accepted \S{1,40} for (?<user>\S{1,128}) from (?<ip>\S{1,64})/;

function readSsh(reading: Reading): LogonAttempt | undefined {
  const message = reading.text('payload', 'message', 'Message');
  const failed = SSH_FAILED.exec(message)?.groups;
  const accepted = failed === undefined ? SSH_ACCEPTED.exec(message)?.groups : undefined;
  const found = failed ?? accepted;
  if (found === undefined) return undefined;
  const base = {
    account: (found['user'] ?? '').toLowerCase(),
    origin: found['ip'] ?? '',
    scope: 'ssh',
  } as const;
  if (accepted !== undefined) return { ...base, outcome: 'success' };
  return {
    ...base,
    outcome: failed?.['unknown'] === undefined ? 'bad-password' : 'unknown-account',
  };
}

/** SQL Server: its audit's `LGIF` and `LGIS`, and the error log's 18456. */
function readDatabase(reading: Reading): LogonAttempt | undefined {
  const text = reading.text('Data');
  if (reading.eventId === 18_456)
    return {
      outcome: 'bad-password',
      account: text.toLowerCase(),
      origin: reading.host,
      scope: 'database',
    };
  const action = /(?:^|\n)action_id:(LGIF|LGIS)\s/.exec(text)?.[1];
  if (action === undefined) return undefined;
  const account = /(?:^|\n)server_principal_name:([^\n]{1,128})/
    .exec(text)?.[1]
    ?.trim()
    .toLowerCase();
  const address = /<address>([^<]{1,64})<\/address>/.exec(text)?.[1];
  return {
    outcome: action === 'LGIF' ? 'bad-password' : 'success',
    account: account === undefined || account === '' ? 'unknown' : account,
    origin: address ?? reading.host,
    scope: 'database',
  };
}

function readCloud(reading: Reading): LogonAttempt | undefined {
  if (reading.has('signinlogs')) return readEntra(reading);
  if (reading.has('okta')) return readOkta(reading);
  if (reading.has('cloudtrail')) return readConsole(reading);
  if (reading.has('google_workspace.login')) return readGoogle(reading);
  return readMicrosoft365(reading);
}

// Source: Microsoft Entra authentication error codes.
const OUTCOME_OF_ENTRA: ReadonlyMap<string, LogonAttempt['outcome']> = new Map<
  string,
  LogonAttempt['outcome']
>([
  ['0', 'success'],
  ['50126', 'bad-password'],
  ['50056', 'bad-password'],
  ['50034', 'unknown-account'],
  ['50053', 'refused'],
  ['50055', 'refused'],
  ['50057', 'refused'],
]);

function readEntra(reading: Reading): LogonAttempt | undefined {
  const outcome = OUTCOME_OF_ENTRA.get(reading.text('ResultType', 'status.errorCode'));
  if (outcome === undefined) return undefined;
  const account = reading.folded(
    'userPrincipalName',
    'UserPrincipalName',
    'properties.userPrincipalName',
  );
  const origin = reading.text('ipAddress', 'IPAddress', 'callerIpAddress', 'properties.ipAddress');
  return { outcome, account, origin, scope: 'cloud' };
}

function readOkta(reading: Reading): LogonAttempt | undefined {
  if (!/^user\.(session\.start|authentication\.auth)$/.test(reading.text('eventType')))
    return undefined;
  const isSuccess = reading.folded('outcome.result') === 'success';
  return {
    outcome: isSuccess ? 'success' : 'bad-password',
    account: reading.folded('actor.alternateId'),
    origin: reading.text('client.ipAddress'),
    scope: 'cloud',
  };
}

function readConsole(reading: Reading): LogonAttempt | undefined {
  if (reading.text('eventName') !== 'ConsoleLogin') return undefined;
  const isUnknown = /no username found/i.test(reading.text('errorMessage'));
  const failure = isUnknown ? 'unknown-account' : 'bad-password';
  return {
    outcome: reading.folded('status') === 'success' ? 'success' : failure,
    account: reading.folded(
      'userIdentity.userName',
      'userIdentity.principalId',
      'userIdentity.type',
    ),
    origin: reading.text('sourceIPAddress'),
    scope: 'cloud',
  };
}

function readGoogle(reading: Reading): LogonAttempt | undefined {
  const name = reading.text('eventName', 'events.name');
  if (name !== 'login_failure' && name !== 'login_success') return undefined;
  const outcome = name === 'login_success' ? 'success' : 'bad-password';
  return {
    outcome,
    account: reading.folded('actor.email'),
    origin: reading.text('ipAddress'),
    scope: 'cloud',
  };
}

function readMicrosoft365(reading: Reading): LogonAttempt | undefined {
  const operation = reading.text('Operation');
  if (operation !== 'UserLoginFailed' && operation !== 'UserLoggedIn') return undefined;
  const isUnknown = /UserAccountNotFound|IdsInvalidUser/.test(reading.text('LogonError'));
  const failure = isUnknown ? 'unknown-account' : 'bad-password';
  return {
    outcome: operation === 'UserLoggedIn' ? 'success' : failure,
    account: reading.folded('UserId'),
    origin: reading.text('ClientIP', 'ActorIpAddress'),
    scope: 'cloud',
  };
}

/** Without what marks IPv4 in IPv6, and without a port. */
function plainAddress(address: string): string {
  const plain = address
    .slice(0, 128)
    .toLowerCase()
    .replace(/^::ffff:/, '');
  return /^[\d.]+:\d+$/.test(plain) ? plain.replace(/:\d+$/, '') : plain;
}
