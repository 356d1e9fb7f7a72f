import { loadConfidenceModel } from '../../app/map-confidence-model.js';
import { showMatrix } from '../../app/serve-matrix.js';
import { DOMAINS } from '../../model/index.js';
import { type ApiRoute, defineRoute } from '../api-route.js';
import { workspaceSchema } from '../schemas/workspace.js';
import type { ServerContext } from '../server-context.js';
import { UPLOAD_BYTES, UPLOAD_FILES } from './import-routes.js';

/** What this server serves, for the home page. */
export function workspaceRoutes(context: ServerContext): readonly ApiRoute[] {
  return [
    defineRoute(
      {
        name: 'workspace.show',
        method: 'get',
        path: '/api/workspace',
        access: 'viewer',
        caching: 'workspace',
        summary: 'The workspace: its scope, what it holds, what the server allows',
        answer: workspaceSchema,
      },
      () => showWorkspace(context),
    ),
  ];
}

async function showWorkspace({ workspace, store, shelf, rules, settings }: ServerContext) {
  const changeCounter = await store.changeCount();
  const totals = await store.mappings.totals();
  const domains = DOMAINS.map((domain) => {
    const { version, released } = shelf.open(domain);
    return { domain, version, released };
  });
  const question = { kinds: [], statuses: [], minConfidence: 0 };
  const matrices = await Promise.all(
    DOMAINS.map((domain) => showMatrix(store, shelf, { ...question, domain })),
  );
  const { name, config } = workspace;
  const { systems, segments, businessUnits, platforms } = config.scope;
  return {
    name,
    portolanVersion: settings.portolanVersion ?? '',
    attackVersion: config.attackVersion ?? shelf.open('enterprise-attack').version,
    domains,
    scope: { systems, segments, businessUnits, platforms },
    sector: config.sector,
    region: config.region,
    counts: {
      imports: totals.imports,
      mappings: totals.mappings,
      evidence: totals.evidence,
      subjects: totals.subjects,
      techniques: matrices.reduce((sum, matrix) => sum + matrix.totals.techniques, 0),
      rules: (await rules.list()).length,
      layers: await countPages((cursor) => store.layers.list({ cursor, limit: 500 })),
      reports: await countPages((cursor) =>
        store.mappings.references({ kinds: ['report'], cursor, limit: 500 }),
      ),
    },
    isEmpty: totals.imports === 0 && totals.mappings === 0,
    hasExample: settings.exampleFolder !== undefined,
    changeCounter,
    minConfidence: config.standards.minConfidence ?? loadConfidenceModel().threshold,
    allowsEmbedding: (settings.frameAncestors ?? []).length > 0,
    limits: {
      uploadBytes: settings.uploadBytes ?? UPLOAD_BYTES,
      uploadFiles: settings.uploadFiles ?? UPLOAD_FILES,
    },
  };
}

const MAX_PAGES = 20;

async function countPages(
  read: (
    cursor: string | undefined,
  ) => Promise<{ readonly items: readonly unknown[]; readonly next: string | undefined }>,
): Promise<number> {
  let count = 0;
  let cursor: string | undefined;
  for (let page = 0; page < MAX_PAGES; page += 1) {
    const { items, next } = await read(cursor);
    count += items.length;
    cursor = next;
    if (next === undefined) break;
  }
  return count;
}
