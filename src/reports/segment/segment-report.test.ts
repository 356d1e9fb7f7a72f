import { readFileSync } from 'node:fs';
import { load } from 'js-yaml';
import { describe, expect, it } from 'vitest';
import type { ReportBlock, ReportBlockKind, ReportDocument } from '../../model/index.js';
import { classifySection } from './classify-section.js';
import { segmentReport } from './segment-report.js';

interface SectionCase {
  readonly heading: string;
  readonly section: string;
  readonly late?: boolean;
}

const CASES = load(readFileSync('test/reports/sections.yml', 'utf8')) as readonly SectionCase[];

type Part = readonly [kind: ReportBlockKind, text: string, level?: number];

function documentOf(parts: readonly Part[]): ReportDocument {
  const blocks: ReportBlock[] = [];
  let text = '';
  for (const [kind, words, level] of parts) {
    if (text !== '') text += '\n\n';
    blocks.push({ kind, start: text.length, end: text.length + words.length, level });
    text += words;
  }
  return {
    kind: 'report',
    source: 'x',
    format: 'text',
    title: undefined,
    date: undefined,
    text,
    blocks,
  };
}

/** `section: words` of each sentence. */
function segment(parts: readonly Part[]): readonly string[] {
  const document = documentOf(parts);
  return segmentReport(document).map(
    ({ start, end, section }) => `${section}: ${document.text.slice(start, end)}`,
  );
}

describe('classifySection', () => {
  it.each(CASES)('reads $heading as $section', ({ heading, section, late }) => {
    expect(classifySection(heading, late ?? false) ?? 'none').toBe(section);
  });

  it('bears headings of any length', () => {
    expect(classifySection('detection '.repeat(100_000), false)).toBeUndefined();
    expect(classifySection(' '.repeat(1_000_000), false)).toBeUndefined();
  });
});

describe('segmentReport', () => {
  it('gives a section to what stands below its heading and its sub-headings', () => {
    expect(
      segment([
        ['heading', 'A report on something', 1],
        ['paragraph', 'One. Two.'],
        ['heading', 'Mitigations', 2],
        ['paragraph', 'Three.'],
        ['heading', 'On Windows', 3],
        ['list-item', 'Four.'],
        ['heading', 'Persistence', 2],
        ['paragraph', 'Five.'],
      ]),
    ).toEqual([
      'body: A report on something',
      'body: One.',
      'body: Two.',
      'mitigations: Mitigations',
      'mitigations: Three.',
      'mitigations: On Windows',
      'mitigations: Four.',
      'body: Persistence',
      'body: Five.',
    ]);
  });

  it('takes a short paragraph with a known title for a heading, and a sentence for none', () => {
    expect(
      segment([
        ['paragraph', 'Recommendations:'],
        ['list-item', 'Block macros.'],
        ['heading', 'Execution', 2],
        ['paragraph', 'Mitigations.'],
        ['paragraph', 'It ran.'],
      ]),
    ).toEqual([
      'recommendations: Recommendations:',
      'recommendations: Block macros.',
      'body: Execution',
      'body: Mitigations.',
      'body: It ran.',
    ]);
  });

  it('reads nothing into the title of a report', () => {
    expect(
      segment([
        ['heading', 'Mitigations of Log4Shell in practice', 1],
        ['paragraph', 'x'],
      ]),
    ).toEqual(['body: Mitigations of Log4Shell in practice', 'body: x']);
  });

  it('keeps headings, table rows and code whole', () => {
    expect(
      segment([
        ['heading', 'What. Is. This', 2],
        ['table-row', 'T1059.001\tPowerShell. Used a lot. Often.'],
        ['code', 'whoami. The end. Then'],
      ]),
    ).toEqual([
      'body: What. Is. This',
      'body: T1059.001\tPowerShell. Used a lot. Often.',
      'body: whoami. The end. Then',
    ]);
  });

  it('names the nearest heading', () => {
    const sentences = segmentReport(
      documentOf([
        ['paragraph', 'a'],
        ['heading', 'H', 2],
        ['paragraph', 'b'],
      ]),
    );
    expect(sentences.map(({ heading }) => heading)).toEqual([undefined, 'H', 'H']);
  });
});
