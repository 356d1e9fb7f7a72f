import { execFileSync } from 'node:child_process';
import {
  appendFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readlinkSync,
  rmSync,
  symlinkSync,
  truncateSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { type Zippable, zipSync } from 'fflate';
import { afterAll, describe, expect, it } from 'vitest';
import { fuzzRuns } from '../../../test/fuzz-runs.js';
import type { Issue } from '../../model/index.js';
import { listFiles } from '../list-files.js';
import { ARCHIVE_LIMITS, type ArchiveLimits } from './archive-limits.js';
import { openLogs } from './open-logs.js';

const folder = mkdtempSync(join(tmpdir(), 'portolan-logs-'));
afterAll(() => rmSync(folder, { recursive: true }));

const encode = (text: string): Uint8Array => new TextEncoder().encode(text);

function put(name: string, bytes: Uint8Array): string {
  const path = join(folder, name);
  writeFileSync(path, bytes);
  return path;
}

function linkOf(fd: string): string | undefined {
  try {
    return readlinkSync(`/proc/self/fd/${fd}`);
  } catch {
    return undefined;
  }
}

interface Found {
  /** Source → content. */
  readonly logs: Readonly<Record<string, string>>;
  readonly issues: readonly Issue[];
}

async function openAll(path: string, limits?: ArchiveLimits): Promise<Found> {
  const logs: Record<string, string> = {};
  const issues: Issue[] = [];
  for await (const log of openLogs(path, limits)) {
    if (log.kind === 'issue') {
      issues.push(log);
      continue;
    }
    const parts: Uint8Array[] = [];
    for await (const chunk of log.file.chunks) parts.push(chunk);
    logs[log.source.replace(path, '')] = Buffer.concat(parts).toString();
    issues.push(...log.file.issues);
  }
  return { logs, issues };
}

const zip = (files: Zippable): Uint8Array => zipSync(files, { mtime: '2026-11-24T10:00:00Z' });

describe('openLogs', () => {
  it('passes over bytes after the table of a zip', async () => {
    const bytes = zip({ 'a.log': encode('one\n') });
    for (const after of ['\n', '\r\n', 'x'.repeat(5_000)]) {
      const path = put('trailing.zip', Buffer.concat([bytes, encode(after)]));
      expect(await openAll(path)).toEqual({ logs: { '!a.log': 'one\n' }, issues: [] });
    }
  });

  it.skipIf(!existsSync('/proc/self/fd'))('leaves no file open (needs /proc)', async () => {
    const path = put('closed.zip', zip({ 'a.log': encode('one\n') }));
    const before = readdirSync('/proc/self/fd').map((fd) => linkOf(fd));
    await openAll(path);
    const still = readdirSync('/proc/self/fd').map((fd) => linkOf(fd));
    expect(still.filter((one) => one === path)).toEqual(before.filter((one) => one === path));
  });

  it('opens a file as it is, and gzip through', async () => {
    expect(await openAll(put('a.log', encode('text')))).toEqual({
      logs: { '': 'text' },
      issues: [],
    });
    expect(await openAll(put('b', gzipSync('text')))).toEqual({ logs: { '': 'text' }, issues: [] });
  });

  it('opens each member of a zip archive, also those that are gzip or zip', async () => {
    const inner = zip({ 'deep.log': encode('deep') });
    const path = put(
      'a.zip',
      zip({
        'x/a.log': encode('one'),
        'b.gz': gzipSync('two'),
        'in.zip': inner,
        '.hidden': encode('h'),
        '__MACOSX/x': encode('h'),
      }),
    );
    expect(await openAll(path)).toEqual({
      logs: { '!x/a.log': 'one', '!b.gz': 'two', '!in.zip!deep.log': 'deep' },
      issues: [],
    });
    expect(readdirSync(tmpdir()).filter((name) => name.startsWith('portolan-zip-'))).toEqual([]);
  });

  it('says when members were last written', async () => {
    for await (const log of openLogs(put('time.zip', zip({ a: encode('a') }))))
      if (log.kind === 'log') expect(log.file.modified?.getUTCFullYear()).toBe(2026);
  });

  it('opens an archive in an archive once', async () => {
    const third = zip({ a: encode('x') });
    const path = put('nested.zip', zip({ 'one.zip': zip({ 'two.zip': third, b: encode('b') }) }));
    const { logs, issues } = await openAll(path);
    expect(logs).toEqual({ '!one.zip!b': 'b' });
    expect(issues).toMatchObject([
      { code: 'ARCHIVE_UNSUPPORTED', at: { source: `${path}!one.zip!two.zip` } },
    ]);
  });

  it('opens tar, also in gzip, with long names', async () => {
    const long = `${'d'.repeat(80)}/${'e'.repeat(80)}/${'f'.repeat(120)}`;
    mkdirSync(join(folder, 't', 'd'.repeat(80), 'e'.repeat(80)), { recursive: true });
    put('t/a.log', encode('one'));
    put(join('t', long), encode('two'));
    for (const format of ['ustar', 'gnu', 'pax']) {
      const path = join(folder, `${format}.tar`);
      const names = format === 'ustar' ? ['a.log'] : ['a.log', long];
      execFileSync('tar', [`--format=${format}`, '-cf', path, '-C', join(folder, 't'), ...names]);
      const expected =
        format === 'ustar' ? { '!a.log': 'one' } : { '!a.log': 'one', [`!${long}`]: 'two' };
      expect(await openAll(path)).toEqual({ logs: expected, issues: [] });
    }
    const { logs } = await openAll(
      put('gnu.tgz', gzipSync(execFileSync('tar', ['-cf', '-', '-C', join(folder, 't'), 'a.log']))),
    );
    expect(logs).toEqual({ '!a.log': 'one' });
  });

  it('goes on with the next member when one is given up', async () => {
    const big = 'x'.repeat(2_000_000);
    put('t/big', encode(big));
    const tar = put(
      'skip.tar',
      execFileSync('tar', ['-cf', '-', '-C', join(folder, 't'), 'big', 'a.log'], {
        maxBuffer: 1e8,
      }),
    );
    const zipped = put('skip.zip', zip({ big: encode(big), 'a.log': encode('one') }));
    for (const path of [tar, zipped]) {
      const sources: string[] = [];
      for await (const log of openLogs(path))
        if (log.kind === 'log') sources.push(log.source.replace(path, ''));
      expect(sources).toEqual(['!big', '!a.log']);
    }
  });

  it.each([
    [
      'encrypted',
      (bytes: Uint8Array) => setBits(bytes, { local: 6, central: 8, value: 1 }),
      'is encrypted',
    ],
    [
      'packed in an unknown way',
      (bytes: Uint8Array) => setBits(bytes, { local: 8, central: 10, value: 93 }),
      'is packed with method 93',
    ],
  ])('says that a member is %s', async (_name, change, message) => {
    const { logs, issues } = await openAll(put('odd.zip', change(zip({ a: encode('text') }))));
    expect(logs).toEqual({});
    expect(issues).toMatchObject([
      { code: 'ARCHIVE_UNSUPPORTED', message: expect.stringContaining(message) },
    ]);
  });

  it('says that a member is damaged, and reads the others', async () => {
    const bytes = zip({ a: encode('text '.repeat(1_000)), b: encode('fine') });
    bytes.fill(0xff, 40, 60);
    const { logs, issues } = await openAll(put('damaged.zip', bytes));
    expect(logs['!b']).toBe('fine');
    expect(issues).toMatchObject([
      { code: 'ARCHIVE_DAMAGED', at: { source: expect.stringMatching(/!a$/) } },
    ]);
  });

  it('says that an archive is cut off', async () => {
    const bytes = zip({ a: encode('text') });
    expect((await openAll(put('cut.zip', bytes.subarray(0, 50)))).issues).toMatchObject([
      { code: 'ARCHIVE_DAMAGED' },
    ]);
    const tar = execFileSync('tar', ['-cf', '-', '-C', join(folder, 't'), 'a.log']);
    expect((await openAll(put('cut.tar', tar.subarray(0, 513)))).issues).toMatchObject([
      { code: 'ARCHIVE_DAMAGED' },
    ]);
  });

  it('gives up archives that expand or hold too much', async () => {
    const limits = { ...ARCHIVE_LIMITS, freeBytes: 1_000_000, maxMembers: 3 };
    const bomb = put('bomb.zip', zip({ a: new Uint8Array(5_000_000), b: encode('b') }));
    expect((await openAll(bomb, limits)).issues).toMatchObject([{ code: 'INPUT_TOO_LARGE' }]);
    const many = put(
      'many.zip',
      zip(Object.fromEntries(['a', 'b', 'c', 'd'].map((name) => [name, encode(name)]))),
    );
    const { logs, issues } = await openAll(many, limits);
    expect(Object.keys(logs)).toEqual(['!a', '!b', '!c']);
    expect(issues).toMatchObject([{ code: 'INPUT_TOO_LARGE' }]);
  });

  it('does not unpack an archive in an archive that is too large', async () => {
    const path = put(
      'large.zip',
      zip({ 'in.zip': [zip({ a: encode('x'.repeat(9_999)) }), { level: 0 }] }),
    );
    const { issues } = await openAll(path, { ...ARCHIVE_LIMITS, maxNestedBytes: 50 });
    expect(issues).toMatchObject([{ code: 'INPUT_TOO_LARGE', at: { source: `${path}!in.zip` } }]);
  });

  it('does not take an Office document for an archive of logs', async () => {
    const path = put(
      'a.xlsx',
      zip({ '[Content_Types].xml': encode('<a/>'), 'x.xml': encode('<b/>') }),
    );
    expect(await openAll(path)).toMatchObject({ logs: {}, issues: [{ code: 'LOG_UNRECOGNISED' }] });
  });

  it.each([
    ['7-Zip', '377abcaf271c0004'],
    ['RAR', '526172211a070100'],
    ['XZ', 'fd377a585a000004'],
    ['bzip2', '425a683931415926'],
  ])('names an archive that is not read: %s', async (name, hex) => {
    const { issues } = await openAll(put('other', Buffer.from(hex, 'hex')));
    expect(issues).toMatchObject([
      { code: 'ARCHIVE_UNSUPPORTED', message: expect.stringContaining(name) },
    ]);
  });

  it('reads Zstandard where Node.js can, and says so where it cannot', async () => {
    // An empty frame. Source: RFC 8878.
    const { issues } = await openAll(put('a.zst', Buffer.from('28b52ffd2000010000', 'hex')));
    const canRead =
      typeof Reflect.get(await import('node:zlib'), 'createZstdDecompress') === 'function';
    expect(issues.map(({ code }) => code)).toEqual(canRead ? [] : ['ARCHIVE_UNSUPPORTED']);
  });

  it('takes any bytes for an archive', async () => {
    const whole = zip({ a: encode('text'), 'b.gz': gzipSync('x') });
    const change = fc.record({ at: fc.nat({ max: whole.length - 1 }), byte: fc.nat({ max: 255 }) });
    await fc.assert(
      fc.asyncProperty(
        fc.array(change, { maxLength: 5 }),
        fc.nat({ max: whole.length }),
        async (changes, end) => {
          const bytes = whole.slice();
          for (const { at, byte } of changes) bytes[at] = byte;
          await openAll(put('fuzz', bytes.subarray(0, end)));
          await openAll(put('fuzz', bytes));
        },
      ),
      { numRuns: fuzzRuns(100) },
    );
  });

  it('names members as they are, also those that would lie elsewhere', async () => {
    const { logs } = await openAll(put('path.zip', zip({ '../../etc/x': encode('x') })));
    expect(logs).toEqual({ '!../../etc/x': 'x' });
  });
});

describe('openLogs and files that change', () => {
  it('reads a file that grows as long as it was at first', async () => {
    const path = put('grows.log', encode('a'.repeat(1_000_000)));
    let size = 0;
    for await (const log of openLogs(path)) {
      if (log.kind === 'issue') continue;
      appendFileSync(path, 'b'.repeat(1_000_000));
      for await (const chunk of log.file.chunks) size += chunk.length;
    }
    expect(size).toBe(1_000_000);
  });

  it('says that a file got shorter', async () => {
    const path = put('shrinks.log', encode('a'.repeat(1_000_000)));
    for await (const log of openLogs(path)) {
      if (log.kind === 'issue') continue;
      truncateSync(path, 300_000);
      for await (const _chunk of log.file.chunks);
      expect(log.file.issues).toMatchObject([
        { code: 'FILE_UNREADABLE', message: expect.stringContaining('got shorter') },
      ]);
    }
  });

  it('reads on in a file that is removed', async () => {
    const path = put('vanishes.log', encode('a'.repeat(1_000_000)));
    let size = 0;
    for await (const log of openLogs(path)) {
      if (log.kind === 'issue') continue;
      unlinkSync(path);
      for await (const chunk of log.file.chunks) size += chunk.length;
    }
    expect(size).toBe(1_000_000);
  });

  it.each([
    ['that is gone', 'gone'],
    ['that is a folder', '.'],
  ])('throws the system’s error for a file %s', async (_name, name) => {
    await expect(openAll(join(folder, name))).rejects.toMatchObject({
      syscall: expect.any(String),
    });
  });

  it('does not wait for a pipe or read a device', async () => {
    const pipe = join(folder, 'pipe');
    execFileSync('mkfifo', [pipe]);
    for (const path of [pipe, '/dev/zero'])
      await expect(openAll(path)).rejects.toMatchObject({ code: 'ENOTSUP' });
  });
});

describe('listFiles', () => {
  it('names what it passes over: pipes, links to folders, links in a circle', async () => {
    const root = join(folder, 'list');
    mkdirSync(join(root, 'in'), { recursive: true });
    writeFileSync(join(root, 'in', 'a.log'), '');
    symlinkSync(join(root, 'in', 'a.log'), join(root, 'to-file'));
    symlinkSync(root, join(root, 'in', 'to-folder'));
    symlinkSync(join(root, 'circle'), join(root, 'circle'));
    execFileSync('mkfifo', [join(root, 'pipe')]);
    const { files, issues } = await listFiles([root]);
    expect(files).toEqual([`${root}/in/a.log`, `${root}/to-file`]);
    expect(issues.map(({ at, message }) => [at?.source?.replace(root, ''), message])).toEqual([
      ['/circle', 'is a link in a circle'],
      ['/in/to-folder', 'is a link to no file; it is not followed'],
      ['/pipe', 'is neither a file nor a folder'],
    ]);
  });
});

/** Sets a 16-bit field in every header of a zip file. */
function setBits(
  bytes: Uint8Array,
  {
    local,
    central,
    value,
  }: { readonly local: number; readonly central: number; readonly value: number },
): Uint8Array {
  const changed = Buffer.from(bytes);
  for (const [magic, offset] of [
    [0x04034b50, local],
    [0x02014b50, central],
  ] as const)
    for (let at = 0; at + 4 <= changed.length; at += 1)
      if (changed.readUInt32LE(at) === magic) changed.writeUInt16LE(value, at + offset);
  return changed;
}
