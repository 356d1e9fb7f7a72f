import type { Reading } from '../reading.js';

/** A change to an account or to a group's members, whatever log tells of it. */
export interface AccountChange {
  readonly kind: 'created' | 'deleted' | 'member-added' | 'member-removed' | 'password-reset';
  readonly scope: 'windows' | 'linux' | 'cloud';
  /** The account: a SID where the log has one, else its name in lower case. */
  readonly account: string;
  /** Who did it, in the same form as `account`. */
  readonly actor: string;
  /** The group or policy, for changes of members. */
  readonly group: string;
  readonly isPrivileged: boolean;
}

export const ACCOUNT_EVENTS = [
  {
    service: 'security',
    eventIds: [4720, 4723, 4724, 4726, 4728, 4729, 4732, 4733, 4741, 4743, 4756, 4757],
  },
  { service: 'auth' },
  { service: 'cloudtrail' },
] as const;

export const ACCOUNT_FIELDS = [
  'TargetUserName',
  'TargetSid',
  'MemberName',
  'MemberSid',
  'SubjectUserName',
  'SubjectUserSid',
  'message',
  'eventName',
  'requestParameters.userName',
  'requestParameters.groupName',
  'requestParameters.policyArn',
] as const;

const KIND_OF_EVENT: ReadonlyMap<number, AccountChange['kind']> = new Map<
  number,
  AccountChange['kind']
>([
  [4720, 'created'],
  [4741, 'created'],
  [4726, 'deleted'],
  [4743, 'deleted'],
  [4728, 'member-added'],
  [4732, 'member-added'],
  [4756, 'member-added'],
  [4729, 'member-removed'],
  [4733, 'member-removed'],
  [4757, 'member-removed'],
  [4723, 'password-reset'],
  [4724, 'password-reset'],
]);

// Administrators, account, server, print and backup operators; domain, schema and enterprise administrators, policy
// creators, key administrators, remote desktop and management users. Source: Microsoft, well-known SIDs.
const PRIVILEGED_SID =
  /^S-1-5-32-(544|548|549|550|551|555|580)$|^S-1-5-21-[\d-]+-(512|518|519|520|526|527)$/;
const PRIVILEGED_NAME =
  /^(administrators|domain admins|enterprise admins|schema admins|sudo|wheel|root|adm|docker|lxd|admin)$/;

export function readAccountChange(reading: Reading): AccountChange | undefined {
  if (reading.has('security')) return readWindowsChange(reading);
  if (reading.has('cloudtrail')) return readCloudChange(reading);
  return readLinuxChange(reading);
}

function readWindowsChange(reading: Reading): AccountChange | undefined {
  const kind = KIND_OF_EVENT.get(reading.eventId ?? 0);
  if (kind === undefined) return undefined;
  const isOfMember = kind === 'member-added' || kind === 'member-removed';
  const sid = reading.text('TargetSid');
  const name = reading.folded('TargetUserName');
  return {
    kind,
    scope: 'windows',
    account: isOfMember ? reading.text('MemberSid', 'MemberName') : sid || name,
    actor: reading.text('SubjectUserSid', 'SubjectUserName'),
    group: isOfMember ? sid || name : '',
    isPrivileged: isOfMember && (PRIVILEGED_SID.test(sid) || PRIVILEGED_NAME.test(name)),
  };
}

function readLinuxChange(reading: Reading): AccountChange | undefined {
  const kind = LINUX_ACTIONS.get(reading.text('action'));
  const account = reading.folded('user', 'name');
  if (kind === undefined || account === '') return undefined;
  const group = reading.folded('group');
  return {
    kind,
    scope: 'linux',
    account,
    actor: '',
    group,
    isPrivileged: PRIVILEGED_NAME.test(group),
  };
}

const LINUX_ACTIONS: ReadonlyMap<string, AccountChange['kind']> = new Map<
  string,
  AccountChange['kind']
>([
  ['user added', 'created'],
  ['user deleted', 'deleted'],
  ['added to group', 'member-added'],
]);

const CLOUD_ACTIONS: ReadonlyMap<string, AccountChange['kind']> = new Map<
  string,
  AccountChange['kind']
>([
  ['CreateUser', 'created'],
  ['DeleteUser', 'deleted'],
  ['AddUserToGroup', 'member-added'],
  ['RemoveUserFromGroup', 'member-removed'],
  ['AttachUserPolicy', 'member-added'],
  ['DetachUserPolicy', 'member-removed'],
]);

function readCloudChange(reading: Reading): AccountChange | undefined {
  const kind = CLOUD_ACTIONS.get(reading.text('eventName'));
  const account = reading.folded('requestParameters.userName');
  if (kind === undefined || account === '' || reading.text('status') === 'failure')
    return undefined;
  const group = reading.folded('requestParameters.policyArn', 'requestParameters.groupName');
  return {
    kind,
    scope: 'cloud',
    account,
    actor: reading.folded('userIdentity.userName', 'userIdentity.arn'),
    group,
    isPrivileged: /administratoraccess|poweruseraccess|iamfullaccess|^admin(istrator)?s?$/.test(
      group,
    ),
  };
}
