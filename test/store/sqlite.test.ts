import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from 'vitest';
import { describeStore } from '../contract/store.js';

const folder = mkdtempSync(join(tmpdir(), 'portolan-sqlite-'));
let files = 0;

afterAll(() => rmSync(folder, { recursive: true, force: true }));

describeStore({
  name: 'SQLite',
  without: undefined,
  emptyPlace: async () => {
    files += 1;
    return join(folder, `${files}.db`);
  },
});
