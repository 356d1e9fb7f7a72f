import { z } from '@hono/zod-openapi';
import { combineOpenedLayers } from '../../app/layer-combine.js';
import { diffOpenedLayers } from '../../app/layer-diff.js';
import { exportOpenedLayers, LAYER_EXPORTERS } from '../../app/layer-export.js';
import type { OpenedLayers } from '../../app/open-layers.js';
import { openMigrator } from '../../app/open-migrator.js';
import { placeLayer } from '../../app/place-layer.js';
import { openLayerValues } from '../../app/serve-layers.js';
import type { GivenRenderOptions } from '../../exporters/index.js';
import { layerToJson } from '../../layers/index.js';
import { AppError, isIssue, isRecord, parseJson } from '../../model/index.js';
import { type ApiRoute, defineRoute } from '../api-route.js';
import {
  layerCombineSchema,
  layerDiffInputSchema,
  layerDiffSchema,
  layerExportInputSchema,
  layerExportQuerySchema,
  layerMigrateSchema,
  layerResultSchema,
} from '../schemas/layers.js';
import type { ServerContext } from '../server-context.js';
import { MAX_LAYER_BYTES } from './layer-store-routes.js';
import { parseId } from './parse-ids.js';

/** What is made from layers: drawings and tables, combinations, differences, other versions. Nothing is kept. */
export function layerVerbRoutes(context: ServerContext): readonly ApiRoute[] {
  return [
    defineRoute(
      {
        name: 'layer.export',
        method: 'get',
        path: '/api/layers/{id}/export',
        access: 'viewer',
        rate: 'costly',
        summary: 'A layer as SVG, PNG, XLSX, CSV, JSON or Markdown',
        params: z.object({ id: z.string().max(40) }),
        query: layerExportQuerySchema,
        produces: LAYER_EXPORTERS.map(({ mediaType }) => mediaType),
      },
      async ({ params, query }) => {
        const opened = await openStored(context, [params.id]);
        return exportFile(opened, { ...query, options: parseOptions(query.options) });
      },
    ),
    defineRoute(
      {
        name: 'layer.export-document',
        method: 'post',
        path: '/api/layers/export',
        access: 'viewer',
        rate: 'costly',
        isPure: true,
        summary: 'A layer that is not kept, in any of the formats',
        body: layerExportInputSchema,
        maxBodyBytes: MAX_LAYER_BYTES,
        produces: LAYER_EXPORTERS.map(({ mediaType }) => mediaType),
      },
      ({ body }) => exportFile(openLayerValues([['layer', body.layer]]), body),
    ),
    defineRoute(
      {
        name: 'layer.combine',
        method: 'post',
        path: '/api/layers/combine',
        access: 'viewer',
        rate: 'costly',
        isPure: true,
        summary:
          'One layer from several by an expression over their scores; older ones are migrated',
        body: layerCombineSchema,
        maxBodyBytes: MAX_LAYER_BYTES,
        answer: layerResultSchema,
      },
      async ({ body }) => {
        const stored = await openStored(context, body.layerIds ?? []);
        const given = openLayerValues(
          (body.layers ?? []).map((layer, index) => [`layers[${index}]`, layer]),
        );
        const combined = combineOpenedLayers(
          {
            layers: [...stored.layers, ...given.layers],
            issues: [...stored.issues, ...given.issues],
          },
          { ...body, attackVersion: body.version },
        );
        return {
          layer: layerToJson(combined.layer) as Record<string, unknown>,
          attackVersion: combined.attackVersion,
          steps: combined.migrated.flatMap(({ steps }) => steps),
          issues: combined.issues,
        };
      },
    ),
    defineRoute(
      {
        name: 'layer.diff',
        method: 'post',
        path: '/api/layers/diff',
        access: 'viewer',
        rate: 'costly',
        isPure: true,
        summary: 'What changed between two layers: added, lost, better, worse',
        body: layerDiffInputSchema,
        maxBodyBytes: MAX_LAYER_BYTES,
        answer: layerDiffSchema,
      },
      async ({ body }) => {
        const before = await openGiven(context, 'before', body.before);
        const after = await openGiven(context, 'after', body.after);
        const diff = diffOpenedLayers(
          {
            layers: [...before.layers, ...after.layers],
            issues: [...before.issues, ...after.issues],
          },
          ['before', 'after'],
          { attackVersion: body.version, higherIsBetter: body.higherIsBetter },
        );
        const changes = diff.changes.map((change) => {
          return { ...change, techniqueName: diff.techniqueNames[change.techniqueId] ?? '' };
        });
        return { ...diff, changes };
      },
    ),
    defineRoute(
      {
        name: 'layer.migrate',
        method: 'post',
        path: '/api/layers/migrate',
        access: 'viewer',
        rate: 'costly',
        isPure: true,
        summary:
          'A layer on another version of ATT&CK, with the list of what changed and what needs a person',
        body: layerMigrateSchema,
        maxBodyBytes: MAX_LAYER_BYTES,
        answer: layerResultSchema,
      },
      async ({ body }) => {
        const opened = await openGiven(context, 'layer', body.layerId ?? body.layer ?? {});
        const [first] = opened.layers;
        if (first === undefined) throw new AppError('SOURCE_UNREADABLE', 'expected a layer');
        const { domain } = first.layer;
        const to = body.to ?? context.shelf.open(domain).version;
        const placed = placeLayer(first, openMigrator([domain]), to);
        return {
          layer: layerToJson(placed.layer) as Record<string, unknown>,
          attackVersion: placed.knowledgeBase.version,
          steps: placed.steps,
          issues: [...opened.issues, ...placed.issues],
        };
      },
    ),
  ];
}

async function openStored({ store }: ServerContext, ids: readonly string[]): Promise<OpenedLayers> {
  const values: [string, unknown][] = [];
  for (const id of ids) {
    const { document, name } = await store.layers.find(parseId(id));
    values.push([name, JSON.parse(document) as unknown]);
  }
  return openLayerValues(values);
}

/** A layer by id, or as a document; called `source` either way. */
async function openGiven(
  { store }: ServerContext,
  source: string,
  given: string | Readonly<Record<string, unknown>>,
): Promise<OpenedLayers> {
  if (typeof given !== 'string') return openLayerValues([[source, given]]);
  const { document } = await store.layers.find(parseId(given));
  return openLayerValues([[source, JSON.parse(document) as unknown]]);
}

function parseOptions(text: string | undefined): Readonly<Record<string, unknown>> | undefined {
  if (text === undefined) return undefined;
  const parsed = parseJson(text, { source: 'options' });
  if (!isIssue(parsed) && isRecord(parsed.value)) return parsed.value;
  throw new AppError('USAGE', 'options: expected a JSON object of render options');
}

interface ExportQuestion {
  readonly format: string;
  readonly version?: string | undefined;
  readonly options?: Readonly<Record<string, unknown>> | undefined;
}

async function exportFile(
  opened: OpenedLayers,
  { format, version, options }: ExportQuestion,
): Promise<Response> {
  const name = format === 'md' ? 'markdown' : format;
  const exporter = LAYER_EXPORTERS.find(
    (one) => one.format === name || one.extension === `.${format}`,
  );
  const source = opened.layers[0]?.source ?? 'layer';
  const { content, issues } = await exportOpenedLayers(opened, source, {
    format: exporter?.format ?? format,
    attackVersion: version,
    // The exporter names what is no option.
    render: options as GivenRenderOptions | undefined,
  });
  const bytes = typeof content === 'string' ? Buffer.from(content) : Buffer.from(content);
  const fileName = (opened.layers[0]?.layer.name ?? 'layer').replace(/[^\w.-]+/g, '-').slice(0, 80);
  return new Response(bytes as Uint8Array<ArrayBuffer>, {
    headers: {
      'Content-Type': exporter?.mediaType ?? 'application/octet-stream',
      'Content-Disposition': `attachment; filename="${fileName || 'layer'}${exporter?.extension ?? ''}"`,
      // Scripts in an SVG must not run as ours when someone opens it here.
      'Content-Security-Policy': "default-src 'none'; style-src 'unsafe-inline'; sandbox",
      'Cache-Control': 'no-store',
      'X-Portolan-Issues': String(issues.length),
    },
  });
}
