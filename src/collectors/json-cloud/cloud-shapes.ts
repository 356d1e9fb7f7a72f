import type { JsonShape } from '../json-record.js';
import { CLOUDTRAIL } from './aws-cloudtrail.js';
import { GUARDDUTY } from './aws-guardduty.js';
import { AWS_WAF, ROUTE53_QUERY, SECURITY_HUB, VPC_FLOW } from './aws-network.js';
import { AZURE_ACTIVITY } from './azure-activity.js';
import { BITBUCKET_AUDIT, GITHUB_AUDIT, GITLAB_AUDIT } from './code-hosts.js';
import { ENTRA_AUDIT } from './entra-audit.js';
import { ENTRA_PIM, ENTRA_RISK } from './entra-risk.js';
import { ENTRA_SIGN_IN } from './entra-sign-in.js';
import { GCP_AUDIT } from './gcp-audit.js';
import { GOOGLE_WORKSPACE } from './google-workspace.js';
import { DUO, ONELOGIN } from './identity-providers.js';
import { KUBERNETES_AUDIT } from './kubernetes-audit.js';
import { M365_AUDIT } from './m365-audit.js';
import { OKTA } from './okta.js';

/** Logs of clouds and services, the most telling first. */
export const CLOUD_SHAPES: readonly JsonShape[] = [
  CLOUDTRAIL,
  KUBERNETES_AUDIT,
  GCP_AUDIT,
  GOOGLE_WORKSPACE,
  M365_AUDIT,
  OKTA,
  GUARDDUTY,
  SECURITY_HUB,
  VPC_FLOW,
  ROUTE53_QUERY,
  AWS_WAF,
  ENTRA_SIGN_IN,
  ENTRA_AUDIT,
  ENTRA_RISK,
  ENTRA_PIM,
  AZURE_ACTIVITY,
  BITBUCKET_AUDIT,
  GITLAB_AUDIT,
  GITHUB_AUDIT,
  ONELOGIN,
  DUO,
];
