import { z } from '@hono/zod-openapi';
import { listObjects } from '../../app/attack-list.js';
import { type ShownObject, showObjects } from '../../app/attack-show.js';
import { type ShownCell, summariseEvidence } from '../../app/serve-matrix.js';
import type { AttackKind } from '../../attack/index.js';
import { AppError, isTechniqueId, type TechniqueId } from '../../model/index.js';
import { type ApiRoute, defineRoute } from '../api-route.js';
import {
  attackListQuerySchema,
  attackListSchema,
  attackObjectDetailSchema,
  attackOneQuerySchema,
} from '../schemas/attack-objects.js';
import type { ServerContext } from '../server-context.js';
import { pageOfList } from './paging.js';

/** Kinds of object by the path that serves them. */
const PATHS = {
  techniques: 'technique',
  tactics: 'tactic',
  groups: 'group',
  software: 'software',
  campaigns: 'campaign',
  mitigations: 'mitigation',
  detections: 'detection-strategy',
  'log-sources': 'data-component',
} as const satisfies Readonly<Record<string, AttackKind>>;

/** Lists and single objects of ATT&CK, with what the workspace holds about them. */
export function attackObjectRoutes(context: ServerContext): readonly ApiRoute[] {
  return Object.entries(PATHS).flatMap(([path, kind]) => [
    defineRoute(
      {
        name: `${kind}.list`,
        method: 'get',
        path: `/api/${path}`,
        access: 'viewer',
        caching: 'release',
        summary: `Lists the ${path.replace('-', ' ')} of a version of ATT&CK`,
        query: attackListQuerySchema,
        answer: attackListSchema,
      },
      ({ query }) => {
        const { attackVersion, domain, objects } = listObjects(kind, query);
        return { ...pageOfList(objects, query), attackVersion, domain };
      },
    ),
    defineRoute(
      {
        name: `${kind}.show`,
        method: 'get',
        path: `/api/${path}/{id}`,
        access: 'viewer',
        caching: 'workspace',
        summary: `One of the ${path.replace('-', ' ')} by its ATT&CK id or STIX id: relations, texts, our evidence`,
        params: z.object({ id: z.string().min(1).max(120) }),
        query: attackOneQuerySchema,
        answer: attackObjectDetailSchema,
      },
      ({ params, query }) => showOne(context, { kind, id: params.id, ...query }),
    ),
  ]);
}

interface OneQuestion {
  readonly kind: AttackKind;
  readonly id: string;
  readonly domain?: string | undefined;
  readonly version?: string | undefined;
}

async function showOne(
  { store, shelf }: ServerContext,
  { kind, id, domain, version }: OneQuestion,
) {
  const found = showObjects([id], { domain, version });
  const shown = found.find(({ description }) => description.object.kind === kind);
  if (shown === undefined)
    throw new AppError('NOT_FOUND', `expected the id of a ${kind}, found one of another kind`);
  const { description, text, lastSeenIn } = shown;
  const { object } = description;
  const knowledgeBase = shelf.open(domainOf(shown), description.attackVersion);
  const own = isTechniqueId(object.attackId) ? [object.attackId] : [];
  const related = relatedTechniques(shown);
  const summaries = await summariseEvidence(store, knowledgeBase, [...own, ...related]);
  const evidence = own.map((techniqueId) => summaries.get(techniqueId)).find(Boolean);
  const evidenceOf = related.flatMap((techniqueId) => {
    const summary = summaries.get(techniqueId);
    return summary === undefined ? [] : [[techniqueId, toSummary(summary)] as const];
  });
  return {
    ...description,
    domain: domainOf(shown),
    text,
    lastSeenIn,
    url: urlOf(kind, object.attackId),
    evidence: evidence === undefined ? undefined : toSummary(evidence),
    evidenceOf: Object.fromEntries(evidenceOf),
  };
}

function domainOf({ description }: ShownObject) {
  const [first = 'enterprise-attack'] = description.object.domains;
  return description.domain === 'mobile-attack' || description.domain === 'ics-attack'
    ? description.domain
    : first;
}

function relatedTechniques({ description }: ShownObject): readonly TechniqueId[] {
  const objects = description.related.flatMap((group) => group.objects);
  return [...new Set(objects.map(({ attackId }) => attackId).filter(isTechniqueId))];
}

function toSummary({ techniqueId: _techniqueId, score: _score, ...summary }: ShownCell) {
  return summary;
}

// Source: attack.mitre.org, addresses of its pages.
const PAGES: Readonly<Partial<Record<AttackKind, string>>> = {
  technique: 'techniques',
  tactic: 'tactics',
  group: 'groups',
  software: 'software',
  campaign: 'campaigns',
  mitigation: 'mitigations',
  'detection-strategy': 'detectionstrategies',
  'data-component': 'datacomponents',
};

function urlOf(kind: AttackKind, attackId: string | undefined): string | undefined {
  const page = PAGES[kind];
  if (page === undefined || attackId === undefined) return undefined;
  return `https://attack.mitre.org/${page}/${attackId.replace('.', '/')}`;
}
