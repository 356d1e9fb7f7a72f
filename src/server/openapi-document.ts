import { OpenAPIHono, type z } from '@hono/zod-openapi';
import type { ApiRoute } from './api-route.js';
import { problemSchema } from './schemas/common.js';
import { liveEventSchema } from './schemas/live-events.js';

type Registry = OpenAPIHono['openAPIRegistry'];
type PathConfig = Parameters<Registry['registerPath']>[0];

/** The description of the API, made from the schemas that validate. Source: OpenAPI Specification 3.1. */
export function openApiDocument(
  routes: readonly ApiRoute[],
  version: string,
): Readonly<Record<string, unknown>> {
  const { openAPIRegistry, getOpenAPI31Document } = new OpenAPIHono();
  openAPIRegistry.registerComponent('securitySchemes', 'session', {
    type: 'apiKey',
    in: 'cookie',
    name: 'portolan_session',
    description: 'Set by POST /api/session; writes also bring X-CSRF-Token.',
  });
  openAPIRegistry.registerComponent('securitySchemes', 'token', {
    type: 'http',
    scheme: 'bearer',
    description: 'An API token, `plt_…`.',
  });
  openAPIRegistry.register('LiveEvent', liveEventSchema);
  for (const route of routes) openAPIRegistry.registerPath(toPath(route));
  const document = getOpenAPI31Document.call(new OpenAPIHono(), {
    openapi: '3.1.0',
    info: {
      title: 'Portolan',
      version,
      description:
        'Maps what a security team sees to MITRE ATT&CK, with evidence for every cell. Lists are paged: ask again with `cursor` = `next`. Errors are problem details (RFC 9457).',
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    servers: [{ url: '/' }],
  });
  return document as unknown as Readonly<Record<string, unknown>>;
}

function toPath(route: ApiRoute): PathConfig {
  const { params, query, access, status = 200 } = route;
  const tag = route.path.split('/')[2] ?? 'api';
  const isWrite = route.method !== 'get';
  const problems = isWrite ? [400, 401, 403, 404, 409, 413, 422, 429] : [400, 401, 403, 404, 429];
  return {
    method: route.method,
    path: route.path,
    operationId: route.name,
    summary: route.summary,
    tags: [tag],
    security: access === 'public' ? [{}] : [{ session: [] }, { token: [] }],
    'x-portolan-role': access,
    request: {
      ...(params === undefined ? {} : { params: params as z.ZodObject }),
      ...(query === undefined ? {} : { query: query as z.ZodObject }),
      ...bodyOf(route),
    },
    responses: {
      [status]: { description: 'Done', ...contentOf(route) },
      ...Object.fromEntries(problems.map((code) => [code, PROBLEM])),
    },
  };
}

const PROBLEM = {
  description: 'Refused',
  content: { 'application/problem+json': { schema: problemSchema } },
};

function bodyOf({ body, rawBody }: ApiRoute): NonNullable<PathConfig['request']> {
  if (body !== undefined)
    return { body: { required: true, content: { 'application/json': { schema: body } } } };
  if (rawBody === 'multipart/form-data')
    return {
      body: {
        required: true,
        content: {
          'multipart/form-data': {
            schema: {
              type: 'object',
              properties: {
                files: { type: 'array', items: { type: 'string', format: 'binary' } },
              },
            },
          },
        },
      },
    };
  if (rawBody === undefined) return {};
  return {
    body: {
      required: true,
      content: { [rawBody]: { schema: { type: 'string', format: 'binary' } } },
    },
  };
}

function contentOf({ answer, produces }: ApiRoute) {
  if (answer !== undefined) return { content: { 'application/json': { schema: answer } } };
  const types = [...new Set(produces)];
  return {
    content: Object.fromEntries(
      types.map((type) => [type, { schema: { type: 'string' as const, format: 'binary' } }]),
    ),
  };
}
