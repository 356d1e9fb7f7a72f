import { declareShape, hasAll } from '../declare-shape.js';
import { firstText, type JsonShape } from '../json-record.js';

/** GitHub's audit log: streamed, exported, or from its API. */
export const GITHUB_AUDIT: JsonShape = declareShape({
  name: 'github-audit',
  fits: (record) =>
    /^[a-z][a-z0-9_]*\.[a-z0-9_.]+$/.test(firstText(record, ['action']) ?? '') &&
    ('_document_id' in record ||
      ('created_at' in record && 'actor' in record) ||
      ('actor' in record && ('org' in record || 'business' in record || 'repo' in record))),
  time: ['@timestamp', 'created_at'],
  host: ['org', 'business', 'repo'],
  user: ['actor', 'user'],
  logsource: { product: 'github', services: ['audit'] },
});

/** Bitbucket's audit log. */
export const BITBUCKET_AUDIT: JsonShape = declareShape({
  name: 'bitbucket-audit',
  fits: (record) => hasAll(record, 'auditType.category', 'auditType.action'),
  time: ['timestamp', 'creationTimestamp'],
  host: ['node', 'system', 'source'],
  user: ['author.name', 'author.id'],
  logsource: { product: 'bitbucket', services: ['audit'] },
});

/** GitLab's audit events: `audit_json.log`, streaming, API. */
export const GITLAB_AUDIT: JsonShape = declareShape({
  name: 'gitlab-audit',
  fits: (record) =>
    hasAll(record, 'author_id', 'entity_id', 'entity_type') &&
    ('details' in record ||
      'target_details' in record ||
      'event_name' in record ||
      'change' in record),
  time: ['created_at', 'time'],
  host: ['entity_path', 'details.entity_path'],
  user: ['author_name', 'details.author_name', 'author_id'],
  logsource: { product: 'gitlab', services: ['audit'] },
});
