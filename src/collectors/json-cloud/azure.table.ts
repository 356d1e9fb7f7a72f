// Source: tables of Log Analytics and categories of Azure Monitor's diagnostic settings.

/** Which of Azure's logs a record is of, in Sigma's words. */
export type AzureService = 'activitylogs' | 'auditlogs' | 'pim' | 'riskdetection' | 'signinlogs';

/** Log Analytics' table, or Azure Monitor's category → Sigma's service. */
export const AZURE_TABLES: Readonly<Record<string, AzureService>> = {
  AADManagedIdentitySignInLogs: 'signinlogs',
  AADNonInteractiveUserSignInLogs: 'signinlogs',
  AADRiskyServicePrincipals: 'riskdetection',
  AADRiskyUsers: 'riskdetection',
  AADServicePrincipalRiskEvents: 'riskdetection',
  AADServicePrincipalSignInLogs: 'signinlogs',
  AADUserRiskEvents: 'riskdetection',
  ADFSSignInLogs: 'signinlogs',
  Action: 'activitylogs',
  Administrative: 'activitylogs',
  Alert: 'activitylogs',
  AuditLogs: 'auditlogs',
  Autoscale: 'activitylogs',
  AzureActivity: 'activitylogs',
  Delete: 'activitylogs',
  ManagedIdentitySignInLogs: 'signinlogs',
  NonInteractiveUserSignInLogs: 'signinlogs',
  Policy: 'activitylogs',
  Recommendation: 'activitylogs',
  ResourceHealth: 'activitylogs',
  RiskyServicePrincipals: 'riskdetection',
  RiskyUsers: 'riskdetection',
  Security: 'activitylogs',
  ServiceHealth: 'activitylogs',
  ServicePrincipalRiskEvents: 'riskdetection',
  ServicePrincipalSignInLogs: 'signinlogs',
  SignInLogs: 'signinlogs',
  SigninLogs: 'signinlogs',
  UserRiskEvents: 'riskdetection',
  Write: 'activitylogs',
};
