// Writes src/sigma/lint/logsource-taxonomy.table.ts: the logsources that rules of SigmaHQ have, from ../shared/data/sigma.
// Facts of SigmaHQ/sigma (Detection Rule License 1.1); no text of a rule is taken.
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadAll } from 'js-yaml';

const FOLDER = '../shared/data/sigma';
// Of the taxonomy appendix of the Sigma specification 2.1 and of Portolan's own routing, where SigmaHQ has no rule.
const MORE = [
  'windows/network_connection/',
  'windows/raw_access_thread/',
  'windows/sysmon_status/',
  'windows/sysmon_error/',
  'windows/file_block/',
  'windows/file_executable_detected/',
  'windows/clipboard_capture/',
  'windows/process_tampering/',
  'windows/process_termination/',
  'windows/registry_rename/',
  'windows/wmi_event/',
  'windows//ldap',
  'windows//dhcp',
  'linux/network_connection/',
  'linux/file_event/',
  'linux/file_delete/',
  'linux//sshd',
  'linux//sudo',
  'linux//auth',
  'linux//cron',
  'linux//syslog',
  'linux//clamav',
  'linux//vsftpd',
  'linux//guacamole',
  'linux//modsecurity',
  'macos/network_connection/',
  'macos/file_event/',
  '/antivirus/',
  '/database/',
  '/dns/',
  '/firewall/',
  '/proxy/',
  '/webserver/',
  '//apache',
  '//nginx',
  'zeek//kerberos',
  'zeek//conn',
  'zeek//ssh',
  'aws//guardduty',
  'suricata//',
  'kubernetes//audit',
];

const found = new Set(MORE);
function walk(folder) {
  for (const name of readdirSync(folder).sort()) {
    const path = join(folder, name);
    if (statSync(path).isDirectory()) walk(path);
    else if (/\.ya?ml$/.test(name) && !path.includes('regression_data')) read(path);
  }
}
function read(path) {
  let documents;
  try {
    documents = loadAll(readFileSync(path, 'utf8'));
  } catch {
    return;
  }
  for (const document of documents) {
    const source = document?.logsource;
    if (source === undefined || source === null) continue;
    const part = (key) => String(source[key] ?? '').toLowerCase();
    found.add(`${part('product')}/${part('category')}/${part('service')}`);
  }
}
walk(FOLDER);
const lines = [...found].sort().map((text) => `  '${text}',`);
writeFileSync(
  'src/sigma/lint/logsource-taxonomy.table.ts',
  `/**
 * Logsources in use, as \`product/category/service\`. Written by scripts/build-logsource-taxonomy.mjs.
 * Source: rules of SigmaHQ/sigma (Detection Rule License 1.1) and the taxonomy of the Sigma specification 2.1.
 */
export const LOGSOURCE_TAXONOMY: ReadonlySet<string> = new Set([
${lines.join('\n')}
]);
`,
);
console.log(`${lines.length} logsources`);
