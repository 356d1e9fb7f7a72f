import type { ApiRoute } from './api-route.js';

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => ENTITIES[character] ?? '');
}

/** The page at `/api/docs`: every route with what it takes; no script. The style sheet is at `/api/docs.css`. */
export function docsPage(routes: readonly ApiRoute[]): string {
  const groups = new Map<string, ApiRoute[]>();
  for (const route of routes) {
    const group = route.path.split('/')[2] ?? '';
    groups.set(group, [...(groups.get(group) ?? []), route]);
  }
  const sections = [...groups].map(([group, members]) => section(group, members));
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Portolan API</title>
<link rel="stylesheet" href="/api/docs.css">
</head>
<body>
<main>
<h1>Portolan API</h1>
<p>Machine-readable: <a href="/api/openapi.json">OpenAPI 3.1</a>. Lists answer <code>{ items, next }</code>; ask again with
<code>?cursor=next</code>. Errors are problem details (RFC 9457) with a stable <code>code</code>. Programs send
<code>Authorization: Bearer plt_…</code>; browsers a session cookie and, with writes, <code>X-CSRF-Token</code> from
<code>GET /api/session</code>.</p>
<nav><ul>${[...groups.keys()].map((group) => `<li><a href="#${escapeHtml(group)}">${escapeHtml(group)}</a></li>`).join('')}</ul></nav>
${sections.join('\n')}
</main>
</body>
</html>
`;
}

function section(group: string, routes: readonly ApiRoute[]): string {
  return `<section id="${escapeHtml(group)}"><h2>${escapeHtml(group)}</h2>${routes.map(article).join('')}</section>`;
}

function article(route: ApiRoute): string {
  const { method, path, summary, access, query, body, rawBody } = route;
  const parts = [
    ['role', access],
    ['query', fieldsOf(query)],
    ['body', rawBody ?? fieldsOf(body)],
  ].filter(([, text]) => text !== '');
  const list = parts.map(
    ([name = '', text = '']) => `<dt>${escapeHtml(name)}</dt><dd>${escapeHtml(text)}</dd>`,
  );
  return `<article><h3><code>${method.toUpperCase()} ${escapeHtml(path)}</code></h3><p>${escapeHtml(summary)}.</p><dl>${list.join('')}</dl></article>`;
}

function fieldsOf(schema: ApiRoute['query']): string {
  const shape = (schema as { readonly shape?: Readonly<Record<string, unknown>> } | undefined)
    ?.shape;
  return Object.keys(shape ?? {}).join(', ');
}

/** Style of the page. */
export const DOCS_STYLE = `:root{color-scheme:light dark;font:16px/1.5 system-ui,sans-serif}
main{max-width:60rem;margin:0 auto;padding:1rem}
nav ul{display:flex;flex-wrap:wrap;gap:.25rem 1rem;padding:0;list-style:none}
article{border-top:1px solid;padding:.5rem 0}
h3{margin:.25rem 0;font-size:1rem}
dl{display:grid;grid-template-columns:5rem 1fr;gap:.1rem 1rem;margin:0}
dd{margin:0;overflow-wrap:anywhere}
`;
