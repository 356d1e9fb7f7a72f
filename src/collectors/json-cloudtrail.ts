import type { FieldValue } from './event.js';
import { flattenFields } from './flatten-fields.js';
import { firstText, type JsonShape } from './json-record.js';
import { parseTime } from './parse-time.js';

/** AWS CloudTrail records; the `Records` envelope of its files is opened before. */
export const CLOUDTRAIL: JsonShape = {
  name: 'cloudtrail',
  fits: ({ eventSource, eventName, ...rest }) =>
    typeof eventSource === 'string' &&
    typeof eventName === 'string' &&
    ('awsRegion' in rest || 'eventVersion' in rest),
  toEvent(record) {
    const fields = new Map<string, FieldValue>();
    const isComplete = flattenFields(record, fields, { prefix: '' });
    return {
      time: parseTime(record['eventTime']),
      host: firstText(record, ['recipientAccountId', 'userIdentity.accountId']),
      user: firstText(record, [
        'userIdentity.userName',
        'userIdentity.sessionContext.sessionIssuer.userName',
        'userIdentity.arn',
        'userIdentity.invokedBy',
        'userIdentity.type',
      ]),
      logsource: {
        product: 'aws',
        categories: [],
        services: ['cloudtrail'],
        channel: undefined,
        provider: firstText(record, ['eventSource']),
        eventId: undefined,
      },
      fields,
      isComplete,
    };
  },
};
