import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parseCatalogue } from '../../src/attack/lookup.js';
import type {
  ApiMapping,
  AttackList,
  AttackObjectDetail,
  EvidenceItem,
  LayerDiff,
  LayerResult,
  MappingFacets,
  MatrixAggregate,
  MatrixTimeline,
  ReviewOutcome,
  RuleExplanation,
  SearchAnswer,
  StoredLayer,
  VersionDiff,
  Workspace,
} from '../../src/server/api-types.js';
import { problemCode, startServer, type TestClient, type TestServer } from './harness.js';

let server: TestServer;
let analyst: TestClient;
beforeAll(async () => {
  server = await startServer();
  analyst = await server.signIn('analyst');
  await analyst.request('/api/imports/example', { method: 'POST' });
  await server.server.queue.idle();
});
afterAll(() => server.close());

async function read<T>(path: string): Promise<T> {
  const answer = await analyst.request(path);
  expect([path, answer.status]).toEqual([path, 200]);
  return (await answer.json()) as T;
}

async function post<T>(path: string, json: unknown): Promise<T> {
  const answer = await analyst.request(path, { method: 'POST', json });
  expect([path, answer.ok]).toEqual([path, true]);
  return (await answer.json()) as T;
}

const cellOf = ({ cells }: MatrixAggregate, techniqueId: string) =>
  cells.find((cell) => cell.techniqueId === techniqueId);

describe('the matrix', () => {
  it('says of every cell why it has its colour, with numbers that the evidence has', async () => {
    const matrix = await read<MatrixAggregate>('/api/matrix');
    expect(matrix.cells.length).toBeGreaterThan(20);
    for (const cell of matrix.cells.slice(0, 12)) {
      const page = await read<{ items: EvidenceItem[] }>(
        `/api/evidence?technique=${cell.techniqueId}&limit=1000`,
      );
      const observed = page.items.filter(({ kind }) => kind === 'observed');
      expect([cell.techniqueId, observed.length]).toEqual([cell.techniqueId, cell.counts.observed]);
      expect(cell.why).toContain(`= ${cell.score}`);
      const times = page.items.flatMap(({ time }) => time ?? []).sort();
      expect([times[0], times.at(-1)]).toEqual([cell.firstSeen, cell.lastSeen]);
    }
  });

  it('changes its colour by a review, and back by undo', async () => {
    const before = await read<MatrixAggregate>('/api/matrix');
    const target = before.cells.find(({ status }) => status.proposed === 1);
    const { items } = await read<{ items: ApiMapping[] }>(
      `/api/mappings?technique=${target?.techniqueId}`,
    );
    const reject = { mappingIds: [items[0]?.id], decision: 'reject', comment: 'a test of ours' };
    const { review } = await post<ReviewOutcome>('/api/reviews', reject);
    const techniqueId = target?.techniqueId ?? '';
    expect(cellOf(await read<MatrixAggregate>('/api/matrix'), techniqueId)).toBeUndefined();
    const rejected = await read<MatrixAggregate>('/api/matrix?status=rejected');
    expect(rejected.cells.map((cell) => cell.techniqueId)).toEqual([techniqueId]);
    const history = await read<{ items: { comment: string; after?: string }[] }>(
      `/api/reviews?mapping=${items[0]?.id}`,
    );
    expect(history.items[0]).toMatchObject({ comment: 'a test of ours', after: 'rejected' });
    await post('/api/reviews/undo', { id: review.id });
    const after = await read<MatrixAggregate>('/api/matrix');
    expect(cellOf(after, techniqueId)).toEqual(target);
  });

  it('narrows by kind, time and confidence', async () => {
    const all = await read<MatrixAggregate>('/api/matrix');
    expect((await read<MatrixAggregate>('/api/matrix?kinds=intel')).cells).toEqual([]);
    const sure = await read<MatrixAggregate>('/api/matrix?minConfidence=0.7');
    expect(sure.cells.length).toBeLessThan(all.cells.length);
    expect(sure.cells.every(({ maxConfidence }) => maxConfidence >= 0.7)).toBe(true);
    expect((await read<MatrixAggregate>('/api/matrix?since=2030-01-01T00:00:00Z')).cells).toEqual(
      [],
    );
  });

  it('is counted day by day', async () => {
    const { days, first, last, undated } = await read<MatrixTimeline>('/api/matrix/timeline');
    const { totals } = await read<MatrixAggregate>('/api/matrix');
    const dated = days.reduce((sum, { count }) => sum + count, 0);
    expect(dated + undated).toBe(totals.counts.observed);
    expect([days[0]?.day, days.at(-1)?.day]).toEqual([first, last]);
  });

  it('is not sent again to whoever has it, until something changes', async () => {
    const answer = await analyst.request('/api/matrix');
    const headers = { 'If-None-Match': answer.headers.get('ETag') ?? '' };
    expect((await analyst.request('/api/matrix', { headers })).status).toBe(304);
    const { items } = await read<{ items: ApiMapping[] }>('/api/mappings?limit=1');
    const { review } = await post<ReviewOutcome>('/api/reviews', {
      mappingIds: [items[0]?.id],
      decision: 'accept',
    });
    expect((await analyst.request('/api/matrix', { headers })).status).toBe(200);
    await post('/api/reviews/undo', { id: review.id });
  });

  it('comes packed for whoever can unpack it', async () => {
    const plain = await (await analyst.request('/api/matrix')).arrayBuffer();
    for (const encoding of ['gzip', 'br']) {
      const headers = { 'Accept-Encoding': encoding };
      const answer = await analyst.request('/api/matrix', { headers });
      expect(answer.headers.get('Content-Encoding')).toBe(encoding);
      expect((await answer.arrayBuffer()).byteLength).toBeLessThan(plain.byteLength / 3);
    }
    const none = await analyst.request('/api/matrix', {
      headers: { 'Accept-Encoding': 'gzip;q=0, br;q=0' },
    });
    expect(none.headers.has('Content-Encoding')).toBe(false);
  });
});

describe('lists', () => {
  it.each(['/api/mappings', '/api/evidence', '/api/techniques', '/api/rules'])(
    '%s gives every item once, page by page',
    async (path) => {
      const seen: string[] = [];
      let cursor: string | null = '';
      while (cursor !== null && seen.length < 400) {
        const query: string = cursor === '' ? '' : `&cursor=${encodeURIComponent(cursor)}`;
        const page: { items: { id?: string; stixId?: string }[]; next: string | null } = await read(
          `${path}?limit=37${query}`,
        );
        seen.push(...page.items.map(({ id, stixId }) => id ?? stixId ?? ''));
        cursor = page.next;
      }
      expect(new Set(seen).size).toBe(seen.length);
      expect(seen.length).toBeGreaterThan(37);
    },
  );

  it('of mappings have facets that add up', async () => {
    const facets = await read<MappingFacets>('/api/mappings/facets');
    const { items } = await read<{ items: ApiMapping[] }>('/api/mappings?limit=500');
    expect(facets.total).toBe(items.length);
    const [host] = facets.subject;
    const subject = encodeURIComponent(host?.value ?? '');
    const ofHost = await read<{ items: ApiMapping[] }>(
      `/api/mappings?limit=500&subject=${subject}`,
    );
    expect(ofHost.items).toHaveLength(host?.count ?? -1);
    expect(ofHost.items.every((one) => one.subject === host?.value)).toBe(true);
  });
});

describe('ATT&CK', () => {
  it('answers an old id with what it is called now', async () => {
    const { results } = await read<SearchAnswer>('/api/search?q=T1562');
    expect(results[0]).toMatchObject({ why: 'old-id' });
    expect(results[0]?.successors.length).toBeGreaterThan(0);
    const old = await read<AttackObjectDetail>('/api/techniques/T1562');
    expect(old.object.status).not.toBe('active');
    expect(old.successors.length).toBeGreaterThan(0);
  });

  it('shows a technique with its relations and what we have seen of it', async () => {
    const { evidence, related, url } = await read<AttackObjectDetail>('/api/techniques/T1059.001');
    expect(evidence?.counts.observed).toBeGreaterThan(0);
    expect(related.map(({ title }) => title)).toContain('used by groups');
    expect(url).toBe('https://attack.mitre.org/techniques/T1059/001');
  });

  it('shows a group with our evidence of what it uses', async () => {
    const { evidenceOf = {} } = await read<AttackObjectDetail>('/api/groups/G0016');
    expect(Object.keys(evidenceOf)).toContain('T1059.001');
  });

  it('does not show an object under the path of another kind', async () => {
    const answer = await analyst.request('/api/groups/T1059');
    expect([answer.status, await problemCode(answer)]).toEqual([404, 'NOT_FOUND']);
  });

  it('lists by tactic and platform, and names what it does not know', async () => {
    const list = await read<AttackList>('/api/techniques?tactic=impact&platform=linux');
    expect(list.items.length).toBeGreaterThan(5);
    const answer = await analyst.request('/api/techniques?tactic=nothing');
    expect(answer.status).toBe(404);
  });

  it('explains what two versions differ in', async () => {
    const diff = await read<VersionDiff>('/api/versions/diff?from=18.1&to=19.1&kinds=tactic');
    expect(diff.added.map(({ attackId }) => attackId)).toContain('TA0112');
  });

  it('gives catalogues that the browser’s own look-up reads, for ever under their full address', async () => {
    const { items } = await read<{ items: { catalogueUrl: string; version: string }[] }>(
      '/api/versions',
    );
    for (const { catalogueUrl, version } of items) {
      const answer = await analyst.request(catalogueUrl);
      expect(answer.headers.get('Cache-Control')).toContain('immutable');
      const { knowledgeBase, issues } = parseCatalogue(await answer.text(), { source: 'api' });
      expect([knowledgeBase?.version, issues]).toEqual([version, []]);
    }
  });
});

describe('layers', () => {
  const layer = (name: string, score: number) => ({
    name,
    domain: 'enterprise-attack',
    versions: { attack: '14', navigator: '4.9.1', layer: '4.5' },
    techniques: [{ techniqueID: 'T1562.001', score, comment: 'kept' }],
  });

  it('are kept, changed by one at a time, and removed', async () => {
    const made = await post<StoredLayer>('/api/layers', { layer: layer('one', 1) });
    expect(made).toMatchObject({ revision: 1, attackVersion: '14.1' });
    const put = (revision: number) =>
      analyst.request(`/api/layers/${made.id}`, {
        method: 'PUT',
        json: { layer: layer('two', 2), revision },
      });
    expect(await (await put(1)).json()).toMatchObject({ revision: 2, name: 'two' });
    const late = await put(1);
    expect([late.status, await problemCode(late)]).toEqual([409, 'CONFLICT']);
    const path = `/api/layers/${made.id}`;
    expect((await analyst.request(path, { method: 'DELETE' })).status).toBe(200);
    expect((await analyst.request(path)).status).toBe(404);
  });

  it('are migrated with the list of what changed', async () => {
    const moved = await post<LayerResult>('/api/layers/migrate', { layer: layer('old', 1) });
    expect(moved.attackVersion).toBe('19.1');
    expect(moved.steps[0]).toMatchObject({
      raw: 'T1562.001',
      to: expect.stringContaining('T1685'),
    });
  });

  it('are combined and compared, whether kept or not', async () => {
    const { id } = await post<StoredLayer>('/api/layers', { layer: layer('kept', 40) });
    const combined = await post<LayerResult>('/api/layers/combine', {
      layerIds: [id],
      layers: [layer('given', 2)],
      score: 'a + b',
    });
    const techniques = combined.layer['techniques'] as { score: number }[];
    expect(techniques[0]?.score).toBe(42);
    const diff = await post<LayerDiff>('/api/layers/diff', { before: id, after: layer('new', 50) });
    expect(diff.counts).toMatchObject({ better: 1, worse: 0 });
    const wrong = await analyst.request('/api/layers/combine', {
      method: 'POST',
      json: { layerIds: [id], score: 'a +' },
    });
    expect([wrong.status, await problemCode(wrong)]).toEqual([400, 'USAGE']);
  });

  it('are drawn as the command line draws them', async () => {
    const svg = await analyst.request('/api/layers/export', {
      method: 'POST',
      json: { layer: layer('drawn', 3), format: 'svg', options: { layout: 'flat' } },
    });
    expect(svg.headers.get('Content-Type')).toBe('image/svg+xml');
    expect(await svg.text()).toMatch(/^<svg|^<\?xml/);
    const wrong = await analyst.request('/api/layers/export', {
      method: 'POST',
      json: { layer: layer('drawn', 3), format: 'svg', options: { layout: 'round' } },
    });
    expect([wrong.status, await problemCode(wrong)]).toEqual([400, 'USAGE']);
  });
});

describe('rules', () => {
  it('explain themselves against an event', async () => {
    const rule =
      'title: Whoami\nlogsource: {category: process_creation, product: windows}\ndetection:\n  selection: {Image|endswith: \\whoami.exe}\n  condition: selection\n';
    const events = JSON.stringify({
      Channel: 'Microsoft-Windows-Sysmon/Operational',
      EventID: 1,
      Image: 'C:\\Windows\\System32\\whoami.exe',
    });
    const explained = await post<RuleExplanation>('/api/rules/explain', { rule, events });
    expect(explained).toMatchObject({ title: 'Whoami', matched: true });
    expect(explained.selections[0]?.items[0]?.found).toEqual(['C:\\Windows\\System32\\whoami.exe']);
  });

  it('are checked, with lines', async () => {
    const check = await post<{ findings: { line?: number; code: string }[] }>('/api/rules/check', {
      text: 'title: x\nlogsource: {product: windows}\ndetection:\n  a: {b: c}\n  condition: a and z\n',
    });
    expect(check.findings.length).toBeGreaterThan(0);
    expect(check.findings.some(({ line }) => line !== undefined)).toBe(true);
  });
});

it('the workspace says what it holds and what the server allows', async () => {
  const workspace = await read<Workspace>('/api/workspace');
  expect(workspace).toMatchObject({ isEmpty: false, hasExample: true, allowsEmbedding: false });
  expect(workspace.counts.evidence).toBeGreaterThan(40);
  expect(workspace.minConfidence).toBeGreaterThan(0);
});
