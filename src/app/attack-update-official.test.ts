import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { serveFiles } from '../../test/attack/serve.js';
import { updateAttack } from './attack-update.js';

const FOLDER = '../shared/data/attack';
const MITRE = 'https://raw.githubusercontent.com/mitre-attack/attack-stix-data/master/';

describe.skipIf(!existsSync(FOLDER))('official files (need ../shared/data)', () => {
  it("updates from a mirror of MITRE's index, beside all that ships", async () => {
    const server = await serveFiles({
      'index.json': readFileSync(`${FOLDER}/collection-index.json`, 'utf8').replaceAll(MITRE, '/'),
      'ics-attack/ics-attack-18.1.json': gunzipSync(
        readFileSync(`${FOLDER}/ics-attack-18.1.stix21.json.gz`),
      ),
    });
    const userFolder = mkdtempSync(join(tmpdir(), 'portolan-official-'));
    try {
      const from = `${server.url}/index.json`;
      const options = { fetch, now: new Date(0), userFolder, from, domain: 'ics-attack' } as const;
      const outcomes = await updateAttack(options);
      expect(outcomes).toMatchObject([
        {
          kind: 'installed',
          version: '18.1',
          issues: [],
          defaultVersion: '18.1',
          bundle: { released: '2025-11-13', techniqueCount: 83, objectCount: 450 },
        },
      ]);
      expect(await updateAttack(options)).toMatchObject([{ kind: 'current', version: '18.1' }]);
    } finally {
      await server.close();
      rmSync(userFolder, { recursive: true });
    }
  });
});
