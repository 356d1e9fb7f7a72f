/** A well-formed request for a route; that it finds something is not needed. */
export interface RouteRequest {
  readonly method: string;
  readonly path: string;
  readonly json?: unknown;
  readonly body?: string;
}

const LAYER = {
  name: 'test',
  domain: 'enterprise-attack',
  versions: { attack: '19', navigator: '5.1.0', layer: '4.5' },
  techniques: [{ techniqueID: 'T1059.001', score: 42, comment: 'seen' }],
};

const get = (path: string): RouteRequest => ({ method: 'GET', path });
const post = (path: string, json?: unknown): RouteRequest => ({
  method: 'POST',
  path,
  ...(json === undefined ? {} : { json }),
});

const RULE = `title: Whoami
id: 11111111-1111-4111-8111-111111111111
logsource: { category: process_creation, product: windows }
detection:
  selection: { Image|endswith: '\\whoami.exe' }
  condition: selection
level: low
tags: [attack.t1033]
`;

const PASSWORDS = { password: 'a long enough password' };

/** By the name of the route. */
export const REQUESTS: Readonly<Record<string, RouteRequest>> = {
  'workspace.show': get('/api/workspace'),
  'session.show': get('/api/session'),
  'session.begin': post('/api/session', { name: 'nobody', password: 'wrong' }),
  'session.end': { method: 'DELETE', path: '/api/session' },
  'session.setup': post('/api/session/setup', { token: 'wrong', name: 'first', ...PASSWORDS }),
  'session.password': post('/api/session/password', { current: 'wrong', next: PASSWORDS.password }),
  'matrix.show': get('/api/matrix'),
  'matrix.timeline': get('/api/matrix/timeline'),
  'technique.list': get('/api/techniques?limit=3'),
  'technique.show': get('/api/techniques/T1059.001'),
  'tactic.list': get('/api/tactics'),
  'tactic.show': get('/api/tactics/TA0002'),
  'group.list': get('/api/groups?limit=3'),
  'group.show': get('/api/groups/G0016'),
  'software.list': get('/api/software?limit=3'),
  'software.show': get('/api/software/S0002'),
  'campaign.list': get('/api/campaigns?limit=3'),
  'campaign.show': get('/api/campaigns/C0024'),
  'mitigation.list': get('/api/mitigations?limit=3'),
  'mitigation.show': get('/api/mitigations/M1038'),
  'detection-strategy.list': get('/api/detections?limit=3'),
  'detection-strategy.show': get('/api/detections/DET0001'),
  'data-component.list': get('/api/log-sources?limit=3'),
  'data-component.show': get('/api/log-sources/DC0032'),
  search: get('/api/search?q=T1562'),
  'version.list': get('/api/versions'),
  'version.diff': get('/api/versions/diff?from=18.1&to=19.1&kinds=tactic'),
  'catalogue.show': get('/api/catalogue/ics-attack/18.1'),
  'evidence.list': get('/api/evidence?technique=T1059&includeSubtechniques=true&limit=3'),
  'mapping.list': get('/api/mappings?tactic=execution&limit=3'),
  'mapping.facets': get('/api/mappings/facets'),
  'review.list': get('/api/reviews'),
  'review.add': post('/api/reviews', { mappingIds: ['999999'], decision: 'accept' }),
  'review.undo': post('/api/reviews/undo', { id: '999999' }),
  'layer.list': get('/api/layers'),
  'layer.show': get('/api/layers/999999'),
  'layer.add': post('/api/layers', { layer: LAYER }),
  'layer.change': {
    method: 'PUT',
    path: '/api/layers/999999',
    json: { layer: LAYER, revision: 1 },
  },
  'layer.remove': { method: 'DELETE', path: '/api/layers/999999' },
  'layer.upload': {
    method: 'POST',
    path: '/api/layers/upload?save=false',
    body: JSON.stringify(LAYER),
  },
  'layer.from-url': post('/api/layers/from-url', { url: 'http://127.0.0.1:1/layer.json' }),
  'layer.export': get('/api/layers/999999/export?format=csv'),
  'layer.export-document': post('/api/layers/export', { layer: LAYER, format: 'csv' }),
  'layer.combine': post('/api/layers/combine', { layers: [LAYER, LAYER], score: 'a + b' }),
  'layer.diff': post('/api/layers/diff', { before: LAYER, after: LAYER }),
  'layer.migrate': post('/api/layers/migrate', { layer: LAYER, to: '18.1' }),
  'rule.list': get('/api/rules?limit=3&technique=T1059.001'),
  'rule.packs': get('/api/rules/packs'),
  'rule.show': get('/api/rules/4260ce86-ca96-4d78-ba56-9ee452a5d423'),
  'rule.check': post('/api/rules/check', { text: RULE }),
  'rule.explain': post('/api/rules/explain', {
    rule: RULE,
    events:
      '{"EventID":1,"Channel":"Microsoft-Windows-Sysmon/Operational","Image":"C:\\\\whoami.exe"}\n',
  }),
  'report.list': get('/api/reports'),
  'report.show': get('/api/reports/999999'),
  'import.list': get('/api/imports'),
  'import.show': get('/api/imports/j999999'),
  'import.issues': get('/api/imports/j999999/issues'),
  'import.example': post('/api/imports/example'),
  'import.url': post('/api/imports/url', { url: 'http://169.254.169.254/latest' }),
  'import.add': { method: 'POST', path: '/api/imports?name=x.txt', body: 'nothing of use' },
  'import.cancel': post('/api/imports/j999999/cancel'),
  'event.stream': get('/api/events'),
  'user.list': get('/api/users'),
  'user.add': post('/api/users', { name: 'Bad Name', role: 'viewer', ...PASSWORDS }),
  'user.change': { method: 'PATCH', path: '/api/users/999999', json: { role: 'viewer' } },
  'user.remove': { method: 'DELETE', path: '/api/users/999999' },
  'token.list': get('/api/tokens'),
  'token.add': post('/api/tokens', { name: 'ci', scope: 'read' }),
  'token.remove': { method: 'DELETE', path: '/api/tokens/999999' },
  'audit.list': get('/api/audit'),
  'api.document': get('/api/openapi.json'),
  'api.docs': get('/api/docs'),
  'api.docs-style': get('/api/docs.css'),
};
