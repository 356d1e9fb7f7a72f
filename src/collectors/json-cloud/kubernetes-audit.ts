import { addField, declareShape, hasAll } from '../declare-shape.js';
import type { JsonShape } from '../json-record.js';

/** Audit events of the Kubernetes API server. */
export const KUBERNETES_AUDIT: JsonShape = declareShape({
  name: 'kubernetes-audit',
  fits: (record) =>
    hasAll(record, 'auditID', 'verb') && ('requestURI' in record || 'objectRef' in record),
  time: ['requestReceivedTimestamp', 'stageTimestamp', 'metadata.creationTimestamp'],
  host: ['annotations.cluster', 'clusterName'],
  user: ['user.username', 'user.uid'],
  logsource: {
    product: 'kubernetes',
    categories: ['application'],
    services: ['audit'],
    provider: 'kube-apiserver',
  },
  aliases: [['objectRef.apiGroup', 'apiGroup']],
  derive(_record, fields) {
    // Rules name these without their place in the pod, or in the pod of a workload's template.
    for (const [name, value] of [...fields]) {
      if (!name.startsWith('requestObject.')) continue;
      if (/\.volumes\.hostPath\.path$/.test(name)) addField(fields, 'hostPath', value);
      if (/\.capabilities\.add$/.test(name)) addField(fields, 'capabilities', value);
    }
  },
});
