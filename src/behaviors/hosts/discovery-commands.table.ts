/** A command that only looks: its program, what its arguments hold, and the technique. The first that fits counts. */
export interface DiscoveryCommand {
  readonly programs: readonly string[];
  /** In the arguments, lower case. Default any. */
  readonly args?: RegExp;
  /** Not in the arguments. */
  readonly unless?: RegExp;
  readonly techniqueId: string;
}

const NET = ['net', 'net1'];

// Source: ATT&CK 19.1, the commands that its discovery techniques name; Microsoft's and GNU's manuals.
export const DISCOVERY_COMMANDS: readonly DiscoveryCommand[] = [
  { programs: NET, args: /^users?\b.*\/dom/, unless: /\/add|\/del/, techniqueId: 'T1087.002' },
  { programs: NET, args: /^users?\b/, unless: /\/add|\/del|\/active/, techniqueId: 'T1087.001' },
  { programs: NET, args: /^localgroup\b/, unless: /\/add|\/del/, techniqueId: 'T1069.001' },
  { programs: NET, args: /^group\b/, unless: /\/add|\/del/, techniqueId: 'T1069.002' },
  { programs: NET, args: /^accounts\b/, unless: /\/(min|max|lock|unique)/, techniqueId: 'T1201' },
  { programs: NET, args: /^view\b.*\\\\/, techniqueId: 'T1135' },
  { programs: NET, args: /^share\s*$/, techniqueId: 'T1135' },
  { programs: NET, args: /^view\b/, techniqueId: 'T1018' },
  { programs: NET, args: /^(session|use\s*$)/, techniqueId: 'T1049' },
  { programs: NET, args: /^start\s*$/, techniqueId: 'T1007' },
  { programs: NET, args: /^time\b/, techniqueId: 'T1124' },
  { programs: ['nltest'], args: /trust/, techniqueId: 'T1482' },
  { programs: ['nltest'], techniqueId: 'T1018' },
  { programs: ['dsquery', 'adfind'], args: /trust/, techniqueId: 'T1482' },
  { programs: ['dsquery', 'adfind'], args: /computer/, techniqueId: 'T1018' },
  { programs: ['dsquery', 'adfind'], args: /group/, techniqueId: 'T1069.002' },
  { programs: ['dsquery', 'adfind'], techniqueId: 'T1087.002' },
  {
    programs: ['whoami', 'quser', 'qwinsta', 'who', 'w', 'id', 'last', 'logname'],
    techniqueId: 'T1033',
  },
  { programs: ['query'], args: /^(user|session)/, techniqueId: 'T1033' },
  {
    programs: ['ipconfig', 'ifconfig', 'getmac', 'nbtstat', 'route', 'resolvectl'],
    techniqueId: 'T1016',
  },
  { programs: ['arp'], techniqueId: 'T1016' },
  {
    programs: ['ip'],
    args: /^(-\S+ )?(a|addr|address|r|route|link|neigh)\b/,
    unless: /\b(add|del|set|replace)\b/,
    techniqueId: 'T1016',
  },
  { programs: ['netsh'], args: /\bshow\b/, techniqueId: 'T1016' },
  {
    programs: ['systeminfo', 'hostname', 'uname', 'hostnamectl', 'lscpu', 'sw_vers', 'lsb_release'],
    techniqueId: 'T1082',
  },
  {
    programs: ['cat', 'head', 'more'],
    args: /\/etc\/(os-release|issue|[a-z]+-release)/,
    techniqueId: 'T1082',
  },
  {
    programs: ['wmic'],
    args: /\b(os|computersystem|logicaldisk|bios|cpu)\b.*\b(get|list)\b/,
    techniqueId: 'T1082',
  },
  { programs: ['tasklist'], args: /\/svc/, techniqueId: 'T1007' },
  { programs: ['tasklist', 'qprocess', 'ps', 'pstree'], techniqueId: 'T1057' },
  { programs: ['wmic'], args: /\bprocess\b.*\b(get|list)\b/, techniqueId: 'T1057' },
  { programs: ['wmic'], args: /\b(product|qfe)\b.*\b(get|list)\b/, techniqueId: 'T1518' },
  { programs: ['wmic'], args: /\buseraccount\b.*\b(get|list)\b/, techniqueId: 'T1087.001' },
  { programs: ['wmic'], args: /\bservice\b.*\b(get|list)\b/, techniqueId: 'T1007' },
  { programs: ['netstat', 'ss', 'lsof'], techniqueId: 'T1049' },
  { programs: ['sc'], args: /^(\\\\\S+ )?query/, techniqueId: 'T1007' },
  { programs: ['systemctl'], args: /list-unit/, techniqueId: 'T1007' },
  { programs: ['reg'], args: /^query/, techniqueId: 'T1012' },
  { programs: ['gpresult'], techniqueId: 'T1615' },
  {
    programs: ['cat', 'head', 'more', 'getent'],
    args: /\/etc\/passwd|^passwd/,
    techniqueId: 'T1087.001',
  },
  {
    programs: ['cat', 'head', 'more', 'getent'],
    args: /\/etc\/group|^group/,
    techniqueId: 'T1069.001',
  },
  { programs: ['groups'], techniqueId: 'T1069.001' },
  { programs: ['dpkg', 'rpm'], args: /^-(l|qa)/, techniqueId: 'T1518' },
  { programs: ['tree'], techniqueId: 'T1083' },
  { programs: ['find'], args: /^\/\s|^\/(etc|home|root|var|opt)\b.*-name/, techniqueId: 'T1083' },
  { programs: ['w32tm'], args: /\/query|\/tz/, techniqueId: 'T1124' },
  { programs: ['timedatectl'], techniqueId: 'T1124' },
];
