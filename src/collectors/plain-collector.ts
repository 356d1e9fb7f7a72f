import { isUtf8 } from 'node:buffer';
import type { Collector } from './collector.js';
import type { FieldValue } from './event.js';
import { decodeHead } from './json-text.js';
import { collectLines, type LineContext, type LineReader } from './lines/collect-lines.js';
import { sampleLines } from './lines/sample-lines.js';

/**
 * Any text, a line an event with the field `message`, so that rules with keywords can look into it: the last resort.
 * A time at the start of a line is read.
 */
export const plainCollector: Collector = {
  name: 'plain',
  detect: (_name, head) => isText(head),
  read: (input) =>
    collectLines(input, (context) => createReader(context, productOf(input.source, context.head))),
};

/** Text has no control characters but those of lines, and few bytes that are not UTF-8: an old encoding's letters. */
function isText(head: Uint8Array): boolean {
  const text = decodeHead(head);
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for.
  if (text.trim() === '' || /[\u0000-\u0006\u000e-\u001a\u001c-\u001f]/.test(text)) return false;
  if (isUtf8(head)) return true;
  const bad = text.split('\ufffd').length - 1;
  return bad * 20 < text.length && sampleLines(head).length > 0;
}

/** Only a hint: which system wrote a text that says nothing else of itself. */
function productOf(source: string, head: string): string | undefined {
  if (/(?:^|\/)var\/log\//.test(source)) return 'linux';
  const unix =
    head.match(/(?:^|[\s"'=(])\/(?:bin|etc|home|opt|proc|root|tmp|usr|var)\//gm)?.length ?? 0;
  const windows = head.match(/\b[A-Za-z]:\\/g)?.length ?? 0;
  if (unix === windows) return undefined;
  return unix > windows ? 'linux' : 'windows';
}

// A time at the start of a line, in brackets or not.
const TIMES: readonly RegExp[] = [
  /^\s*\[?(\d{4}[-/.]\d{2}[-/.]\d{2}[T ]\d{2}:\d{2}:\d{2}(?:[.,]\d{1,9})?(?:\s?(?:Z|[+-]\d{2}:?\d{2}))?)/,
  /^\s*\[?((?:[A-Z][a-z]{2} )?[A-Z][a-z]{2} [ \d]\d (?:\d{4} )?\d{2}:\d{2}:\d{2}(?:\.\d{1,9})?(?: \d{4})?)/,
  /^\s*\[?(\d{1,2}[/-][A-Z][a-z]{2}[/-]\d{4}[: ]\d{2}:\d{2}:\d{2}(?: [+-]\d{4})?)/,
];

function timeTextOf(line: string): string | undefined {
  for (const form of TIMES) {
    const text = form.exec(line)?.[1];
    if (text !== undefined) return text;
  }
  return undefined;
}

function createReader({ sink, times }: LineContext, product: string | undefined): LineReader {
  return {
    read(line, number) {
      if (line.trim() === '') return;
      const written = times.read(timeTextOf(line), number);
      const fields = new Map<string, FieldValue>([['message', line]]);
      sink.event(
        {
          time: written?.time,
          zone: written?.zone,
          host: undefined,
          user: undefined,
          logsource: {
            product,
            categories: [],
            services: [],
            channel: undefined,
            provider: undefined,
            eventId: undefined,
          },
          fields,
          isComplete: true,
        },
        number,
      );
    },
    end: () => undefined,
  };
}
