import { describe, expect, it } from 'vitest';
import { WATCHED_FIELDS } from '../src/app/watched-fields.table.js';
import { readWatchedNames } from './watched-names.js';

describe('watched-fields.table.ts', () => {
  it('holds every name in the source of the behaviours (else: npx tsx scripts/watched-fields.ts)', () => {
    expect(readWatchedNames().filter((name) => !WATCHED_FIELDS.has(name))).toEqual([]);
    expect([...WATCHED_FIELDS]).toContain('CommandLine');
  });
});
