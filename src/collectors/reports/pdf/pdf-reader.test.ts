import { describe, expect, it } from 'vitest';
import {
  blocksOf,
  describeReportReader,
  expectSound,
  readAs,
} from '../../../../test/contract/report-reader.js';
import { type PdfText, pdfLines, tinyPdf } from '../../../../test/reports/tiny-pdf.js';
import { pdfReader } from './pdf-reader.js';

const PROSE = [
  'The actor used PowerShell to run commands on the machines of the victim, and then spread from',
  'there to other machines of the same network with stolen credentials of an administra-',
  'tor. A spear-phishing mail was how it began; the administrator opened what was in it. It',
  'wrote C:\\Users\\x y\\a.exe and called evil[.]example[.]com. Nothing more is known.',
];

const REPORT = tinyPdf({
  title: 'Operation Example',
  created: "D:20260304110000+01'00'",
  pages: [1, 2, 3].map((page): readonly PdfText[] => [
    { x: 72, y: 760, text: 'Example Labs | TLP:CLEAR', size: 8 },
    { x: 300, y: 30, text: `${page}`, size: 8 },
    ...(page === 1
      ? [
          { x: 72, y: 700, text: 'Operation Example', size: 22 },
          { x: 72, y: 660, text: 'Initial access', size: 14 },
          ...pdfLines(72, 640, PROSE),
          { x: 72, y: 580, text: 'Mitigations', size: 14 },
          { x: 82, y: 560, text: '\x95' },
          {
            x: 100,
            y: 560,
            text: 'Block the use of macros in documents that come by mail, and of all the other',
          },
          { x: 100, y: 548, text: 'active content.' },
          { x: 82, y: 530, text: '\x95' },
          { x: 100, y: 530, text: 'Patch.' },
          { x: 72, y: 500, text: 'powershell -enc AAAA', font: 'F3' as const },
          { x: 84, y: 488, text: 'whoami /all', font: 'F3' as const },
        ]
      : []),
    ...(page === 2
      ? [
          { x: 72, y: 700, text: 'Techniques', size: 14 },
          ...tableRow(680, ['Id', 'Name', 'Use']),
          ...tableRow(660, ['T1059.001', 'PowerShell', 'The actor ran commands with']),
          { x: 320, y: 648, text: 'an encoded argument.' },
          ...tableRow(628, ['T1566.001', 'Spearphishing Attachment', 'Mails with documents']),
        ]
      : []),
    ...(page === 3 ? [{ x: 72, y: 700, text: 'A third page of text.' }] : []),
  ]),
});

function tableRow(
  y: number,
  [id = '', name = '', use = '']: readonly string[],
): readonly PdfText[] {
  return [
    { x: 72, y, text: id },
    { x: 160, y, text: name },
    { x: 320, y, text: use },
  ];
}

const SAMPLE = {
  name: 'three pages',
  bytes: REPORT,
  title: 'Operation Example',
  date: '2026-03-04T10:00:00.000Z',
  holds: [
    'heading: Operation Example',
    'heading: Initial access',
    `paragraph: ${PROSE.join(' ').replace('administra- tor', 'administrator')}`,
    'heading: Mitigations',
    'list-item: Block the use of macros in documents that come by mail, and of all the other active content.',
    'list-item: Patch.',
    'code: powershell -enc AAAA\n  whoami /all',
    'table-row: Id\tName\tUse',
    'table-row: T1059.001\tPowerShell\tThe actor ran commands with an encoded argument.',
    'table-row: T1566.001\tSpearphishing Attachment\tMails with documents',
  ],
  lacks: ['TLP:CLEAR'],
};

describeReportReader(pdfReader, [SAMPLE], { numRuns: 30 });

const read = async (bytes: Uint8Array, limits = {}) => {
  const reading = await readAs(pdfReader, bytes, limits);
  expectSound(reading);
  const [document] = reading.documents;
  return { ...reading, document, blocks: document === undefined ? [] : blocksOf(document) };
};

const LEFT = [
  'The left column tells how the attack began',
  'on a Monday with a mail to the accounts',
  'department, whose head opened it at once',
  'and thought nothing of it for some days',
  'until the machines began to be slow and',
  'files could not be found any more.',
];
const RIGHT = [
  'The right column tells how the attack ended',
  'when the machines were taken off the net',
  'and were set up anew from old copies that',
  'had been kept on tapes in another building',
  'which nobody had thought to look for, and',
  'the criminals got nothing for their pains.',
];

describe('the PDF reader', () => {
  it('names the page of each block', async () => {
    const { document } = await read(REPORT);
    const pages = document?.blocks.map(({ page }) => page);
    expect(pages?.at(0)).toBe(1);
    expect(pages?.at(-1)).toBe(3);
  });

  it.each([
    ['one after the other', [...pdfLines(72, 640, LEFT), ...pdfLines(320, 640, RIGHT)]],
    [
      'line by line',
      pdfLines(72, 640, LEFT).flatMap((line, index) => [
        line,
        ...pdfLines(320, 640, RIGHT).slice(index, index + 1),
      ]),
    ],
    ['the right one first', [...pdfLines(320, 640, RIGHT), ...pdfLines(72, 640, LEFT)]],
  ])('reads two columns, drawn %s, one after the other', async (_name, lines) => {
    const title = {
      x: 72,
      y: 700,
      text: 'A title that spans both of the columns of this page',
      size: 18,
    };
    const { blocks } = await read(tinyPdf({ pages: [[title, ...lines]] }));
    expect(blocks).toEqual([
      `heading: ${title.text}`,
      `paragraph: ${LEFT.join(' ')}`,
      `paragraph: ${RIGHT.join(' ')}`,
    ]);
  });

  it('goes on with a sentence on the next page', async () => {
    const pages = [
      pdfLines(72, 640, [
        'The actor used a tool that nobody had seen before, which it had written',
        'itself in',
      ]),
      pdfLines(72, 700, ['a language of its own. It was fast.']),
    ];
    expect((await read(tinyPdf({ pages }))).blocks).toEqual([
      'paragraph: The actor used a tool that nobody had seen before, which it had written itself in a language of its own. It was fast.',
    ]);
  });

  it('puts a hash together that a narrow cell wraps', async () => {
    const row = (y: number, type: string, value: string) => [
      { x: 72, y, text: type },
      { x: 160, y, text: value },
    ];
    const page = [
      ...row(700, 'Type', 'Value'),
      ...row(680, 'SHA-1', 'da39a3ee5e6b4b0d3255'),
      { x: 160, y: 668, text: 'bfef95601890afd80709' },
      ...row(648, 'File', 'a.exe'),
    ];
    const { blocks } = await read(tinyPdf({ pages: [page] }));
    expect(blocks).toContain('table-row: SHA-1\tda39a3ee5e6b4b0d3255bfef95601890afd80709');
  });

  it('says that a scan has no text', async () => {
    const { issues, document } = await read(tinyPdf({ pages: [[], []] }));
    expect(issues).toMatchObject([
      { code: 'REPORT_NO_TEXT', message: expect.stringContaining('ocrmypdf') },
    ]);
    expect(document?.text).toBe('');
  });

  it('names the pages without text among others', async () => {
    const text = [{ x: 72, y: 700, text: 'Words.' }];
    const { issues, blocks } = await read(tinyPdf({ pages: [text, [], [], text, []] }));
    expect(issues).toMatchObject([
      { code: 'REPORT_NO_TEXT', message: expect.stringContaining('pages 2 to 3, 5 has no text') },
    ]);
    expect(blocks).toEqual(['paragraph: Words.', 'paragraph: Words.']);
  });

  it('says that a file is encrypted', async () => {
    const key = '00'.repeat(32);
    const trailer = `/ID [<00> <00>] /Encrypt << /Filter /Standard /V 1 /R 2 /O <${key}> /U <${key}> /P -4 >>`;
    const { issues, document } = await read(tinyPdf({ pages: [[]], trailer }));
    expect(issues).toMatchObject([{ code: 'REPORT_ENCRYPTED' }]);
    expect(document).toBeUndefined();
  });

  it('reads as many pages as it may, and says which it did not', async () => {
    const pages = Array.from({ length: 12 }, (_, index) => [
      { x: 72, y: 700, text: `Words of page ${index + 1}.` },
    ]);
    const { issues, blocks } = await read(tinyPdf({ pages }), { maxPages: 5 });
    expect(blocks.length).toBe(5);
    expect(issues).toMatchObject([
      { code: 'REPORT_TRUNCATED', message: expect.stringContaining('pages 6 to 12 were not read') },
    ]);
    const late = await read(tinyPdf({ pages }), { maxMs: 0 });
    expect(late.issues).toMatchObject([{ code: 'REPORT_TRUNCATED' }]);
  });

  it('reads a file of 2,000 pages up to its limit', async () => {
    const page = [{ x: 72, y: 700, text: 'Words.' }];
    const bytes = tinyPdf({ pages: Array.from({ length: 2_000 }, () => page) });
    const { issues, document } = await read(bytes, { maxPages: 300 });
    expect(document?.blocks.at(-1)?.page).toBe(300);
    expect(issues.map(({ code }) => code)).toEqual(['REPORT_TRUNCATED']);
  });

  it('runs no script of the file', async () => {
    const catalog =
      '/OpenAction << /S /JavaScript /JS (globalThis.pdfScriptRan = true; app.alert\\(1\\)) >>';
    const { blocks } = await read(
      tinyPdf({ pages: [[{ x: 72, y: 700, text: 'Words.' }]], catalog }),
    );
    expect(blocks).toEqual(['paragraph: Words.']);
    expect(Reflect.get(globalThis, 'pdfScriptRan')).toBeUndefined();
  });

  it('reads what it can of a file that is cut off, or says that it cannot', async () => {
    for (const share of [0.2, 0.5, 0.9]) {
      const { issues, document } = await read(REPORT.subarray(0, REPORT.length * share));
      expect(issues.length + (document?.blocks.length ?? 0)).toBeGreaterThan(0);
    }
    expect((await read(Buffer.from('%PDF-1.4\nnothing'))).issues).toMatchObject([
      { code: 'REPORT_DAMAGED' },
    ]);
  });

  it('gives up when it is told to', async () => {
    const stopped = pdfReader.read({
      source: 'x',
      bytes: REPORT,
      limits: { maxBytes: 1e9, maxTextLength: 1e9, maxPages: 10, maxDocuments: 1, maxMs: 1e5 },
      signal: AbortSignal.abort(new Error('stopped')),
    });
    await expect(stopped).rejects.toThrow('stopped');
  });

  it.each(['Microsoft Word - report.docx', 'untitled', 'x.indd'])(
    'takes %s for no title',
    async (title) => {
      const bytes = tinyPdf({
        title,
        pages: [
          [
            { x: 72, y: 700, text: 'A real title', size: 20 },
            { x: 72, y: 650, text: 'Words and more words, and so on.' },
          ],
        ],
      });
      expect((await read(bytes)).document?.title).toBe('A real title');
    },
  );
});
