import { type BurstRule, burstBehavior, MINUTE_MS } from '../burst-behavior.js';
import { AWS_FIELDS, principalOf } from './aws-principal.js';

const documents: BurstRule = {
  threshold: 100,
  windowMs: 10 * MINUTE_MS,
  confidence: 0.5,
  fields: [
    'Operation',
    'UserId',
    'ClientIP',
    'ObjectId',
    'SourceFileName',
    'eventName',
    'actor.email',
    'ipAddress',
    'doc_title',
    'doc_id',
  ],
  pick(reading) {
    const operation = reading.text('Operation');
    // Synchronisation (FileSyncDownloadedFull) fetches everything on purpose.
    if (operation === 'FileDownloaded')
      return { key: reading.folded('UserId'), item: reading.folded('ObjectId', 'SourceFileName') };
    if (reading.text('eventName') !== 'download' || reading.folded('actor.email') === '')
      return undefined;
    return { key: reading.folded('actor.email'), item: reading.text('doc_id', 'doc_title') };
  },
  techniquesOf: (_surge, reading) => [
    reading.event.logsource.product === 'm365' ? 'T1213.002' : 'T1530',
  ],
  describe: ({ items }) => `${items.length} documents downloaded`,
};

const objects: BurstRule = {
  threshold: 200,
  windowMs: 10 * MINUTE_MS,
  confidence: 0.35,
  fields: AWS_FIELDS,
  pick: (reading) =>
    // Programs of the account read thousands with their roles; people do not.
    reading.text('eventName') === 'GetObject' && reading.text('userIdentity.type') === 'IAMUser'
      ? {
          key: principalOf(reading),
          item: `${reading.text('requestParameters.bucketName')}/${reading.text('requestParameters.key')}`,
        }
      : undefined,
  techniquesOf: () => ['T1530'],
  describe: ({ items }) => `${items.length} objects read`,
};

/** T1530 and T1213.002: everything that the account can see, taken. */
export const massDownload = burstBehavior(
  {
    name: 'mass-download',
    title: 'Many documents downloaded in a few minutes',
    techniqueIds: ['T1213.002', 'T1530'],
    level: 'medium',
    watches: 'Microsoft 365 FileDownloaded, Google Drive downloads, S3 GetObject by an IAM user.',
    thresholds:
      '100 different documents, or 200 objects, in 10 minutes by one user; opening and reading one takes longer than 6 seconds.',
    falsePositives: 'A folder downloaded as a whole; a migration.',
    events: [{ product: 'm365' }, { service: 'google_workspace.drive' }, { service: 'cloudtrail' }],
  },
  [documents, objects],
);
