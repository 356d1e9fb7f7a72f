import { formatIssue, type Issue } from '../model/index.js';
import type { MapCoverage, MapOutcome } from './map-result.js';

/** Something that the result cannot say, for people. */
export interface MapGap {
  /** One line, without a full stop. */
  readonly title: string;
  /** What it is about, one by one, the most important first. */
  readonly items: readonly string[];
  /** Items that are not listed. */
  readonly more: number;
}

/** What was not covered: files and events that were not read or met no rule, rules and techniques left out, logs missing. */
export function describeGaps(outcome: MapOutcome): readonly MapGap[] {
  return [
    ...stopGaps(outcome),
    ...timeGaps(outcome),
    ...eventGaps(outcome),
    ...ruleGaps(outcome),
    ...techniqueGaps(outcome),
    ...sourceGaps(outcome),
    ...issueGaps(outcome),
  ];
}

function gap(title: string, items: readonly string[] = [], more = 0): MapGap {
  return { title, items, more };
}

function stopGaps({ isInterrupted, coverage }: MapOutcome): MapGap[] {
  if (!isInterrupted) return [];
  return [
    gap(
      `Stopped before the end: ${coverage.filesNotReached} files were not read, or not to their end`,
    ),
  ];
}

function timeGaps({ coverage, result }: MapOutcome): MapGap[] {
  const { since, until, eventsOutside, eventsWithoutTime, firstEvent, lastEvent } = coverage.time;
  if (since === undefined && until === undefined) return [];
  const range = [
    since === undefined ? '' : `since ${since}`,
    until === undefined ? '' : `until ${until}`,
  ];
  const held =
    firstEvent === undefined ? '' : `; the input holds events from ${firstEvent} to ${lastEvent}`;
  const gaps = [
    gap(
      `Events outside the time asked for (${range.join(' ').trim()}): ${eventsOutside} of ${result.input.events}${held}`,
    ),
  ];
  if (eventsWithoutTime > 0)
    gaps.push(gap(`Events without a time, which were not left out: ${eventsWithoutTime}`));
  return gaps;
}

function eventGaps({ coverage, result }: MapOutcome): MapGap[] {
  const { uncoveredLogsources, files } = coverage;
  const gaps: MapGap[] = [];
  const events = uncoveredLogsources.reduce((sum, one) => sum + one.events, 0);
  if (events > 0)
    gaps.push(
      gap(
        `Events of kinds that no rule is about: ${events} of ${result.input.events}`,
        uncoveredLogsources.map((one) => `${one.logsource} (${one.events})`),
      ),
    );
  const uncovered = files.flatMap(({ source, uncoveredReason }) =>
    uncoveredReason === undefined
      ? []
      : `0 of ${result.rules.loaded} rules could apply to ${source}: ${uncoveredReason}`,
  );
  if (uncovered.length > 0)
    gaps.push(
      gap(`Files to which no rule could apply: ${uncovered.length} of ${files.length}`, uncovered),
    );
  const empty = files.filter(({ events: count }) => count === 0).map(({ source }) => source);
  if (empty.length > 0)
    gaps.push(gap(`Files of which no event was read: ${empty.length} of ${files.length}`, empty));
  return gaps;
}

function ruleGaps({ coverage, result }: MapOutcome): MapGap[] {
  const { loaded, applicable, skipped } = result.rules;
  const gaps: MapGap[] = [];
  if (applicable < loaded)
    gaps.push(
      gap(
        `Rules that could not apply, as there are no events of their kind: ${loaded - applicable} of ${loaded}`,
        coverage.unusedLogsources.map(formatUnused),
      ),
    );
  if (skipped > 0) gaps.push(gap(`Rules that were refused: ${skipped}; see below why`));
  if (coverage.belowMinLevel > 0)
    gaps.push(gap(`Rules below the minimum level, which did not run: ${coverage.belowMinLevel}`));
  const silent = coverage.matchesWithoutTechnique.map(
    ({ title, matches }) => `${title} (${matches})`,
  );
  if (silent.length > 0) gaps.push(gap('Rules that fired and name no technique', silent));
  return gaps;
}

function formatUnused({
  logsource: { product, category, service },
  rules,
}: MapCoverage['unusedLogsources'][number]): string {
  return `${[product, category, service].filter((part) => part !== undefined).join('/')} (${rules})`;
}

function techniqueGaps({ coverage }: MapOutcome): MapGap[] {
  const { belowThreshold, minConfidence } = coverage;
  if (belowThreshold === 0) return [];
  return [
    gap(
      `Techniques below confidence ${minConfidence}, which are not listed: ${belowThreshold} (--min-confidence 0 lists them)`,
    ),
  ];
}

function sourceGaps({ coverage }: MapOutcome): MapGap[] {
  const { missingLogSources } = coverage;
  if (missingLogSources.length === 0) return [];
  return [
    gap(
      'Logs not in the input that ATT&CK reads for the techniques found (how many of them)',
      missingLogSources.map(({ name, techniqueIds }) => `${name} (${techniqueIds.length})`),
    ),
  ];
}

function issueGaps({ result: { issues, input } }: MapOutcome): MapGap[] {
  if (input.issueCount === 0) return [];
  const shown = firstOfEachCode(issues).map(formatIssue);
  const noun = input.issueCount === 1 ? 'problem' : 'problems';
  const more = Math.max(0, input.issueCount - shown.length);
  return [gap(`${input.issueCount} ${noun} with the input`, shown, more)];
}

/** One of every kind first, so that a thousand of one kind do not hide the others. */
function firstOfEachCode(issues: readonly Issue[]): readonly Issue[] {
  const seen = new Set<string>();
  const firsts = issues.filter(({ code }) => !seen.has(code) && seen.add(code));
  return [...firsts, ...issues.filter((issue) => !firsts.includes(issue))];
}
