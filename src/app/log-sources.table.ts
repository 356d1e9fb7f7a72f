import type { EventKind } from './map-unit.js';

/** How a log source of ATT&CK shows in events. */
export interface LogSourceRow {
  /** Of ATT&CK's name. */
  readonly pattern: RegExp;
  /** Sigma products of the machines and services that can write it. */
  readonly products: readonly string[];
  readonly isSeenIn: (kind: EventKind, name: string) => boolean;
}

const isService =
  (...services: readonly string[]) =>
  ({ logsource }: EventKind): boolean =>
    services.some((service) => logsource.services.includes(service));

const isProduct =
  (...products: readonly string[]) =>
  ({ logsource }: EventKind): boolean =>
    products.includes(logsource.product ?? '');

const isCategory =
  (...categories: readonly string[]) =>
  ({ logsource }: EventKind): boolean =>
    categories.some((category) => logsource.categories.includes(category));

/** The channel that follows `WinEventLog:`, as services or channels name it. */
function isChannel({ logsource, origin = '' }: EventKind, name: string): boolean {
  const wanted = name.slice(name.indexOf(':') + 1).toLowerCase();
  const short = wanted.replace(/[\s-]/g, '');
  return (
    origin.toLowerCase() === wanted ||
    origin.toLowerCase().includes(short) ||
    logsource.services.some((service) => service.replaceAll('-', '') === short)
  );
}

const isWindowsOf =
  (test: (kind: EventKind, name: string) => boolean) =>
  (kind: EventKind, name: string): boolean =>
    kind.logsource.product === 'windows' && test(kind, name);

const WINDOWS = ['windows'];
const LINUX = ['linux'];

/**
 * Names that ATT&CK's analytics give to logs → events that are of that log; the first row that fits counts. Names that no
 * row knows, such as sensors that write no log of their own, are never called missing. Source: log sources of the analytics
 * in Enterprise ATT&CK 18.1 and 19.1; services are Sigma's taxonomy 2.1.
 */
export const LOG_SOURCES: readonly LogSourceRow[] = [
  {
    pattern: /^WinEventLog:Sysmon$/i,
    products: WINDOWS,
    isSeenIn: isWindowsOf(isService('sysmon')),
  },
  { pattern: /^WinEventLog:Security$/i, products: WINDOWS, isSeenIn: isService('security') },
  {
    pattern: /^WinEventLog:PowerShell$/i,
    products: WINDOWS,
    isSeenIn: isService('powershell', 'powershell-classic'),
  },
  { pattern: /^WinEventLog:/i, products: WINDOWS, isSeenIn: isWindowsOf(isChannel) },
  {
    pattern: /^auditd:/i,
    products: LINUX,
    isSeenIn: isService('auditd'),
  },
  { pattern: /^linux:Sysmon$/i, products: LINUX, isSeenIn: isService('sysmon') },
  {
    pattern: /^linux:(syslog|auth|cron|cli|shell)$/i,
    products: LINUX,
    isSeenIn: isService('syslog', 'auth', 'cron', 'sshd', 'sudo'),
  },
  {
    pattern: /^macos:/i,
    products: ['macos'],
    isSeenIn: isProduct('macos'),
  },
  {
    pattern: /^(AWS:CloudTrail|CloudTrail:)/i,
    products: ['aws'],
    isSeenIn: isService('cloudtrail'),
  },
  {
    pattern: /^(AWS:VPCFlowLogs|VPCFlowLogs:)/i,
    products: ['aws'],
    isSeenIn: isService('vpcflow', 'vpc_flow', 'vpc-flow'),
  },
  {
    pattern: /^azure:signinlogs$/i,
    products: ['azure', 'm365'],
    isSeenIn: isService('signinlogs'),
  },
  {
    pattern: /^azure:(audit|ad)$/i,
    products: ['azure', 'm365'],
    isSeenIn: isService('auditlogs'),
  },
  {
    pattern: /^azure:activity$/i,
    products: ['azure'],
    isSeenIn: isService('activitylogs', 'azureactivity'),
  },
  { pattern: /^m365:/i, products: ['m365', 'azure'], isSeenIn: isProduct('m365') },
  { pattern: /^gcp:/i, products: ['gcp'], isSeenIn: isProduct('gcp') },
  { pattern: /^kubernetes:/i, products: ['kubernetes'], isSeenIn: isProduct('kubernetes') },
  { pattern: /^(saas:okta|Okta:)/i, products: ['okta'], isSeenIn: isProduct('okta') },
  {
    pattern: /^(NSM:|NetFlow:)/i,
    products: ['windows', 'linux', 'macos', 'zeek'],
    isSeenIn: (kind) =>
      isProduct('zeek', 'suricata')(kind) || isCategory('firewall', 'proxy', 'dns')(kind),
  },
];
