import { strToU8, zipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { blocksOf, describeReportReader, readAs } from '../../../../test/contract/report-reader.js';
import { docxReader } from './docx-reader.js';

const NAMESPACES =
  'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"';

const STYLES = `<w:styles ${NAMESPACES}>
<w:style w:type="paragraph" w:styleId="berschrift1"><w:name w:val="heading 1"/></w:style>
<w:style w:type="paragraph" w:styleId="Own"><w:name w:val="My heading"/><w:basedOn w:val="berschrift1"/></w:style>
<w:style w:type="paragraph" w:styleId="Lst"><w:name w:val="Lst"/><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>
<w:style w:type="paragraph" w:styleId="TOC1"><w:name w:val="toc 1"/></w:style>
</w:styles>`;

const run = (text: string, properties = ''): string =>
  `<w:r>${properties === '' ? '' : `<w:rPr>${properties}</w:rPr>`}<w:t xml:space="preserve">${text}</w:t></w:r>`;

const paragraph = (content: string, properties = ''): string =>
  `<w:p>${properties === '' ? '' : `<w:pPr>${properties}</w:pPr>`}${content}</w:p>`;

const styled = (style: string, text: string): string =>
  paragraph(run(text), `<w:pStyle w:val="${style}"/>`);

const row = (...cells: readonly string[]): string =>
  `<w:tr>${cells.map((cell) => `<w:tc>${paragraph(run(cell))}</w:tc>`).join('')}</w:tr>`;

const MONO = '<w:rFonts w:ascii="Consolas" w:hAnsi="Consolas"/>';

const BODY = [
  styled('TOC1', 'Contents of the report 1'),
  styled('berschrift1', 'Operation Example'),
  paragraph(
    `${run('The actor used ')}${run('PowerShell', '<w:b/>')}${run(' (T1059.001) &amp; more.')}<w:r><w:noBreakHyphen/></w:r>${run('x')}`,
  ),
  paragraph(`${run('One line')}<w:r><w:br/></w:r>${run('Another line')}`),
  paragraph(
    `${run('Kept')}<w:del>${run(' deleted')}</w:del>${run(' hidden', '<w:vanish/>')}<w:ins>${run(' inserted')}</w:ins>`,
  ),
  styled('Own', 'Mitigations'),
  paragraph(run('Block macros.'), '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="2"/></w:numPr>'),
  styled('Lst', 'Patch.'),
  paragraph(run('Indicators', '<w:b/>')),
  `<w:tbl><w:tblGrid><w:gridCol/><w:gridCol/></w:tblGrid>${row('Type', 'Value')}${row('ip', '192.0.2.1')}</w:tbl>`,
  `<w:tbl><w:tblGrid><w:gridCol/></w:tblGrid><w:tr><w:tc>${paragraph(run('Framed one.'))}${paragraph(run('Framed two.'))}</w:tc></w:tr></w:tbl>`,
  paragraph(run('powershell -enc A', MONO)),
  paragraph(run('  whoami', MONO)),
  paragraph(
    `<w:r><mc:AlternateContent><mc:Choice>${paragraph(run('In a box.'))}</mc:Choice><mc:Fallback>${paragraph(run('In a box again.'))}</mc:Fallback></mc:AlternateContent></w:r>`,
  ),
].join('');

const CORE = `<cp:coreProperties xmlns:cp="c" xmlns:dc="d" xmlns:dcterms="t"><dc:title>Operation Example, part 1</dc:title><dcterms:created>2026-03-04T10:00:00Z</dcterms:created></cp:coreProperties>`;

function docx(body: string, more: Readonly<Record<string, string>> = {}): Uint8Array {
  const files = {
    '[Content_Types].xml': '<Types/>',
    'word/document.xml': `<?xml version="1.0"?><w:document ${NAMESPACES}><w:body>${body}</w:body></w:document>`,
    ...more,
  };
  return zipSync(
    Object.fromEntries(Object.entries(files).map(([name, text]) => [name, strToU8(text)])),
  );
}

describeReportReader(
  docxReader,
  [
    {
      name: 'a document with styles',
      bytes: docx(BODY, {
        'word/styles.xml': STYLES,
        'docProps/core.xml': CORE,
        'word/footnotes.xml': `<w:footnotes ${NAMESPACES}><w:footnote>${paragraph(run('A note.'))}</w:footnote></w:footnotes>`,
      }),
      title: 'Operation Example, part 1',
      date: '2026-03-04T10:00:00.000Z',
      holds: [
        'heading: Operation Example',
        'paragraph: The actor used PowerShell (T1059.001) & more.-x',
        'paragraph: One line',
        'paragraph: Another line',
        'paragraph: Kept inserted',
        'heading: Mitigations',
        'list-item: Block macros.',
        'list-item: Patch.',
        'heading: Indicators',
        'table-row: Type\tValue',
        'table-row: ip\t192.0.2.1',
        'paragraph: Framed one.',
        'paragraph: Framed two.',
        'code: powershell -enc A\n  whoami',
        'paragraph: In a box.',
        'paragraph: A note.',
      ],
      lacks: ['deleted', 'hidden', 'Contents of', 'again'],
    },
  ],
  { numRuns: 50 },
);

describe('the DOCX reader', () => {
  it('reads headings by the names of Word’s styles where no table of styles is', async () => {
    const [document] = (await readAs(docxReader, docx(styled('Heading2', 'A title')))).documents;
    expect(document?.blocks).toMatchObject([{ kind: 'heading', level: 2 }]);
    expect(document?.title).toBe('A title');
  });

  it('gives a zip bomb up before it costs much', async () => {
    const bytes = docx(paragraph(run('Words.')) + ' '.repeat(100 * 1024 * 1024));
    const { documents, issues } = await readAs(docxReader, bytes);
    expect(issues).toMatchObject([{ code: 'INPUT_TOO_LARGE' }]);
    expect(documents.map(blocksOf)).toEqual([['paragraph: Words.']]);
  });

  it('expands no entities', async () => {
    const bytes = zipSync({
      '[Content_Types].xml': strToU8('<Types/>'),
      'word/document.xml': strToU8(
        `<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b SYSTEM "file:///etc/passwd">]><w:document ${NAMESPACES}><w:body>${paragraph(run('x &a; &b; y'))}</w:body></w:document>`,
      ),
    });
    const [document] = (await readAs(docxReader, bytes)).documents;
    expect(document?.text).toBe('x &a; &b; y');
  });

  it.each([
    ['a spreadsheet', { 'xl/workbook.xml': 'x' }, /spreadsheet/],
    ['a presentation', { 'ppt/presentation.xml': 'x' }, /presentation/],
    ['an OpenDocument file', { mimetype: 'x' }, /OpenDocument/],
  ])('says that %s is none', async (_name, files, message) => {
    const bytes = zipSync(
      Object.fromEntries(Object.entries(files).map(([name, text]) => [name, strToU8(text)])),
    );
    const { documents, issues } = await readAs(docxReader, bytes);
    expect(documents).toEqual([]);
    expect(issues).toMatchObject([
      { code: 'REPORT_UNRECOGNISED', message: expect.stringMatching(message) },
    ]);
  });

  it('says that a document is cut off', async () => {
    const bytes = docx(BODY);
    const { issues } = await readAs(docxReader, bytes.subarray(0, bytes.length / 2));
    expect(issues).toMatchObject([{ code: 'REPORT_DAMAGED' }]);
  });

  it('bears paragraphs within paragraphs, thousands deep', async () => {
    const depth = 20_000;
    const bytes = docx(
      `${'<w:p><w:r>'.repeat(depth)}<w:t>deep</w:t>${'</w:r></w:p>'.repeat(depth)}`,
    );
    const { documents } = await readAs(docxReader, bytes);
    expect(documents.map(({ text }) => text)).toEqual(['deep']);
  });
});
