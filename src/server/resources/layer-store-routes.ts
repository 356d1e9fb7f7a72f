import { z } from '@hono/zod-openapi';
import { openLayerBytes, openLayerValues, toStorableLayer } from '../../app/serve-layers.js';
import { layerToJson } from '../../layers/index.js';
import { AppError, type Issue } from '../../model/index.js';
import type { LayerRecord, LayerSummary } from '../../store/index.js';
import { readBytes } from '../answers/read-body.js';
import { type ApiRoute, defineRoute } from '../api-route.js';
import { type Caller, userIdOf } from '../auth/caller.js';
import { doneSchema } from '../schemas/accounts.js';
import { flagSchema, pageQuerySchema } from '../schemas/common.js';
import {
  layerInputSchema,
  layerPageSchema,
  layerUpdateSchema,
  layerUploadSchema,
  storedLayerSchema,
} from '../schemas/layers.js';
import { webAddressSchema } from '../schemas/web-address.js';
import type { ServerContext } from '../server-context.js';
import { fetchGuarded } from './fetch-guarded.js';
import { storePage, toPage } from './paging.js';
import { parseId, toInstant } from './parse-ids.js';
import { userNames } from './user-names.js';

/** Of a layer as JSON. */
export const MAX_LAYER_BYTES = 32 * 1024 * 1024;

const idSchema = z.object({ id: z.string().max(40) });

/** Layers that the workspace keeps; they belong to the team. */
export function layerStoreRoutes(context: ServerContext): readonly ApiRoute[] {
  const { store } = context;
  return [
    defineRoute(
      {
        name: 'layer.list',
        method: 'get',
        path: '/api/layers',
        access: 'viewer',
        summary: 'Lists layers, those changed last first',
        query: pageQuerySchema,
        answer: layerPageSchema,
      },
      async ({ query }) => {
        const page = await store.layers.list(storePage(query));
        const names = await userNames(context, page.items);
        return toPage(page, (layer) => toSummary(layer, names));
      },
    ),
    defineRoute(
      {
        name: 'layer.show',
        method: 'get',
        path: '/api/layers/{id}',
        access: 'viewer',
        summary: 'A layer with its content in Navigator’s format 4.5',
        params: idSchema,
        answer: storedLayerSchema,
      },
      async ({ params }) => toStored(context, await store.layers.find(parseId(params.id)), []),
    ),
    defineRoute(
      {
        name: 'layer.add',
        method: 'post',
        path: '/api/layers',
        access: 'analyst',
        summary: 'Keeps a layer; any format of Navigator is read',
        body: layerInputSchema,
        maxBodyBytes: MAX_LAYER_BYTES,
        answer: storedLayerSchema,
        status: 201,
      },
      async ({ body, caller, audit }) => {
        const { layers, issues } = openLayerValues([['layer', body.layer]]);
        const [first] = await addLayers(context, layers, caller);
        if (first === undefined) throw new AppError('SOURCE_UNREADABLE', 'expected a layer');
        audit.target = `layer ${first.layerId}`;
        return toStored(context, first, issues);
      },
    ),
    defineRoute(
      {
        name: 'layer.change',
        method: 'put',
        path: '/api/layers/{id}',
        access: 'analyst',
        summary: 'Replaces the content of a layer; refused when someone changed it meanwhile',
        params: idSchema,
        body: layerUpdateSchema,
        maxBodyBytes: MAX_LAYER_BYTES,
        answer: storedLayerSchema,
      },
      async ({ params, body, audit }) => {
        const layerId = parseId(params.id);
        audit.target = `layer ${layerId}`;
        const { layers, issues } = openLayerValues([['layer', body.layer]]);
        const [opened] = layers;
        if (opened === undefined) throw new AppError('SOURCE_UNREADABLE', 'expected a layer');
        const { layer: _layer, ...storable } = toStorableLayer(opened.layer);
        const { revision } = body;
        const changed = await store.layers.change(layerId, { ...storable, revision });
        return toStored(context, changed, issues);
      },
    ),
    defineRoute(
      {
        name: 'layer.remove',
        method: 'delete',
        path: '/api/layers/{id}',
        access: 'analyst',
        summary: 'Removes a layer',
        params: idSchema,
        answer: doneSchema,
      },
      async ({ params, audit }) => {
        audit.target = `layer ${params.id}`;
        await store.layers.remove(parseId(params.id));
        return { done: true as const };
      },
    ),
    defineRoute(
      {
        name: 'layer.upload',
        method: 'post',
        path: '/api/layers/upload',
        access: 'analyst',
        summary: 'Keeps the layers of a file, plain or gzip; with save=false only reads them',
        query: z.object({ save: flagSchema, name: z.string().max(200).optional() }),
        rawBody: 'application/octet-stream',
        answer: layerUploadSchema,
        status: 201,
      },
      async ({ query, c, caller }) => {
        const bytes = await readBytes(c, MAX_LAYER_BYTES);
        const isSaved = c.req.query('save') === undefined || query.save;
        return bringIn(context, bytes, { caller, source: query.name ?? 'layer', isSaved });
      },
    ),
    defineRoute(
      {
        name: 'layer.from-url',
        method: 'post',
        path: '/api/layers/from-url',
        access: 'analyst',
        rate: 'costly',
        summary:
          'Fetches a layer from the web and reads it without keeping it; private addresses are refused',
        body: webAddressSchema,
        answer: layerUploadSchema,
      },
      async ({ body, caller, audit }) => {
        audit.target = body.url.slice(0, 300);
        const bytes = await fetchGuarded(context, body.url, MAX_LAYER_BYTES);
        return bringIn(context, bytes, { caller, source: body.url, isSaved: false });
      },
    ),
  ];
}

interface BringIn {
  readonly caller: Caller;
  readonly source: string;
  readonly isSaved: boolean;
}

async function bringIn(
  context: ServerContext,
  bytes: Uint8Array,
  { caller, source, isSaved }: BringIn,
) {
  const { layers, issues } = openLayerBytes(bytes, source.slice(0, 200));
  if (isSaved) {
    const added = await addLayers(context, layers, caller);
    const items = await Promise.all(added.map((record) => toStored(context, record, [])));
    return { items, issues };
  }
  const now = context.now().toISOString();
  const items = layers.map(({ layer }) => {
    const { document, ...rest } = toStorableLayer(layer);
    return {
      id: '',
      name: rest.name,
      domain: rest.domain,
      attackVersion: rest.attackVersion,
      sizeBytes: document.length,
      revision: 0,
      by: '',
      createdAt: now,
      updatedAt: now,
      ...contentOf(document),
      issues: [],
    };
  });
  return { items, issues };
}

async function addLayers(
  { store }: ServerContext,
  layers: ReturnType<typeof openLayerValues>['layers'],
  caller: Caller,
): Promise<readonly LayerRecord[]> {
  const added: LayerRecord[] = [];
  for (const { layer: one } of layers) {
    const { layer: _layer, ...storable } = toStorableLayer(one);
    added.push(await store.layers.add({ ...storable, userId: userIdOf(caller) }));
  }
  return added;
}

function toSummary(layer: LayerSummary, names: ReadonlyMap<number, string>) {
  const { layerId, name, domain, attackVersion, sizeBytes, revision, userId } = layer;
  return {
    id: String(layerId),
    name,
    domain,
    attackVersion,
    sizeBytes,
    revision,
    by: userId === undefined ? 'local' : (names.get(userId) ?? ''),
    createdAt: toInstant(layer.createdMs),
    updatedAt: toInstant(layer.updatedMs),
  };
}

function contentOf(document: string) {
  const { layers } = openLayerValues([['layer', JSON.parse(document) as unknown]]);
  const [opened] = layers;
  return {
    layer: opened === undefined ? {} : (layerToJson(opened.layer) as Record<string, unknown>),
    description: opened?.layer.description ?? '',
    techniques: opened?.layer.techniques.length ?? 0,
  };
}

async function toStored(context: ServerContext, record: LayerRecord, issues: readonly Issue[]) {
  const names = await userNames(context, [record]);
  return { ...toSummary(record, names), ...contentOf(record.document), issues };
}
