/** A message that a program writes, by its form; its named groups are fields. */
export interface ProgramMessage {
  readonly form: RegExp;
  /** Fields that the form itself tells. */
  readonly fields?: Readonly<Record<string, string>>;
  /** Sigma category of what happened. */
  readonly category?: string;
}

const FROM = String.raw`from (?<src_ip>[0-9A-Fa-f.:]{3,45}|UNKNOWN)(?: port (?<src_port>\d{1,5}))?`;

// Source: the messages in the sources of OpenSSH, sudo, cron, shadow, PAM and systemd. Each form is anchored and has no
// two parts in a row that match the same text.
const AUTHENTICATION: readonly ProgramMessage[] = [
  {
    form: new RegExp(String.raw`^Accepted (?<method>\S{1,40}) for (?<user>\S{1,256}) ${FROM}`),
    fields: { action: 'login', outcome: 'success' },
  },
  {
    form: new RegExp(
      String.raw`^Failed (?<method>\S{1,40}) for (?:invalid user |illegal user )?(?<user>\S{0,256}) ${FROM}`,
    ),
    fields: { action: 'login', outcome: 'failure' },
  },
  {
    form: new RegExp(String.raw`^(?:Invalid|Illegal) user (?<user>\S{0,256}) ${FROM}`),
    fields: { action: 'login', outcome: 'failure' },
  },
  {
    form: /^pam_unix\((?<service>[^):]{1,60}):(?<pam>\w{1,20})\): session (?<action>opened|closed) for user (?<user>[^\s(]{1,256})/,
  },
  {
    form: /^pam_\w{1,30}\((?<service>[^):]{1,60}):auth\): authentication failure;.{0,400}?\brhost=(?<src_ip>\S{0,255})(?:\s+user=(?<user>\S{1,256}))?/,
    fields: { action: 'login', outcome: 'failure' },
  },
];

const SUDO: readonly ProgramMessage[] = [
  {
    form: /^\s*(?<user>\S{1,256}) : (?:(?<reason>[^;=]{1,200}) ; )?TTY=(?<TTY>[^;]{1,64}) ; PWD=(?<PWD>[^;]{0,4096}) ; USER=(?<USER>[^;]{1,256}) ; (?:GROUP=(?<GROUP>[^;]{1,256}) ; )?(?:TSID=\S{1,20} ; )?(?:ENV=(?<ENV>[^;]{0,4096}) ; )?COMMAND=(?<COMMAND>[\s\S]*)$/,
  },
];

const ACCOUNTS: readonly ProgramMessage[] = [
  {
    form: /^new user: name=(?<user>[^,]{1,256}), UID=(?<uid>\d{1,10}), GID=(?<gid>\d{1,10}), home=(?<home>[^,]{0,4096}), shell=(?<shell>[^,]{0,4096})/,
    fields: { action: 'user added' },
  },
  {
    form: /^new group: name=(?<group>[^,]{1,256}), GID=(?<gid>\d{1,10})/,
    fields: { action: 'group added' },
  },
  {
    form: /^delete user '(?<user>[^']{1,256})'/,
    fields: { action: 'user deleted' },
  },
  {
    form: /^add '(?<user>[^']{1,256})' to (?:shadow )?group '(?<group>[^']{1,256})'/,
    fields: { action: 'added to group' },
  },
  {
    form: /^pam_unix\((?:passwd|chpasswd):chauthtok\): password changed for (?<user>\S{1,256})/,
    fields: { action: 'password changed' },
  },
];

const CRON: readonly ProgramMessage[] = [
  {
    form: /^\((?<user>[^)]{1,256})\) CMD \(\s*(?<CommandLine>[\s\S]*)\)\s*$/,
    category: 'process_creation',
  },
  { form: /^\((?<user>[^)]{1,256})\) (?<action>[A-Z][A-Z ]{2,30}) \((?<detail>[^)]{0,4096})\)/ },
];

const SYSTEMD: readonly ProgramMessage[] = [
  {
    form: /^(?<action>Started|Starting|Stopped|Stopping|Reloaded|Created slice|Removed slice) (?<unit>.{1,256}?)\.{0,3}$/,
  },
];

const SU: readonly ProgramMessage[] = [
  {
    form: /^(?:Successful su for|\(to) (?<USER>[^\s)]{1,256})\)? (?:by )?(?<user>\S{1,256})(?: on (?<TTY>\S{1,64}))?/,
  },
  {
    form: /^FAILED su for (?<USER>\S{1,256}) by (?<user>\S{1,256})/,
    fields: { outcome: 'failure' },
  },
  { form: /^[+-] (?<TTY>\S{1,64}) (?<user>[^:\s]{1,256}):(?<USER>\S{1,256})$/ },
];

const FIREWALL: readonly ProgramMessage[] = [
  {
    form: /^(?:\[\s*[\d.]{1,20}\] )?\[?(?<prefix>[^\]=]{0,60}?)\]? ?IN=(?<IN>\S{0,32}) OUT=(?<OUT>\S{0,32}) .{0,300}?SRC=(?<src_ip>\S{1,45}) DST=(?<dst_ip>\S{1,45}) .{0,200}?PROTO=(?<protocol>\S{1,10})(?: SPT=(?<src_port>\d{1,5}) DPT=(?<dst_port>\d{1,5}))?/,
    category: 'firewall',
  },
];

/** Program, lower case → the forms of its messages; the first that fits counts. */
export const PROGRAM_MESSAGES: Readonly<Record<string, readonly ProgramMessage[]>> = {
  anacron: CRON,
  chpasswd: ACCOUNTS,
  cron: [...CRON, ...AUTHENTICATION],
  crond: [...CRON, ...AUTHENTICATION],
  groupadd: ACCOUNTS,
  kernel: FIREWALL,
  login: AUTHENTICATION,
  passwd: ACCOUNTS,
  sshd: AUTHENTICATION,
  'sshd-session': AUTHENTICATION,
  su: [...SU, ...AUTHENTICATION],
  sudo: [...SUDO, ...AUTHENTICATION],
  systemd: SYSTEMD,
  'systemd-logind': AUTHENTICATION,
  useradd: ACCOUNTS,
  userdel: ACCOUNTS,
  usermod: ACCOUNTS,
};
