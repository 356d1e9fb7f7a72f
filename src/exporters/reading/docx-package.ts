import { strToU8, zipSync } from 'fflate';
import { escapeXml } from '../clean-text.js';
import { visibleLine } from './visible-text.js';

const HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
const WORD = 'http://schemas.openxmlformats.org/wordprocessingml/2006/main';
const RELATIONS = 'http://schemas.openxmlformats.org/package/2006/relationships';
const OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';

// In local time, as fflate writes it: the same bytes in every time zone. ZIP knows no earlier year.
const EPOCH = new Date(1980, 0, 1);

/**
 * A Word document, ISO/IEC 29500, of paragraphs and tables. The same body gives the same bytes.
 *
 * @param body elements of the body, in WordprocessingML.
 */
export function docxPackage(title: string, body: string): Uint8Array {
  const files: Readonly<Record<string, string>> = {
    '[Content_Types].xml': CONTENT_TYPES,
    '_rels/.rels': PACKAGE_RELATIONS,
    'docProps/core.xml': coreProperties(title),
    'word/document.xml': `${HEAD}<w:document xmlns:w="${WORD}"><w:body>${body}${SECTION}</w:body></w:document>`,
    'word/styles.xml': STYLES,
    'word/_rels/document.xml.rels': DOCUMENT_RELATIONS,
  };
  const entries = Object.entries(files).map(([name, text]) => [name, strToU8(text)] as const);
  return zipSync(Object.fromEntries(entries), { mtime: EPOCH, level: 6 });
}

// A4, lying; margins of 15 mm.
const SECTION =
  '<w:sectPr><w:pgSz w:w="16838" w:h="11906" w:orient="landscape"/><w:pgMar w:top="850" w:right="850" w:bottom="850" w:left="850" w:header="425" w:footer="425" w:gutter="0"/></w:sectPr>';

const CONTENT_TYPES = `${HEAD}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/><Override PartName="/word/styles.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.styles+xml"/><Override PartName="/docProps/core.xml" ContentType="application/vnd.openxmlformats-package.core-properties+xml"/></Types>`;

const PACKAGE_RELATIONS = `${HEAD}<Relationships xmlns="${RELATIONS}"><Relationship Id="rId1" Type="${OFFICE}/officeDocument" Target="word/document.xml"/><Relationship Id="rId2" Type="http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties" Target="docProps/core.xml"/></Relationships>`;

const DOCUMENT_RELATIONS = `${HEAD}<Relationships xmlns="${RELATIONS}"><Relationship Id="rId1" Type="${OFFICE}/styles" Target="styles.xml"/></Relationships>`;

function coreProperties(title: string): string {
  return `${HEAD}<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>${escapeXml(visibleLine(title))}</dc:title><dc:creator>Portolan</dc:creator></cp:coreProperties>`;
}

interface StyleLook {
  readonly size: number;
  readonly bold?: boolean;
  readonly before?: number;
  readonly after?: number;
  readonly outline?: number;
  readonly indent?: number;
}

const LOOKS: readonly (readonly [string, string, StyleLook])[] = [
  ['Title', 'Title', { size: 40, bold: true, after: 120 }],
  ['Heading1', 'heading 1', { size: 30, bold: true, before: 320, after: 100, outline: 0 }],
  ['Heading2', 'heading 2', { size: 24, bold: true, before: 200, after: 60, outline: 1 }],
  ['Quote', 'Quote', { size: 20, after: 80, indent: 340 }],
  ['ListBullet', 'List Bullet', { size: 20, after: 20, indent: 340 }],
  ['Cell', 'Cell', { size: 18, before: 20, after: 20 }],
];

const STYLES = `${HEAD}<w:styles xmlns:w="${WORD}"><w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii="Arial" w:hAnsi="Arial" w:cs="Arial" w:eastAsia="Arial"/><w:sz w:val="20"/></w:rPr></w:rPrDefault><w:pPrDefault><w:pPr><w:spacing w:after="80"/></w:pPr></w:pPrDefault></w:docDefaults><w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/></w:style>${LOOKS.map(drawStyle).join('')}<w:style w:type="table" w:styleId="TableGrid"><w:name w:val="Table Grid"/><w:tblPr><w:tblBorders>${['top', 'left', 'bottom', 'right', 'insideH', 'insideV'].map((side) => `<w:${side} w:val="single" w:sz="4" w:space="0" w:color="A6A6A6"/>`).join('')}</w:tblBorders><w:tblCellMar><w:left w:w="85" w:type="dxa"/><w:right w:w="85" w:type="dxa"/></w:tblCellMar></w:tblPr></w:style></w:styles>`;

function drawStyle([id, name, look]: readonly [string, string, StyleLook]): string {
  const { size, bold, before = 0, after = 0, outline, indent } = look;
  const level = outline === undefined ? '' : `<w:outlineLvl w:val="${outline}"/>`;
  const keep = outline === undefined ? '' : '<w:keepNext/>';
  const left = indent === undefined ? '' : `<w:ind w:left="${indent}"/>`;
  const weight = bold === true ? '<w:b/>' : '';
  return `<w:style w:type="paragraph" w:styleId="${id}"><w:name w:val="${name}"/><w:basedOn w:val="Normal"/><w:pPr>${keep}<w:spacing w:before="${before}" w:after="${after}"/>${left}${level}</w:pPr><w:rPr>${weight}<w:sz w:val="${size}"/></w:rPr></w:style>`;
}
