import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { strToU8, type Zippable, zipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { expectSound } from '../../../test/contract/report-reader.js';
import { tinyPdf } from '../../../test/reports/tiny-pdf.js';
import { type ReportBytes, readReportBytes } from './read-report-bytes.js';

const TEXT = strToU8('The actor used PowerShell.');
const MARKDOWN = strToU8('# Title\n\n[a](https://example.com) text');
const PDF = tinyPdf({ pages: [[{ x: 72, y: 600, text: 'The actor used PowerShell.' }]] });
const DOCX = zipSync({
  '[Content_Types].xml': strToU8('<Types/>'),
  'word/document.xml': strToU8(
    '<w:document><w:body><w:p><w:r><w:t>Words.</w:t></w:r></w:p></w:body></w:document>',
  ),
});

const zip = (files: Zippable): Uint8Array => zipSync(files, { mtime: '2026-11-24T10:00:00Z' });

const read = async (bytes: Uint8Array, more: Partial<ReportBytes> = {}) => {
  const reading = await readReportBytes({ source: 'in', bytes, ...more });
  expectSound(reading);
  return {
    documents: reading.documents.map(({ source, format }) => `${source} ${format}`),
    issues: reading.issues.map(({ code, at }) => `${at?.source} ${code}`),
  };
};

describe('readReportBytes', () => {
  it.each([
    ['text', TEXT],
    ['markdown', MARKDOWN],
    ['pdf', PDF],
    ['docx', DOCX],
    ['html', strToU8('<!doctype html><p>Words.</p>')],
    ['stix', strToU8('{"type":"bundle","id":"bundle--1","objects":[]}')],
  ])('tells %s by its content, also in gzip', async (format, bytes) => {
    expect(await read(bytes)).toEqual({ documents: [`in ${format}`], issues: [] });
    expect(await read(gzipSync(bytes))).toEqual({ documents: [`in ${format}`], issues: [] });
  });

  it('reads the members of an archive, Office documents among them', async () => {
    const bytes = zip({
      'a.pdf': PDF,
      'b/c.docx': DOCX,
      'd.txt.gz': gzipSync(TEXT),
      'inner.zip': zip({ 'e.md': MARKDOWN }),
      '.hidden': TEXT,
    });
    expect(await read(bytes)).toEqual({
      documents: [
        'in!a.pdf pdf',
        'in!b/c.docx docx',
        'in!d.txt.gz text',
        'in!inner.zip!e.md markdown',
      ],
      issues: [],
    });
  });

  it('opens archives in archives once', async () => {
    const bytes = zip({ '1.zip': zip({ '2.zip': zip({ '3.txt': TEXT }), 'a.txt': TEXT }) });
    expect(await read(bytes)).toEqual({
      documents: ['in!1.zip!a.txt text'],
      issues: ['in!1.zip!2.zip ARCHIVE_UNSUPPORTED'],
    });
  });

  it('says what no report is, and goes on', async () => {
    const bytes = zip({
      'a.png': Buffer.from('89504e470d0a1a0a0000', 'hex'),
      'b.doc': Buffer.from('d0cf11e0a1b11ae10000', 'hex'),
      'c.bin': Buffer.from('0001020300', 'hex'),
      'f.rtf': strToU8('{\\rtf1\\ansi Words.}'),
      'd.txt': TEXT,
      'e.txt': new Uint8Array(),
    });
    expect(await read(bytes)).toEqual({
      documents: ['in!d.txt text'],
      issues: ['a.png', 'b.doc', 'c.bin', 'f.rtf', 'e.txt'].map(
        (name) => `in!${name} REPORT_UNRECOGNISED`,
      ),
    });
  });

  it('names the encryption of an Office document', async () => {
    const ole = Buffer.concat([
      Buffer.from('d0cf11e0a1b11ae1', 'hex'),
      Buffer.from('EncryptedPackage', 'utf16le'),
    ]);
    expect((await read(ole)).issues).toEqual(['in REPORT_ENCRYPTED']);
  });

  it('does not read what is larger than its limit', async () => {
    const limits = { maxBytes: 1_000 };
    const large = new Uint8Array(2_000).fill(97);
    expect((await read(large, { limits })).issues).toEqual(['in INPUT_TOO_LARGE']);
    expect((await read(gzipSync(large), { limits })).issues).toEqual(['in INPUT_TOO_LARGE']);
    expect(await read(zip({ 'a.txt': large, 'b.txt': TEXT }), { limits })).toEqual({
      documents: ['in!b.txt text'],
      issues: ['in!a.txt INPUT_TOO_LARGE'],
    });
  });

  it('reads as many members as it may', async () => {
    const files = Object.fromEntries(['a', 'b', 'c'].map((name) => [`${name}.txt`, TEXT]));
    expect(await read(zip(files), { limits: { maxDocuments: 2 } })).toEqual({
      documents: ['in!a.txt text', 'in!b.txt text'],
      issues: ['in INPUT_TOO_LARGE'],
    });
  });

  it('stops when it is told to', async () => {
    const signal = AbortSignal.abort(new Error('stopped'));
    await expect(readReportBytes({ source: 'in', bytes: TEXT, signal })).rejects.toThrow('stopped');
  });

  it('takes any bytes', async () => {
    const whole = zip({ 'a.txt': TEXT, 'b.docx': DOCX, 'c.gz': gzipSync(MARKDOWN) });
    const change = fc.record({ at: fc.nat(whole.length - 1), byte: fc.nat(255) });
    await fc.assert(
      fc.asyncProperty(
        fc.array(change, { maxLength: 6 }),
        fc.nat(whole.length),
        async (changes, end) => {
          const bytes = new Uint8Array(whole);
          for (const { at, byte } of changes) bytes[at] = byte;
          await read(bytes);
          await read(bytes.subarray(0, end));
        },
      ),
    );
  });
});
