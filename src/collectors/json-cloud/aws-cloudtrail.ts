import { addField, declareShape } from '../declare-shape.js';
import { firstText, type JsonShape } from '../json-record.js';

/** AWS CloudTrail records. Source: CloudTrail record contents, event version 1.0 to 1.11. */
export const CLOUDTRAIL: JsonShape = declareShape({
  name: 'cloudtrail',
  fits: (record) =>
    typeof record['eventSource'] === 'string' &&
    typeof record['eventName'] === 'string' &&
    ('awsRegion' in record || 'eventVersion' in record),
  time: ['eventTime'],
  host: ['recipientAccountId', 'userIdentity.accountId'],
  user: [
    'userIdentity.userName',
    'userIdentity.sessionContext.sessionIssuer.userName',
    'userIdentity.onBehalfOf.userId',
    'userIdentity.arn',
    'userIdentity.invokedBy',
    'userIdentity.type',
  ],
  logsource: (record) => ({
    product: 'aws',
    services: ['cloudtrail'],
    provider: firstText(record, ['eventSource']),
  }),
  texts: ['requestParameters', 'responseElements', 'serviceEventDetails'],
  derive(record, fields) {
    // Rules ask for a `status` that CloudTrail itself does not write.
    const failed = firstText(record, [
      'errorCode',
      'errorMessage',
      'responseElements.ConsoleLogin',
    ]);
    const isFailure = failed !== undefined && failed !== 'Success';
    addField(fields, 'status', isFailure ? 'failure' : 'success');
  },
});
