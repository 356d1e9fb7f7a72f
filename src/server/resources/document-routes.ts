import { type ApiRoute, defineRoute } from '../api-route.js';
import { DOCS_STYLE, docsPage } from '../docs-page.js';
import { openApiDocument } from '../openapi-document.js';

/**
 * The API's description of itself.
 *
 * @param all every route, these included; called when first asked.
 */
export function documentRoutes(
  all: () => readonly ApiRoute[],
  version: string,
): readonly ApiRoute[] {
  let document: Readonly<Record<string, unknown>> | undefined;
  const text = (content: string, mediaType: string): Response =>
    new Response(content, {
      headers: { 'Content-Type': `${mediaType}; charset=utf-8`, 'Cache-Control': 'no-cache' },
    });
  const shared = { method: 'get', access: 'viewer' } as const;
  return [
    defineRoute(
      {
        ...shared,
        name: 'api.document',
        path: '/api/openapi.json',
        summary: 'This API as OpenAPI 3.1',
        produces: ['application/json'],
      },
      () => {
        document ??= openApiDocument(all(), version);
        return text(JSON.stringify(document), 'application/json');
      },
    ),
    defineRoute(
      {
        ...shared,
        name: 'api.docs',
        path: '/api/docs',
        summary: 'This API for people',
        produces: ['text/html'],
      },
      () => text(docsPage(all()), 'text/html'),
    ),
    defineRoute(
      {
        ...shared,
        name: 'api.docs-style',
        path: '/api/docs.css',
        summary: 'Style of that page',
        produces: ['text/css'],
      },
      () => text(DOCS_STYLE, 'text/css'),
    ),
  ];
}
