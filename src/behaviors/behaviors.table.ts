import { privilegedAccount } from './accounts/privileged-account.js';
import { remotePasswordReset } from './accounts/remote-password-reset.js';
import { selfPromotion } from './accounts/self-promotion.js';
import { sidHistory } from './accounts/sid-history.js';
import { temporaryAccount } from './accounts/temporary-account.js';
import { temporaryMembership } from './accounts/temporary-membership.js';
import { firstSeen } from './baseline/first-seen.js';
import { rareProcess } from './baseline/rare-process.js';
import type { Behavior } from './behavior.js';
import { cloudEnumeration } from './cloud/cloud-enumeration.js';
import { foreignAccessKey } from './cloud/foreign-access-key.js';
import { grantedThenUsed } from './cloud/granted-then-used.js';
import { impossibleTravel } from './cloud/impossible-travel.js';
import { kubernetesBurst } from './cloud/kubernetes-burst.js';
import { massDownload } from './cloud/mass-download.js';
import { mfaFatigue } from './cloud/mfa-fatigue.js';
import { roleChain } from './cloud/role-chain.js';
import { dcshadow } from './directory/dcshadow.js';
import { dcsync } from './directory/dcsync.js';
import { directoryEnumeration } from './directory/directory-enumeration.js';
import { discoveryBurst } from './hosts/discovery-burst.js';
import { logsCleared } from './hosts/logs-cleared.js';
import { massFileChange } from './hosts/mass-file-change.js';
import { massService } from './hosts/mass-service.js';
import { temporaryTask } from './hosts/temporary-task.js';
import { asrepRoasting } from './kerberos/asrep-roasting.js';
import { forgedTicket } from './kerberos/forged-ticket.js';
import { kerberoasting } from './kerberos/kerberoasting.js';
import { ticketEnumeration } from './kerberos/ticket-enumeration.js';
import { credentialFiles } from './lateral/credential-files.js';
import { remoteExecution } from './lateral/remote-execution.js';
import { remoteService } from './lateral/remote-service.js';
import { credentialStuffing } from './logons/credential-stuffing.js';
import { explicitCredentials } from './logons/explicit-credentials.js';
import { guessedLogon } from './logons/guessed-logon.js';
import { passTheHash } from './logons/pass-the-hash.js';
import { passwordGuessing } from './logons/password-guessing.js';
import { passwordSpraying } from './logons/password-spraying.js';
import { runAsOther } from './logons/run-as-other.js';
import { beaconing } from './network/beaconing.js';
import { dnsTunnelling } from './network/dns-tunnelling.js';
import { portScan } from './network/port-scan.js';
import { shareScan } from './network/share-scan.js';

/** Every behaviour that ships, in the order in which docs/behaviors.md tells them. A new one is a file, a test and a row. */
export const BEHAVIORS: readonly Behavior[] = [
  credentialStuffing,
  explicitCredentials,
  guessedLogon,
  passTheHash,
  passwordGuessing,
  passwordSpraying,
  runAsOther,
  asrepRoasting,
  forgedTicket,
  kerberoasting,
  ticketEnumeration,
  dcshadow,
  dcsync,
  directoryEnumeration,
  privilegedAccount,
  remotePasswordReset,
  selfPromotion,
  sidHistory,
  temporaryAccount,
  temporaryMembership,
  credentialFiles,
  remoteExecution,
  remoteService,
  discoveryBurst,
  logsCleared,
  massFileChange,
  massService,
  temporaryTask,
  firstSeen,
  rareProcess,
  beaconing,
  dnsTunnelling,
  portScan,
  shareScan,
  cloudEnumeration,
  foreignAccessKey,
  grantedThenUsed,
  impossibleTravel,
  kubernetesBurst,
  massDownload,
  mfaFatigue,
  roleChain,
];
