import { decodeReportHead, decodeText, isTextHead } from '../decode-text.js';
import { limitText } from '../limit-text.js';
import type { ReportDocuments, ReportInput, ReportReader } from '../report-reader.js';
import { frontMatter } from './front-matter.js';
import { markdownBlocks } from './markdown-blocks.js';

/** What Markdown has and plain text has not, each with how much it tells. */
const SIGNS: readonly (readonly [weight: number, sign: RegExp])[] = [
  [3, /^---[ \t]*\r?\n(?:[\w-]+:.*\r?\n)+---[ \t]*\r?$/m],
  [2, /^#{1,6} +\S.*(?:\r?\n){1,2}(?!#!)/m],
  [2, /^(?:`{3,}|~{3,})[\w-]*[ \t]*\r?$/m],
  [2, /\[[^\]\n]{1,200}\]\((?:https?:|#|\/|\.)[^)\s]*\)/],
  [3, /^\|?[ \t]*:?-{3,}:?[ \t]*\|[-: |\t]*\r?$/m],
  [1, /\*\*[^*\s][^*\n]{0,100}\*\*/],
  [1, /(?<![`\w])`[^`\n]{1,100}`(?!`)/],
  [1, /^[-*+] +\S/m],
  [1, /^> \S/m],
];
const ENOUGH = 3;
const ENOUGH_WITH_NAME = 1;
const SAMPLE_LENGTH = 32 * 1024;

/** Markdown, with or without front matter. What is read is the text of the file itself, marks included. */
export const markdownReader: ReportReader = {
  name: 'markdown',
  detect(name, head) {
    if (!isTextHead(head)) return false;
    const text = decodeReportHead(head).slice(0, SAMPLE_LENGTH);
    const isNamed = /\.(?:md|markdown|mdown|mkd)$/i.test(name);
    let weight = 0;
    for (const [sign, pattern] of SIGNS) weight += pattern.test(text) ? sign : 0;
    return weight >= (isNamed ? ENOUGH_WITH_NAME : ENOUGH);
  },
  read: async (input) => readMarkdown(input),
};

function readMarkdown({ source, bytes, limits, encoding }: ReportInput): ReportDocuments {
  const decoded = decodeText(bytes, source, encoding);
  const { text, issues } = limitText(decoded.text, source, limits);
  const matter = frontMatter(text);
  const blocks = markdownBlocks(text, matter.end);
  const heading = blocks.find(({ kind }) => kind === 'heading');
  const isTitle = heading?.level === 1;
  const first = isTitle ? text.slice(heading.start, heading.end) : undefined;
  return {
    documents: [
      {
        kind: 'report',
        source,
        format: 'markdown',
        title: matter.title ?? first,
        date: matter.date,
        text,
        blocks,
      },
    ],
    issues: [...decoded.issues, ...issues],
  };
}
