import type { MigrationContext } from './migration.js';

/** Kinds of system that ATT&CK 19 divides firewalls by. */
export type Environment = 'windows' | 'unix' | 'cloud' | 'network-device';

/** What a rule, layer or record is about, and what said so. */
export interface EnvironmentFinding {
  readonly environment: Environment;
  /** `logsource`, `platforms` or `text`; the first two are statements of the author, the last is read from words. */
  readonly source: 'logsource' | 'platforms' | 'text';
  /** For people: `product windows`. */
  readonly because: string;
}

const OF_PRODUCT: Readonly<Record<string, Environment>> = {
  windows: 'windows',
  linux: 'unix',
  macos: 'unix',
  esxi: 'unix',
  unix: 'unix',
  aws: 'cloud',
  azure: 'cloud',
  gcp: 'cloud',
  google_workspace: 'cloud',
  m365: 'cloud',
  oci: 'cloud',
  alibaba: 'cloud',
  cisco: 'network-device',
  fortigate: 'network-device',
  fortios: 'network-device',
  fortinet: 'network-device',
  juniper: 'network-device',
  huawei: 'network-device',
  paloalto: 'network-device',
  checkpoint: 'network-device',
  sonicwall: 'network-device',
  sophos: 'network-device',
  mikrotik: 'network-device',
};

const OF_SERVICE: Readonly<Record<string, Environment>> = {
  sysmon: 'windows',
  'firewall-as': 'windows',
  windefend: 'windows',
  powershell: 'windows',
  auditd: 'unix',
  cloudtrail: 'cloud',
  activitylogs: 'cloud',
  'gcp.audit': 'cloud',
};

// Categories of the Sigma taxonomy that exist on Windows alone.
const WINDOWS_CATEGORY =
  /^(?:registry_|ps_|pipe_|wmi_|create_remote_thread|create_stream_hash|driver_load|image_load|raw_access)/;

const OF_PLATFORM: Readonly<Record<string, Environment>> = {
  windows: 'windows',
  linux: 'unix',
  macos: 'unix',
  esxi: 'unix',
  iaas: 'cloud',
  aws: 'cloud',
  azure: 'cloud',
  gcp: 'cloud',
  network: 'network-device',
  'network devices': 'network-device',
};

const WORDS: readonly (readonly [Environment, RegExp])[] = [
  [
    'windows',
    /\bwindows (?:defender )?firewall|\bdefender firewall|\bnetsh\b|\badvfirewall\b|netfirewall(?:rule|profile)|\bwindows host\b/i,
  ],
  [
    'unix',
    /\biptables\b|\bnftables\b|\bufw\b|\bfirewalld\b|\bfirewall-cmd\b|\bpfctl\b|\besxcli\b/i,
  ],
  [
    'cloud',
    /\baws\b|\bazure\b|\bgcp\b|\bgoogle cloud\b|\bsecurity groups?\b|\bnetwork acls?\b|\bvpcs?\b|\bcloud firewall/i,
  ],
  [
    'network-device',
    /\bfortigate\b|\bpalo ?alto\b|\bcisco (?:asa|ios)\b|\bjunos\b|\bnetwork device firewall/i,
  ],
];

/**
 * Which one kind of system something is about.
 *
 * @returns undefined when nothing says so, or several are named: then no one of them may be chosen.
 */
export function findEnvironment(context: MigrationContext): EnvironmentFinding | undefined {
  return fromLogsource(context) ?? fromPlatforms(context) ?? fromText(context);
}

function fromLogsource({ logsource }: MigrationContext): EnvironmentFinding | undefined {
  if (logsource === undefined) return undefined;
  const product = logsource.product?.toLowerCase();
  if (product !== undefined) {
    const environment = OF_PRODUCT[product];
    return environment && { environment, source: 'logsource', because: `product ${product}` };
  }
  const service = logsource.service?.toLowerCase() ?? '';
  const ofService = OF_SERVICE[service];
  if (ofService !== undefined) {
    return { environment: ofService, source: 'logsource', because: `service ${service}` };
  }
  const category = logsource.category?.toLowerCase() ?? '';
  if (!WINDOWS_CATEGORY.test(category)) return undefined;
  return { environment: 'windows', source: 'logsource', because: `category ${category}` };
}

function fromPlatforms({ platforms = [] }: MigrationContext): EnvironmentFinding | undefined {
  const found = new Set(platforms.map((name) => OF_PLATFORM[name.toLowerCase()]));
  const [environment] = found;
  if (found.size !== 1 || environment === undefined) return undefined;
  return { environment, source: 'platforms', because: `platform ${platforms.join(', ')}` };
}

function fromText({ text = '' }: MigrationContext): EnvironmentFinding | undefined {
  const start = text.slice(0, 20_000);
  const found = WORDS.flatMap(([environment, pattern]) => {
    const words = pattern.exec(start)?.[0];
    return words === undefined ? [] : [{ environment, words }];
  });
  const [only] = found;
  if (only === undefined || found.length > 1) return undefined;
  return { environment: only.environment, source: 'text', because: `"${only.words}" in its text` };
}
