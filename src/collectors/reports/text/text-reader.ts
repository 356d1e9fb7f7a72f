import { decodeText, isTextHead } from '../decode-text.js';
import { limitText } from '../limit-text.js';
import type { ReportDocuments, ReportInput, ReportReader } from '../report-reader.js';
import { textBlocks } from './text-blocks.js';

const MAX_TITLE_LENGTH = 200;

/** Plain text in UTF-8, UTF-16 or Windows-1252. What is read is the text of the file itself. */
export const textReader: ReportReader = {
  name: 'text',
  detect: (_name, head) => isTextHead(head),
  read: async (input) => readText(input),
};

function readText({ source, bytes, limits, encoding }: ReportInput): ReportDocuments {
  const decoded = decodeText(bytes, source, encoding);
  const { text, issues } = limitText(decoded.text, source, limits);
  const blocks = textBlocks(text);
  const [first] = blocks;
  const isTitled = first?.kind === 'heading' && first.end - first.start <= MAX_TITLE_LENGTH;
  const title = isTitled ? text.slice(first.start, first.end) : undefined;
  const document = { kind: 'report', source, format: 'text', title, date: undefined } as const;
  return { documents: [{ ...document, text, blocks }], issues: [...decoded.issues, ...issues] };
}
