import { openShipped } from '../../src/attack/index.js';
import type { ReportBlock, ReportDocument, TechniqueId } from '../../src/model/index.js';
import {
  composeReading,
  type Ioc,
  type ObjectMention,
  type ReportReading,
  type Sentence,
  type TechniqueMention,
} from '../../src/reports/index.js';

const SAMPLE_VERSION = '19.1';
export const sampleAttack = () =>
  openShipped({ domain: 'enterprise-attack', version: SAMPLE_VERSION });

// Made up for these tests.
const LINES: readonly (readonly [ReportBlock['kind'], string])[] = [
  ['heading', 'A night at Example Freight'],
  [
    'paragraph',
    'APT29 sent a document that ran PowerShell (T1059.001) and dumped LSASS with Mimikatz.',
  ],
  [
    'list-item',
    'The loader talks to update-node[.]example over HTTPS and exploits CVE-2021-44228.',
  ],
  ['table-row', 'T1041\tStolen files left through the same channel'],
  ['code', 'powershell -enc SQBFAFgA | out-null'],
  ['paragraph', 'It may have used scheduled tasks, which we did not see.'],
];

/** The stretch of a text in which some words stand first. */
export function placeOf(text: string, words: string): { start: number; end: number } {
  const start = text.indexOf(words);
  if (start === -1) throw new Error(`expected the text to hold ${words}`);
  return { start, end: start + words.length };
}

export function documentOf(
  lines: readonly (readonly [ReportBlock['kind'], string])[],
  rest: Partial<ReportDocument> = {},
): ReportDocument {
  let text = '';
  const blocks: ReportBlock[] = [];
  for (const [kind, line] of lines) {
    if (text !== '') text += '\n\n';
    const start = text.length;
    text += line;
    blocks.push({ kind, start, end: text.length, ...(kind === 'heading' ? { level: 1 } : {}) });
  }
  return {
    kind: 'report',
    source: 'reports/freight.html',
    format: 'html',
    title: lines[0]?.[1],
    date: '2026-03-04T00:00:00.000Z',
    text,
    blocks,
    ...rest,
  };
}

/** A block is a sentence here. */
function sentencesOf({ blocks }: ReportDocument): readonly Sentence[] {
  return blocks.map(({ kind, start, end }) => ({
    start,
    end,
    block: kind,
    section: 'body',
    heading: undefined,
  }));
}

/** A reading with a mention of every lane, overlapping ones, one of each other finding, and something in review. */
export function sampleReading(): ReportReading {
  const document = documentOf(LINES);
  const { text } = document;
  const technique = (
    id: string,
    words: string,
    rest: Pick<TechniqueMention, 'lane' | 'confidence'> & Partial<TechniqueMention>,
  ): TechniqueMention => ({
    techniqueId: id as TechniqueId,
    certainty: 'accepted',
    why: [],
    ...placeOf(text, words),
    ...rest,
  });
  const object = (objectId: string, kind: ObjectMention['kind'], name: string): ObjectMention => ({
    objectId,
    kind,
    name,
    ...placeOf(text, name),
    lane: 'name',
    confidence: 0.9,
    certainty: 'accepted',
    why: [`"${name}" is a name of ${objectId}`],
  });
  const ioc: Ioc = {
    type: 'domain',
    value: 'update-node.example',
    defanged: 'update-node[.]example',
    ...placeOf(text, 'update-node[.]example'),
    wasDefanged: true,
    warning: undefined,
  };
  return composeReading({
    document,
    textSha256: 'a'.repeat(64),
    sentences: sentencesOf(document),
    knowledgeBase: sampleAttack(),
    modelVersion: 'reports-1',
    minConfidence: undefined,
    techniques: [
      technique('T1059.001', 'T1059.001', { lane: 'explicit', confidence: 0.95 }),
      technique('T1059.001', 'PowerShell', { lane: 'name', confidence: 0.8 }),
      technique('T1003.001', LINES[1]?.[1] ?? '', {
        lane: 'model',
        confidence: 0.82,
        why: ['"lsass" and "dumped" speak for it'],
      }),
      technique('T1041', 'T1041', { lane: 'explicit', confidence: 0.95 }),
      technique('T1053.005', 'scheduled tasks', {
        lane: 'name',
        confidence: 0.3,
        certainty: 'review',
        why: ['"may have" makes it hedged'],
      }),
    ],
    objects: [object('G0016', 'group', 'APT29'), object('S0002', 'software', 'Mimikatz')],
    cves: [{ cveId: 'CVE-2021-44228', ...placeOf(text, 'CVE-2021-44228') }],
    iocs: [
      ioc,
      {
        ...ioc,
        type: 'command-line',
        value: 'powershell -enc SQBFAFgA | out-null',
        defanged: 'powershell -enc SQBFAFgA | out-null',
        ...placeOf(text, 'powershell -enc SQBFAFgA | out-null'),
        wasDefanged: false,
      },
    ],
    issues: [],
  });
}

// Each breaks out of another place: text, attribute, script, style, comment, template, formula, link, table.
export const HOSTILE_TEXTS = [
  '<script>document.title="owned"</script>',
  '"><img src=x onerror=alert(1)>',
  `' autofocus onfocus=alert(1) x='`,
  '</script><script>alert(1)</script>',
  '</style><svg onload=alert(1)>',
  '--><iframe src="javascript:alert(1)"></iframe>',
  '=HYPERLINK("http://example.com/","x")',
  '+1+1',
  '[x](javascript:alert(1)) | ![y](http://example.com/z.png)',
  '\u202egnp.exe\u0000\u0007\u001b[2J\u2028\u200b\ud800',
];

/** A reading of which every text that comes from outside is hostile. */
export function hostileReading(): ReportReading {
  const lines = HOSTILE_TEXTS.map((text) => ['paragraph', text] as const);
  const all = HOSTILE_TEXTS.join(' ');
  const document = documentOf(lines, { title: all, source: all, date: all, format: all });
  const { text } = document;
  const why = HOSTILE_TEXTS;
  const places = HOSTILE_TEXTS.map((words) => placeOf(text, words));
  const kinds = ['domain', 'url', 'filename', 'email', 'odd"><b>', 'mutex', 'url', 'asn'];
  return composeReading({
    document,
    textSha256: 'b'.repeat(64),
    sentences: sentencesOf(document),
    knowledgeBase: sampleAttack(),
    modelVersion: all,
    minConfidence: undefined,
    techniques: places.map((place) => ({
      techniqueId: 'T1059' as TechniqueId,
      ...place,
      lane: 'model',
      confidence: 0.9,
      certainty: 'accepted',
      why,
    })),
    objects: places.map((place) => ({
      objectId: 'G0016',
      kind: 'group',
      name: all,
      ...place,
      lane: 'name',
      confidence: 0.9,
      certainty: 'accepted',
      why,
    })),
    cves: places.slice(0, 1).map((place) => ({ cveId: 'CVE-2021-44228', ...place })),
    iocs: places.slice(0, kinds.length).map((place, index) => ({
      type: kinds[index] ?? 'domain',
      value: HOSTILE_TEXTS[index] ?? '',
      defanged: HOSTILE_TEXTS[index] ?? '',
      ...place,
      wasDefanged: true,
      warning: index === 5 ? all : undefined,
    })),
    issues: [{ kind: 'issue', code: 'FILE_UNREADABLE', message: all, at: { source: all } }],
  });
}
