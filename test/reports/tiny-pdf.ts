import { deflateSync } from 'node:zlib';

/** A word or line to draw on a page of a test's PDF. */
export interface PdfText {
  /** Points from the left and from the bottom. */
  readonly x: number;
  readonly y: number;
  readonly text: string;
  /** Default 10. */
  readonly size?: number;
  /** `F1` Helvetica (default), `F2` Helvetica-Bold, `F3` Courier. */
  readonly font?: 'F1' | 'F2' | 'F3';
}

export interface TinyPdf {
  readonly pages: readonly (readonly PdfText[])[];
  readonly title?: string;
  /** `D:20260304100000Z` */
  readonly created?: string;
  /** Entries to add to the trailer, such as `/Encrypt`. */
  readonly trailer?: string;
  /** Entries to add to the catalogue, such as `/OpenAction`. */
  readonly catalog?: string;
  readonly compressed?: boolean;
}

const FONTS = ['Helvetica', 'Helvetica-Bold', 'Courier'];
const FIRST_FONT = 3;
const FIRST_PAGE = FIRST_FONT + FONTS.length + 1;

/** Writes a PDF 1.4 of pages of 612 × 792 points. Source: ISO 32000-1, annex H. */
export function tinyPdf({
  pages,
  title,
  created,
  trailer = '',
  catalog = '',
  compressed,
}: TinyPdf): Buffer {
  const kids = pages.map((_page, index) => `${FIRST_PAGE + index * 2} 0 R`);
  const fonts = FONTS.map((_name, index) => `/F${index + 1} ${FIRST_FONT + index} 0 R`).join(' ');
  const about = [
    title === undefined ? '' : `/Title (${quoted(title)})`,
    created === undefined ? '' : `/CreationDate (${created})`,
  ];
  const objects: (string | Buffer)[] = [
    `<< /Type /Catalog /Pages 2 0 R ${catalog} >>`,
    `<< /Type /Pages /Kids [${kids.join(' ')}] /Count ${pages.length} >>`,
    ...FONTS.map(
      (name) => `<< /Type /Font /Subtype /Type1 /BaseFont /${name} /Encoding /WinAnsiEncoding >>`,
    ),
    `<< ${about.join(' ')} >>`,
  ];
  pages.forEach((page, index) => {
    const content = FIRST_PAGE + index * 2 + 1;
    objects.push(
      `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Resources << /Font << ${fonts} >> >> /Contents ${content} 0 R >>`,
      streamOf(page.map(drawing).join('\n'), compressed ?? false),
    );
  });
  return assemble(objects, `/Root 1 0 R /Info ${FIRST_FONT + FONTS.length} 0 R ${trailer}`);
}

function drawing({ x, y, text, size = 10, font = 'F1' }: PdfText): string {
  return `BT /${font} ${size} Tf ${x} ${y} Td (${quoted(text)}) Tj ET`;
}

const quoted = (text: string): string => text.replace(/[\\()]/g, (mark) => `\\${mark}`);

function streamOf(text: string, compressed: boolean): Buffer {
  const bytes = compressed ? deflateSync(Buffer.from(text, 'latin1')) : Buffer.from(text, 'latin1');
  const filter = compressed ? ' /Filter /FlateDecode' : '';
  return Buffer.concat([
    Buffer.from(`<< /Length ${bytes.length}${filter} >>\nstream\n`),
    bytes,
    Buffer.from('\nendstream'),
  ]);
}

function assemble(objects: readonly (string | Buffer)[], trailer: string): Buffer {
  const parts: Buffer[] = [Buffer.from('%PDF-1.4\n')];
  const offsets: number[] = [];
  let size = parts[0]?.length ?? 0;
  const push = (part: string | Buffer): void => {
    const bytes = typeof part === 'string' ? Buffer.from(part, 'latin1') : part;
    parts.push(bytes);
    size += bytes.length;
  };
  objects.forEach((object, index) => {
    offsets.push(size);
    push(`${index + 1} 0 obj\n`);
    push(object);
    push('\nendobj\n');
  });
  const start = size;
  const table = offsets.map((offset) => `${String(offset).padStart(10, '0')} 00000 n \n`).join('');
  push(`xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${table}`);
  push(`trailer\n<< /Size ${objects.length + 1} ${trailer} >>\nstartxref\n${start}\n%%EOF\n`);
  return Buffer.concat(parts);
}

/** Lines of text below one another, of size 10. @param y of the first. */
export function pdfLines(x: number, y: number, lines: readonly string[]): readonly PdfText[] {
  return lines.map((text, index) => ({ x, y: y - index * 12, text }));
}
