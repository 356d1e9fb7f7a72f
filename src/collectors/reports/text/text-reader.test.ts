import { describe, expect, it } from 'vitest';
import { blocksOf, describeReportReader, readAs } from '../../../../test/contract/report-reader.js';
import { textReader } from './text-reader.js';

const encode = (text: string): Uint8Array => new TextEncoder().encode(text);

const REPORT = `OPERATION EXAMPLE

Executive Summary
=================

The actor used PowerShell, e.g. with cmd.exe, to gain access to the systems
of Example Inc. The malware wrote to C:\\Users\\x y\\a.exe and called out to a
server.

Recommendations:
 - Block the use of macros
   in all documents.
 - Patch.

IOCs

44d88612fea8a8f36de82e1278abb02f
evil[.]example[.]com

    reg add HKCU\\Software\\Run /v x
    net user /add foo

Type\tValue
ip\t192.0.2.1

| sha1 | da39a3ee |
`;

const SAMPLE = {
  name: 'a wrapped text',
  bytes: encode(REPORT),
  title: 'OPERATION EXAMPLE',
  holds: [
    'heading: OPERATION EXAMPLE',
    'heading: Executive Summary',
    'paragraph: The actor used PowerShell, e.g. with cmd.exe, to gain access to the systems\nof Example Inc. The malware wrote to C:\\Users\\x y\\a.exe and called out to a\nserver.',
    'heading: Recommendations:',
    'list-item: Block the use of macros\n   in all documents.',
    'list-item: Patch.',
    'heading: IOCs',
    'list-item: 44d88612fea8a8f36de82e1278abb02f',
    'list-item: evil[.]example[.]com',
    'code: reg add HKCU\\Software\\Run /v x\n    net user /add foo',
    'table-row: ip\t192.0.2.1',
    'table-row: sha1 | da39a3ee',
  ],
};

describeReportReader(textReader, [SAMPLE]);

const read = async (bytes: Uint8Array) => {
  const { documents, issues } = await readAs(textReader, bytes);
  const [document] = documents;
  return { blocks: document === undefined ? [] : blocksOf(document), issues, text: document?.text };
};

describe('the text reader', () => {
  it('keeps the text of the file as it is', async () => {
    const text = '  A\u0301 ﬁle \u200b with  odd\u00a0things \r\n\r\n‮right to left';
    expect((await read(encode(text))).text).toBe(text);
  });

  it('reads lines that were not wrapped as paragraphs', async () => {
    const long =
      'The actor did something that takes a long line to tell of, and then some more. '.repeat(3);
    const { blocks } = await read(encode(`${long}\n${long}\n`));
    expect(blocks).toEqual([`paragraph: ${long.trim()}`, `paragraph: ${long.trim()}`]);
  });

  it.each([
    ['UTF-16, little endian, marked', '\ufeffCafé was hit.', 'utf16le', []],
    [
      'UTF-16, little endian, unmarked',
      'The café was hit by it.',
      'utf16le',
      ['TEXT_ENCODING_ASSUMED'],
    ],
    ['UTF-8, marked', '\ufeffCafé was hit.', 'utf8', []],
    ['Latin-1', 'Café “was” hit.'.replace(/[“”]/g, '"'), 'latin1', ['TEXT_ENCODING_ASSUMED']],
  ] as const)('decodes %s', async (_name, text, encoding, codes) => {
    const { blocks, issues } = await read(Buffer.from(text, encoding));
    expect(blocks).toEqual([`paragraph: ${text.replace('\ufeff', '')}`]);
    expect(issues.map(({ code }) => code)).toEqual(codes);
  });

  it('decodes big endian UTF-16 by its mark', async () => {
    const bytes = Buffer.from('\ufeffCafé was hit.', 'utf16le').swap16();
    expect((await read(bytes)).blocks).toEqual(['paragraph: Café was hit.']);
  });

  it('reads UTF-8 with a few bad bytes as UTF-8, and says so', async () => {
    const bytes = Buffer.concat([Buffer.from('Zażółć gęślą jaźń '), Buffer.from([0xff])]);
    const { text, issues } = await read(bytes);
    expect(text).toBe('Zażółć gęślą jaźń \ufffd');
    expect(issues).toMatchObject([{ code: 'TEXT_NOT_UTF8' }]);
  });

  it('takes a program or an image for no text', () => {
    expect(textReader.detect('a.txt', Buffer.from('MZ\0\0\x01\x02\x03'))).toBe(false);
    expect(textReader.detect('a.txt', Buffer.from('89504e470d0a1a0a0000000d', 'hex'))).toBe(false);
  });

  it.each([
    ['one line of 10 MB', 'a b '.repeat(2_500_000)],
    ['many short lines', 'a\n'.repeat(200_000)],
    ['lines of white space', `${' '.repeat(100)}\n`.repeat(50_000)],
    ['one line of white space', `a${' '.repeat(5_000_000)}b`],
  ])('reads %s', async (_name, text) => {
    const { blocks } = await read(encode(text));
    expect(blocks.length).toBeLessThanOrEqual(1_000_000);
  });
});
