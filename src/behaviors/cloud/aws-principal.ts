import type { Reading } from '../reading.js';

export const AWS_FIELDS = [
  'eventSource',
  'eventName',
  'errorCode',
  'sourceIPAddress',
  'userIdentity.arn',
  'userIdentity.type',
  'userIdentity.accessKeyId',
  'requestParameters.roleArn',
  'requestParameters.userName',
  'requestParameters.policyArn',
  'requestParameters.bucketName',
  'requestParameters.key',
] as const;

/** Who called: the user or role, not the session, so that renewed credentials are one. */
export function principalOf(reading: Reading): string {
  const arn = reading.folded(
    'userIdentity.arn',
    'userIdentity.userName',
    'userIdentity.principalId',
    'userIdentity.invokedBy',
  );
  return arn.replace(/^(arn:aws[^:]*:sts::\d*:assumed-role\/[^/]+)\/.*$/, '$1');
}
