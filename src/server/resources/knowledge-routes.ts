import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { z } from '@hono/zod-openapi';
import { compareAttackVersions } from '../../app/attack-diff.js';
import { searchObjects } from '../../app/attack-search.js';
import { listVersions } from '../../app/attack-versions.js';
import { formatCatalogue } from '../../attack/index.js';
import { AppError } from '../../model/index.js';
import { encodeAnswer, sendAnswer } from '../answers/encode-answer.js';
import { type ApiRoute, defineRoute } from '../api-route.js';
import { domainSchema } from '../schemas/common.js';
import { searchAnswerSchema, searchQuerySchema } from '../schemas/search.js';
import {
  versionDiffQuerySchema,
  versionDiffSchema,
  versionListSchema,
} from '../schemas/versions.js';
import type { ServerContext } from '../server-context.js';

/** Search over ATT&CK, its versions, what they differ in, and their catalogues for look-ups in the browser. */
export function knowledgeRoutes(context: ServerContext): readonly ApiRoute[] {
  return [
    defineRoute(
      {
        name: 'search',
        method: 'get',
        path: '/api/search',
        access: 'viewer',
        caching: 'release',
        summary:
          'Finds objects of ATT&CK, best first; an old id answers with what it is called now',
        query: searchQuerySchema,
        answer: searchAnswerSchema,
      },
      ({ query: { q, ...options } }) => {
        if (context.searches.size > 12) context.searches.clear();
        return searchObjects(q, { ...options, searches: context.searches });
      },
    ),
    defineRoute(
      {
        name: 'version.list',
        method: 'get',
        path: '/api/versions',
        access: 'viewer',
        caching: 'release',
        summary: 'Lists the versions of ATT&CK that can be opened',
        answer: versionListSchema,
      },
      () => ({ items: listVersions().map(toVersion), next: null }),
    ),
    defineRoute(
      {
        name: 'version.diff',
        method: 'get',
        path: '/api/versions/diff',
        access: 'viewer',
        rate: 'costly',
        caching: 'release',
        summary: 'What two versions of ATT&CK differ in, explained',
        query: versionDiffQuerySchema,
        answer: versionDiffSchema,
      },
      ({ query: { from, to, domain, kinds } }) => {
        const newer = to ?? context.shelf.open(domain).version;
        return compareAttackVersions(from, newer, { domain, kinds });
      },
    ),
    defineRoute(
      {
        name: 'catalogue.show',
        method: 'get',
        path: '/api/catalogue/{domain}/{version}',
        access: 'viewer',
        summary:
          'The facts of a version as the compact text that parseCatalogue of Portolan’s look-up reads; with `v` it never changes',
        params: z.object({ domain: domainSchema, version: z.string().max(40) }),
        query: z.object({ v: z.string().max(64).optional() }),
        produces: ['text/plain'],
      },
      async ({ params, query, c }) => {
        const entry = findVersion(params.domain, params.version);
        const stamp = contentOf(entry);
        const key = `catalogue ${params.domain} ${params.version} ${stamp}`;
        const encoded = await context.answers.get(key, 0, async () => {
          const content = Buffer.from(readCatalogue(context, entry), 'latin1');
          return encodeAnswer(undefined, { content, mediaType: 'text/plain; charset=utf-8' });
        });
        return sendAnswer(c, encoded, {
          status: 200,
          caching: query.v === stamp ? 'immutable' : 'release',
        });
      },
    ),
  ];
}

type Entry = ReturnType<typeof listVersions>[number];

/** What tells one content of a version from another. */
function contentOf({ origin, sha256, installed, version, domain }: Entry): string {
  const text = [origin, sha256, installed, domain, version].join(' ');
  return createHash('sha256').update(text).digest('hex').slice(0, 16);
}

function findVersion(domain: string, version: string): Entry {
  const entry = listVersions().findLast((one) => one.domain === domain && one.version === version);
  if (entry !== undefined) return entry;
  throw new AppError('NOT_FOUND', `ATT&CK ${version.slice(0, 40)} of ${domain} is not there`);
}

/** The text as it ships; a bundle of the user's own is written in the same form. */
function readCatalogue({ shelf }: ServerContext, entry: Entry): string {
  const { domain, version, origin, path } = entry;
  if (origin === 'shipped') return readFileSync(path, 'latin1');
  const { released, carriedOver, source = '', sha256 = '' } = entry;
  const meta = { domain, version, released, carriedOver, source, sha256 };
  return formatCatalogue(shelf.open(domain, version), { meta });
}

function toVersion(entry: Entry) {
  const { domain, version, released, origin, source, carriedOver } = entry;
  const { objectCount, techniqueCount, isDefault, problem } = entry;
  const path = `/api/catalogue/${domain}/${encodeURIComponent(version)}`;
  return {
    domain,
    version,
    released,
    origin,
    source,
    carriedOver,
    objectCount,
    techniqueCount,
    isDefault,
    problem:
      problem === undefined ? undefined : 'cannot be opened; `portolan attack versions` says why',
    catalogueUrl: `${path}?v=${contentOf(entry)}`,
  };
}
