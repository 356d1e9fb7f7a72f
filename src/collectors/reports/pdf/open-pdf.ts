import type { PdfTextItem } from './page-runs.js';

/** A page that is being read. */
export interface PdfPage {
  readonly width: number;
  readonly height: number;
  readonly view: readonly number[];
  readonly items: readonly PdfTextItem[];
  readonly monoFonts: ReadonlySet<string>;
}

/** A PDF whose structure has been read. */
export interface OpenPdf {
  readonly pages: number;
  readonly title: string | undefined;
  /** As the file writes it: `D:20260303100000Z`. */
  readonly created: string | undefined;
  /** @param page 1-based. */
  readPage(page: number): Promise<PdfPage>;
  close(): Promise<void>;
}

/**
 * Opens a PDF with pdf.js, which runs none of its scripts, loads nothing that it points at and draws nothing.
 *
 * @param bytes are copied, since pdf.js keeps what it is given.
 * @throws Error of pdf.js: `PasswordException` when it is encrypted, others when it is damaged.
 */
export async function openPdf(bytes: Uint8Array): Promise<OpenPdf> {
  // Takes 100 ms to import, which only those who read a PDF should pay.
  const { getResolvedPDFJS } = await import('unpdf');
  const { getDocument } = await getResolvedPDFJS();
  const task = getDocument({
    data: new Uint8Array(bytes),
    isEvalSupported: false,
    enableXfa: false,
    useSystemFonts: false,
    disableFontFace: true,
    stopAtErrors: false,
    maxImageSize: 1,
    verbosity: 0,
  });
  try {
    const pdf = await task.promise;
    const { info } = await pdf.getMetadata().catch(() => ({ info: {} }));
    return {
      pages: pdf.numPages,
      title: textField(info, 'Title'),
      created: textField(info, 'CreationDate'),
      readPage: async (number) => {
        const page = await pdf.getPage(number);
        try {
          const { width, height, transform } = page.getViewport({ scale: 1 });
          const { items, styles } = await page.getTextContent();
          const mono = Object.entries(styles).filter(
            ([, style]) => style.fontFamily === 'monospace',
          );
          return {
            width,
            height,
            view: transform,
            items: items.filter((item) => 'str' in item),
            monoFonts: new Set(mono.map(([name]) => name)),
          };
        } finally {
          page.cleanup();
        }
      },
      close: () => task.destroy(),
    };
  } catch (error) {
    await task.destroy();
    throw error;
  }
}

function textField(fields: object, name: string): string | undefined {
  const value: unknown = Reflect.get(fields, name);
  return typeof value === 'string' && value.trim() !== '' ? value.trim() : undefined;
}
