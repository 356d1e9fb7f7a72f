import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import {
  type CompiledRule,
  loadRules,
  logsourceApplies,
  viewEvent,
} from '../../src/sigma/index.js';
import { CLOUD_RECORDS } from './cloud-records.table.js';
import { ECS_RECORDS } from './ecs-records.table.js';
import { PRODUCT_RECORDS } from './product-records.table.js';
import { readRecord } from './read-records.js';

const RULES = new URL('../../../shared/data/sigma/rules/', import.meta.url).pathname;

/** Records by what they are → titles of rules of SigmaHQ that must fire on them. */
const FIRING: readonly (readonly [what: string, titles: readonly string[]])[] = [
  [
    'a sign-in from Microsoft Graph',
    ['Sign-ins from Non-Compliant Devices', 'Multifactor Authentication Interrupted'],
  ],
  [
    'a sign-in from Azure Monitor',
    ['Sign-ins from Non-Compliant Devices', 'Multifactor Authentication Interrupted'],
  ],
  [
    'a sign-in from Log Analytics, columns of JSON as texts',
    ['Sign-ins from Non-Compliant Devices', 'Multifactor Authentication Interrupted'],
  ],
  [
    'an audit event from Microsoft Graph',
    ["User Added to an Administrator's Azure AD Role", 'End User Consent'],
  ],
  [
    'an audit event from Azure Monitor',
    ["User Added to an Administrator's Azure AD Role", 'End User Consent'],
  ],
  [
    'an audit event from Log Analytics',
    ["User Added to an Administrator's Azure AD Role", 'End User Consent'],
  ],
  ['a risk detection', ['Atypical Travel']],
  ['a risk event from Log Analytics', ['Password Spray Activity']],
  ['an alert of Privileged Identity Management', ['Too Many Global Admins']],
  ['an activity from Azure Monitor', ['Azure Virtual Network Modified or Deleted']],
  ['an activity from Log Analytics', ['Azure Active Directory Hybrid Health AD FS Service Delete']],
  ['an activity from the command line', ['Granting Of Permissions To An Account']],
  [
    'an alert in the unified audit log, exported with its data as a text',
    ['Microsoft 365 - Impossible Travel Activity'],
  ],
  ['an audit log entry of Google Cloud', ['Google Cloud Firewall Modified or Deleted']],
  ['Google Workspace in Cloud Logging', ['Google Workspace Application Access Level Modified']],
  ['Google Workspace from the Reports API', ['Suspicious Login Activity Classified By Google']],
  ['CloudTrail', ['AWS STS AssumeRole Misuse']],
  ['CloudTrail through EventBridge', ['AWS STS AssumeRole Misuse']],
  ['CloudTrail in Security Lake', ['AWS CloudTrail Important Change']],
  ['CloudTrail, without its original', ['AWS CloudTrail Important Change']],
  ['a VPC flow', ['Cleartext Protocol Usage']],
  ['a query that Route 53 resolved', ['Telegram Bot API Request']],
  ['nginx` access log in JSON', ['Suspicious User-Agents Related To Recon Tools']],
  ['nginx in the Elastic Common Schema', ['Suspicious User-Agents Related To Recon Tools']],
  ['Okta', ['Okta Admin Functions Access Through Proxy']],
  [
    'an audit event of Kubernetes',
    ['Container With A hostPath Mount Created', 'Privileged Container Deployed'],
  ],
  ['GitHub', ['Github Delete Action Invoked']],
  ['Bitbucket', ['Bitbucket Global Permission Changed']],
  ['OneLogin', ['OneLogin User Assumed Another User']],
  ['Cisco Duo', ['Cisco Duo Successful MFA Authentication Via Bypass Code']],
  ['RPC Firewall', ['Remote Printing Abuse for Lateral Movement']],
  ['what Defender`s antivirus found', ['Antivirus - Hacktool Signature']],
  ['a process from macOS` eslogger', ['MacOS Scripting Interpreter AppleScript']],
  ['a name asked for in OCSF', ['DNS TXT Answer with Possible Execution Strings']],
  ['a query that Suricata saw', ['DNS TXT Answer with Possible Execution Strings']],
  ['OpenCanary', ['OpenCanary - SSH Login Attempt']],
];

function readRules(): readonly CompiledRule[] {
  return readdirSync(RULES, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.yml') && !name.startsWith('windows'))
    .flatMap((name) => loadRules(readFileSync(join(RULES, name), 'utf8'), { source: name }).rules);
}

describe.skipIf(!existsSync(RULES))('rules of SigmaHQ (needs ../shared/data)', () => {
  let rules: readonly CompiledRule[] = [];
  beforeAll(() => {
    rules = readRules();
  });

  it.each(FIRING)('fire on %s', async (what, titles) => {
    const records = [...CLOUD_RECORDS, ...ECS_RECORDS, ...PRODUCT_RECORDS];
    const event = await readRecord(records.find((one) => one.what === what)?.record);
    const view = viewEvent(event);
    const fired = rules
      .filter(({ rule }) => logsourceApplies(rule.logsource, event.logsource))
      .filter(({ matches }) => matches(view))
      .map(({ rule }) => rule.title);
    expect(fired).toEqual(expect.arrayContaining([...titles]));
  });
});
