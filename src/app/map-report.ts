import { openKnowledgeBase } from '../attack/index.js';
import { type MapReport, renderReportCsv, renderReportHtml } from '../exporters/index.js';
import { describeGaps } from './map-gaps.js';
import { attackUrl, toMapLayer } from './map-layer.js';
import type { MapOutcome } from './map-result.js';

/** The result as one HTML file that needs no network. */
export function toMapHtml(outcome: MapOutcome): Promise<string> {
  return renderReportHtml(toReport(outcome));
}

/** The result as CSV, a row for each technique. */
export function toMapCsv(outcome: MapOutcome): string {
  return renderReportCsv(toReport(outcome));
}

function toReport(outcome: MapOutcome): MapReport {
  const { result, namedTactics, subjects, tactics, isInterrupted, coverage } = outcome;
  const { attackVersion, input, rules } = result;
  return {
    title: 'What these logs show',
    layer: toMapLayer(outcome),
    knowledgeBase: openKnowledgeBase({ version: attackVersion }),
    input,
    rules,
    isInterrupted,
    firstEvent: coverage.time.firstEvent,
    lastEvent: coverage.time.lastEvent,
    tactics,
    techniques: result.techniques.map((technique) => ({
      ...technique,
      namedTactics: namedTactics.get(technique.techniqueId) ?? [],
      url: attackUrl(technique.techniqueId),
    })),
    subjects,
    files: coverage.files,
    gaps: describeGaps(outcome),
  };
}
