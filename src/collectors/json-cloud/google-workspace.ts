import { isRecord } from '../../model/index.js';
import { declareShape, hasAll } from '../declare-shape.js';
import { firstText, type JsonShape } from '../json-record.js';
import { addWorkspaceEvents } from './workspace-events.js';

/** Activities of Google Workspace, from the Reports API. */
export const GOOGLE_WORKSPACE: JsonShape = declareShape({
  name: 'google-workspace',
  fits: (record) =>
    hasAll(record, 'id.applicationName', 'events') && ('actor' in record || 'kind' in record),
  time: ['id.time'],
  host: ['id.customerId', 'ownerDomain'],
  user: ['actor.email', 'actor.profileId', 'actor.key'],
  logsource(record) {
    const application = firstText(record, ['id.applicationName']) ?? '';
    const service = `google_workspace.${application}`;
    return { product: 'gcp', services: [service], provider: `${application}.googleapis.com` };
  },
  derive(record, fields) {
    const { events } = record;
    addWorkspaceEvents(fields, {
      service: `${firstText(record, ['id.applicationName']) ?? ''}.googleapis.com`,
      events: (Array.isArray(events) ? events : [events]).filter(isRecord).map((event) => ({
        name: firstText(event, ['name']),
        type: firstText(event, ['type']),
        parameters: event['parameters'],
      })),
    });
  },
});
