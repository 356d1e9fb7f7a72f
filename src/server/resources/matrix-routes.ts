import type { z } from '@hono/zod-openapi';
import { type MatrixQuestion, showMatrix } from '../../app/serve-matrix.js';
import { showTimeline } from '../../app/serve-timeline.js';
import { type ApiRoute, defineRoute } from '../api-route.js';
import { matrixQuerySchema, matrixSchema, timelineSchema } from '../schemas/matrix.js';
import type { ServerContext } from '../server-context.js';
import { parseInstant } from './parse-ids.js';

/** The evidence of the workspace as cells of the matrix, and day by day. */
export function matrixRoutes({ store, shelf }: ServerContext): readonly ApiRoute[] {
  return [
    defineRoute(
      {
        name: 'matrix.show',
        method: 'get',
        path: '/api/matrix',
        access: 'viewer',
        caching: 'workspace',
        summary:
          'What the workspace holds, technique by technique, and why each cell has its colour',
        query: matrixQuerySchema,
        answer: matrixSchema,
      },
      async ({ query }) => {
        // Read before the cells: when something changes in between, the next answer is made anew.
        const changeCounter = await store.changeCount();
        return { ...(await showMatrix(store, shelf, toQuestion(query))), changeCounter };
      },
    ),
    defineRoute(
      {
        name: 'matrix.timeline',
        method: 'get',
        path: '/api/matrix/timeline',
        access: 'viewer',
        caching: 'workspace',
        summary: 'Evidence day by day (UTC), for a slider over time',
        query: matrixQuerySchema,
        answer: timelineSchema,
      },
      async ({ query }) => {
        const changeCounter = await store.changeCount();
        return { ...(await showTimeline(store, shelf, toQuestion(query))), changeCounter };
      },
    ),
  ];
}

function toQuestion(query: z.output<typeof matrixQuerySchema>): MatrixQuestion {
  return {
    domain: query.domain,
    version: query.version,
    kinds: query.kinds,
    statuses: query.status,
    fromMs: parseInstant(query.since),
    toMs: parseInstant(query.until),
    minConfidence: query.minConfidence,
  };
}
