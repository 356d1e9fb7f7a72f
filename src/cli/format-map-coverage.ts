import type { MapOutcome } from '../app/map-result.js';
import { formatIssue, type Issue } from '../model/index.js';
import { safeText } from './safe-text.js';
import { outputWidth, styleText } from './style-text.js';
import { wrapLines } from './wrap-lines.js';

const LISTED = 5;

/** What the table above it cannot tell: events, files and rules that came to nothing, and why. */
export function formatMapCoverage(outcome: MapOutcome): string {
  const points = [
    ...eventPoints(outcome),
    ...rulePoints(outcome),
    ...thresholdPoints(outcome),
    ...issuePoints(outcome),
  ];
  const heading = styleText(['bold', 'underline'], 'Not covered');
  const lines = points.map((point) => wrapLines(safeText(point), outputWidth(), '  '));
  const body = lines.length === 0 ? '  Every event was read and met a rule.\n' : lines.join('');
  return `${heading}\n${body}${hint(outcome)}`;
}

function eventPoints({ coverage, result }: MapOutcome): string[] {
  const { uncoveredLogsources, files } = coverage;
  const points: string[] = [];
  const events = uncoveredLogsources.reduce((sum, one) => sum + one.events, 0);
  if (events > 0) {
    const kinds = uncoveredLogsources.map((one) => `${one.logsource} (${one.events})`);
    points.push(
      `Events of kinds that no rule is about: ${events} of ${result.input.events}: ${some(kinds)}.`,
    );
  }
  const blind = files
    .filter(({ coveredEvents }) => coveredEvents === 0)
    .map(({ source }) => source);
  if (blind.length > 0)
    points.push(
      `Files without an event that a rule is about: ${blind.length} of ${files.length}: ${some(blind)}.`,
    );
  return points;
}

function rulePoints({ coverage, result }: MapOutcome): string[] {
  const { loaded, applicable, skipped } = result.rules;
  const points: string[] = [];
  if (applicable < loaded) {
    const kinds = coverage.unusedLogsources.map(
      ({ logsource: { product, category, service }, rules }) =>
        `${[product, category, service].filter((part) => part !== undefined).join('/')} (${rules})`,
    );
    points.push(
      `Rules that could not apply, as there are no events of their kind: ${loaded - applicable} of ${loaded}: ${some(kinds)}.`,
    );
  }
  if (skipped > 0) points.push(`Rules that were refused: ${skipped}; see below why.`);
  if (coverage.belowMinLevel > 0)
    points.push(`Rules below the minimum level, which did not run: ${coverage.belowMinLevel}.`);
  const silent = coverage.matchesWithoutTechnique.map(
    ({ title, matches }) => `${title} (${matches})`,
  );
  if (silent.length > 0) points.push(`Rules that fired and name no technique: ${some(silent)}.`);
  return points;
}

function thresholdPoints({ coverage }: MapOutcome): string[] {
  const { belowThreshold, minConfidence } = coverage;
  if (belowThreshold === 0) return [];
  return [
    `Techniques below confidence ${minConfidence}, which are not listed: ${belowThreshold} (--min-confidence 0 lists them).`,
  ];
}

function issuePoints({ result }: MapOutcome): string[] {
  const { issues, input } = result;
  if (input.issueCount === 0) return [];
  const shown = firstOfEachCode(issues).slice(0, LISTED).map(formatIssue);
  const more = input.issueCount - shown.length;
  const rest = more > 0 ? [`and ${more} more (--json lists the first 100).`] : [];
  return [
    `${input.issueCount} ${input.issueCount === 1 ? 'problem' : 'problems'} with the input:`,
    ...shown.map((line) => `- ${line}`),
    ...rest,
  ];
}

/** One of every kind first, so that a thousand of one kind do not hide the others. */
function firstOfEachCode(issues: readonly Issue[]): readonly Issue[] {
  const seen = new Set<string>();
  const firsts = issues.filter(({ code }) => !seen.has(code) && seen.add(code));
  return [...firsts, ...issues.filter((issue) => !firsts.includes(issue))];
}

function some(names: readonly string[]): string {
  const shown = names.slice(0, LISTED).join(', ');
  return names.length > LISTED ? `${shown} and ${names.length - LISTED} more` : shown;
}

function hint({ result }: MapOutcome): string {
  const line =
    result.techniques.length === 0
      ? 'Nothing was found. That is no proof that nothing happened: see above what was not covered.'
      : 'All evidence: --json. More rules: --rules DIR (such as a checkout of SigmaHQ/sigma).';
  return `\n${wrapLines(line, outputWidth(), '')}`;
}
