import {
  emptyLayer,
  type Layer,
  type LayerTechnique,
  safeGradient,
  writeLayer,
} from '../../layers/index.js';
import type { ReadTechnique, ReportReading } from '../../reports/index.js';
import { cleanText } from '../clean-text.js';
import { bestMentions, counted, listedFindings, quoteLine, titleOf } from './listed-findings.js';
import type { ReadingExporter, ReadingExportInput } from './reading-exporter.js';

const NO_UNKNOWN = {};
const QUOTES = 3;
const QUOTE_LENGTH = 300;
const LISTED_REPORTS = 20;

/** A Navigator layer, format 4.5: score = confidence × 100 of the report that is surest, comment = the quotes. */
export const READING_LAYER_EXPORTER: ReadingExporter = {
  format: 'layer',
  mediaType: 'application/json',
  extension: '.json',
  render: (input) => ({
    content: `${writeLayer(readingsToLayer(input), { pretty: true })}\n`,
    issues: [],
  }),
};

interface Seen {
  readonly reading: ReportReading;
  readonly technique: ReadTechnique;
}

/** The techniques of all readings as one layer. */
export function readingsToLayer({ readings, knowledgeBase, options }: ReadingExportInput): Layer {
  const byId = new Map<string, Seen[]>();
  for (const reading of readings)
    for (const technique of listedFindings(reading, options).techniques) {
      const seen = byId.get(technique.techniqueId) ?? [];
      byId.set(technique.techniqueId, seen);
      seen.push({ reading, technique });
    }
  const [only] = readings;
  const name = only !== undefined && readings.length === 1 ? titleOf(only) : 'Threat reports';
  const bare = emptyLayer({
    name: cleanText(name),
    domain: knowledgeBase.domain,
    attackVersion: knowledgeBase.version,
  });
  return {
    ...bare,
    description: describeLayer(readings, byId.size),
    layout: { ...bare.layout, expandedSubtechniques: 'annotated', showAggregateScores: false },
    gradient: safeGradient(0, 100),
    techniques: [...byId].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, seen]) => toEntry(seen)),
    metadata: [metadata('made by', 'portolan read')],
  };
}

function describeLayer(readings: readonly ReportReading[], techniques: number): string {
  const sources = readings.slice(0, LISTED_REPORTS).map(({ document }) => document.source);
  const more = readings.length > LISTED_REPORTS ? ', …' : '';
  return cleanText(
    `${counted(techniques, 'technique')} that threat reports tell of: ${sources.join(', ')}${more}. Score: confidence × 100. A claim of the reports, not an observation.`,
  );
}

function toEntry(seen: readonly Seen[]): LayerTechnique {
  const best = seen.reduce((a, b) => (b.technique.confidence > a.technique.confidence ? b : a));
  const { techniqueId, confidence, lane, certainty } = best.technique;
  const sources = seen.slice(0, LISTED_REPORTS).map(({ reading }) => titleOf(reading));
  return {
    techniqueId,
    tactic: undefined,
    comment: cleanText(seen.slice(0, LISTED_REPORTS).map(commentOf).join('\n\n')),
    enabled: true,
    score: Math.round(confidence * 100),
    color: '',
    metadata: [
      metadata('confidence', confidence.toFixed(2)),
      metadata('lane', lane),
      ...(certainty === 'review' ? [metadata('certainty', 'waits for review')] : []),
      metadata('reports', cleanText(sources.join('; '))),
    ],
    links: [
      {
        kind: 'link',
        label: `${techniqueId} at attack.mitre.org`,
        url: `https://attack.mitre.org/techniques/${techniqueId.replace('.', '/')}`,
        unknown: NO_UNKNOWN,
      },
    ],
    showSubtechniques: false,
    unknown: NO_UNKNOWN,
  };
}

function commentOf({ reading, technique }: Seen): string {
  const quotes = bestMentions(technique.mentions, QUOTES).map(
    ({ sentence, lane }) => `“${quoteLine(sentence.text, QUOTE_LENGTH)}” (${lane})`,
  );
  return [titleOf(reading), ...quotes].join('\n');
}

function metadata(name: string, value: string) {
  return { kind: 'metadata', name, value, unknown: NO_UNKNOWN } as const;
}
