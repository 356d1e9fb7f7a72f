import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Command } from 'commander';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { registerMigrate } from './migrate.js';

let folder = '';
let out = '';
let err = '';

async function run(...words: readonly string[]): Promise<void> {
  const program = new Command('portolan').exitOverride();
  registerMigrate(program);
  await program.parseAsync(['migrate', ...words], { from: 'user' });
}

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'portolan-migrate-'));
  [out, err] = ['', ''];
  vi.spyOn(process.stdout, 'write').mockImplementation((chunk) => {
    out += String(chunk);
    return true;
  });
  vi.spyOn(process.stderr, 'write').mockImplementation((chunk) => {
    err += String(chunk);
    return true;
  });
  writeFileSync(
    join(folder, 'a.yml'),
    'title: x\ntags:\n    - attack.t1562.001\n    - attack.t1043\n',
  );
  writeFileSync(join(folder, 'b\u001b[31m.yml'), 'title: x\ntags:\n    - attack.defense-evasion\n');
});

afterEach(() => {
  vi.restoreAllMocks();
  rmSync(folder, { recursive: true, force: true });
});

describe('portolan migrate', () => {
  it('prints counts by decision and what needs a person, with file and line', async () => {
    await run(folder, '--to', '19.1');
    expect(out).toMatch(/To ATT&CK 19\.1: 2 files, 1 changed/);
    expect(out).toMatch(/automatic +1\n/);
    expect(out).toMatch(/needs a person 2\n/);
    expect(out).toContain('a.yml:4: attack.t1043: T1043 is deprecated');
    expect(out).toContain('Nothing is written');
  });

  it('makes names from outside harmless for the terminal', async () => {
    await run(folder, '--to', '19.1');
    expect(out + err).not.toContain('\u001b[31m.yml');
    expect(out).toContain('\\x1b');
  });

  it('prints one JSON document with --json', async () => {
    await run(folder, '--to', '19.1', '--json');
    expect(JSON.parse(out)).toMatchObject({
      to: '19.1',
      counts: { automatic: 1, suggested: 0, 'needs-person': 2 },
      audit: expect.arrayContaining([
        expect.objectContaining({ raw: 'attack.t1562.001', to: 'T1685' }),
      ]),
    });
  });

  it('wants to know where to', async () => {
    await expect(run(folder)).rejects.toThrow(/--to/);
  });
});
