import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { tinyBundle, tinyId, tinyObjects } from '../attack/tiny-bundle.js';
import { type Run, runPortolan } from './run-portolan.js';

const folder = mkdtempSync(join(tmpdir(), 'portolan-cli-import-'));
afterAll(() => rmSync(folder, { recursive: true }));

function write(name: string, text: string): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}

const run = (home: string, ...args: string[]): Run =>
  runPortolan(['attack', ...args], { PORTOLAN_HOME: join(folder, home) });

describe('portolan attack import', () => {
  it("installs a bundle of one's own, whose texts then show and do no harm to a terminal", () => {
    const objects = tinyObjects().map((object) => ({
      ...object,
      description: 'Whistles.\u001b[2J',
    }));
    const file = write('own.json', tinyBundle({}, objects));
    const imported = run('own', 'import', file, '--attack-version', 'acme-1');
    expect(imported).toMatchObject({ code: 0, stderr: `reading ${file}\n` });
    expect(imported.stdout).toMatch(
      /^installed enterprise acme-1: 4 techniques, 7 objects, in .*\n {2}19\.1 stays what opens by default/,
    );
    const group = run('own', 'show', 'Whistlers', '--attack-version', 'acme-1').stdout;
    expect(group).toMatch(/procedure examples \(1\)\n {2}T9000 Whistle 1: Whistles/);
    const shown = run('own', 'show', 'T9000', '--attack-version', 'acme-1').stdout;
    expect(shown).toContain('references (2)\n  mitre-attack https://example.com/T9000');
    expect(shown).toContain('Whistles.');
    expect(shown).not.toContain('\u001b');
    expect(run('own', 'versions').stdout).toContain('enterprise acme-1 full bundle');
  });

  it('prints one JSON document with every issue', () => {
    const dangling = Array.from({ length: 30 }, (_, index) => ({
      type: 'relationship',
      id: tinyId('relationship', 100 + index),
      relationship_type: 'uses',
      source_ref: tinyId('tool', index),
      target_ref: tinyId('attack-pattern', 1),
    }));
    const file = write('dangling.json', tinyBundle({}, [...tinyObjects(), ...dangling]));
    const { code, stdout, stderr } = run(
      'json',
      'import',
      file,
      '--attack-version',
      'acme-1',
      '--json',
    );
    const [imported] = JSON.parse(stdout) as {
      bundle: { techniqueCount: number };
      issues: unknown[];
    }[];
    expect([code, imported?.bundle.techniqueCount, imported?.issues.length]).toEqual([0, 4, 30]);
    expect(stderr.match(/STIX_DANGLING_REF/g)).toHaveLength(20);
    expect(stderr).toContain('10 more');
  });

  it.each([
    ['no JSON', '<html>', 3],
    ['JSON nested 10,000 deep', '['.repeat(10_000), 3],
    ['an empty bundle', '{"objects":[]}', 3],
    ['a bundle that nothing tells the version of', tinyBundle(), 2],
  ])('ends with one line and no stack trace for %s', (_, text, exitCode) => {
    const file = write('bad.json', text);
    const { code, stdout, stderr } = run('bad', 'import', file);
    expect([code, stdout]).toEqual([exitCode, '']);
    expect(stderr.trim().split('\n')).toHaveLength(2);
    expect(stderr).toMatch(/\nportolan: .*bad\.json/);
    expect(stderr).not.toMatch(/\n\s+at /);
  });
});

describe('portolan attack update', () => {
  it.each([
    [
      'a port where nobody is',
      ['--from', 'http://127.0.0.1:9/index.json'],
      3,
      /cannot reach 127\.0\.0\.1:9 \(.*\); nothing changed; .* portolan attack import FILE$/,
    ],
    ['a file', ['--from', 'file:///etc/passwd'], 2, /expected a URL that starts with https:\/\//],
    [
      'a domain that is none',
      ['--domain', 'banana'],
      2,
      /expected a domain \(enterprise, mobile, ics\), found "banana"$/,
    ],
  ])('ends with one line for %s', (_, args, exitCode, message) => {
    const { code, stdout, stderr } = run('update', 'update', ...args);
    expect([code, stdout]).toEqual([exitCode, '']);
    expect(stderr.trim().split('\n').at(-1)).toMatch(message);
  });
});
