import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startServer, type TestClient, type TestServer } from './harness.js';
import { REQUESTS } from './route-requests.js';

interface Operation {
  readonly operationId: string;
  readonly 'x-portolan-role': string;
  readonly parameters?: readonly { readonly name: string; readonly in: string }[];
  readonly responses: Readonly<
    Record<string, { readonly content?: Readonly<Record<string, { readonly schema: object }>> }>
  >;
}

interface OpenApi {
  readonly openapi: string;
  readonly info: { readonly title: string; readonly version: string };
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: { readonly schemas: Readonly<Record<string, object>> };
}

let server: TestServer;
let admin: TestClient;
let document: OpenApi;
beforeAll(async () => {
  server = await startServer();
  admin = await server.signIn('admin');
  document = (await (await admin.request('/api/openapi.json')).json()) as OpenApi;
});
afterAll(() => server.close());

describe('the description of the API', () => {
  it('has every route under its path and method, and no other', () => {
    const described = Object.entries(document.paths).flatMap(([path, methods]) =>
      Object.entries(methods).map(
        ([method, { operationId }]) => `${method} ${path} ${operationId}`,
      ),
    );
    const served = server.server.routes.map(
      ({ method, path, name }) => `${method} ${path} ${name}`,
    );
    expect(described.sort()).toEqual([...served].sort());
    expect(document.openapi).toBe('3.1.0');
  });

  it('names every parameter of a path, and the role that each operation asks for', () => {
    for (const [path, methods] of Object.entries(document.paths))
      for (const operation of Object.values(methods)) {
        const wanted = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
        const inPath = (operation.parameters ?? []).filter((one) => one.in === 'path');
        expect(inPath.map(({ name }) => name)).toEqual(wanted);
        expect(['public', 'viewer', 'analyst', 'admin']).toContain(operation['x-portolan-role']);
      }
  });

  it('resolves every reference', () => {
    const references = JSON.stringify(document).match(/"#\/components\/schemas\/[^"]+"/g) ?? [];
    expect(references.length).toBeGreaterThan(100);
    for (const reference of references) {
      const name = reference.slice(1, -1).replace('#/components/schemas/', '');
      expect([name, document.components.schemas[name] !== undefined]).toEqual([name, true]);
    }
  });

  it('has schemas of JSON Schema 2020-12 that the real answers fit', async () => {
    const ajv = new Ajv2020({ strict: false, allErrors: true });
    (addFormats as unknown as (ajv: Ajv2020) => void)(ajv);
    ajv.addSchema({ $id: 'api', components: document.components });
    await admin.request('/api/imports/example', { method: 'POST' });
    await server.server.queue.idle();
    let compared = 0;
    for (const { name, path, method, status = 200, answer } of server.server.routes) {
      const request = REQUESTS[name];
      const schema =
        document.paths[path]?.[method]?.responses[String(status)]?.content?.['application/json'];
      if (request === undefined || answer === undefined || schema === undefined) continue;
      if (name.startsWith('session.') && method !== 'get') continue;
      const response = await admin.request(request.path, request);
      if (response.status !== status) continue;
      const text = JSON.stringify(schema.schema).replaceAll('"#/components', '"api#/components');
      const isValid = ajv.compile(JSON.parse(text) as object);
      expect([name, isValid(await response.json()), isValid.errors]).toEqual([name, true, null]);
      compared += 1;
    }
    expect(compared).toBeGreaterThan(35);
  });

  it('is the same as the one in docs/reference', () => {
    const kept = JSON.parse(readFileSync('docs/reference/openapi.json', 'utf8')) as OpenApi;
    expect({ ...kept, info: {} }).toEqual({ ...document, info: {} });
  });
});

describe('the page about it', () => {
  it('names every route and needs no script and no other site', async () => {
    const page = await (await admin.request('/api/docs')).text();
    for (const { path } of server.server.routes) expect(page).toContain(path);
    expect(page).not.toMatch(/<script|style="|https?:\/\//);
  });
});
