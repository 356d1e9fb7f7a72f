import { describeGaps, type MapGap } from '../app/map-gaps.js';
import type { MapOutcome } from '../app/map-result.js';
import { safeText } from './safe-text.js';
import { outputWidth, styleText } from './style-text.js';
import { wrapLines } from './wrap-lines.js';

const LISTED = 5;
/** Longer ones stand on lines of their own. */
const LONG_ITEM = 60;

/** What the table above it cannot tell: events, files and rules that came to nothing, and why. */
export function formatMapCoverage(outcome: MapOutcome): string {
  const gaps = describeGaps(outcome);
  const heading = styleText(['bold', 'underline'], 'Not covered');
  const lines = gaps.map(formatGap);
  const body = lines.length === 0 ? '  Every event was read and met a rule.\n' : lines.join('');
  return `${heading}\n${body}${hint(outcome)}`;
}

function formatGap({ title, items, more }: MapGap): string {
  const shown = items.slice(0, LISTED);
  const rest = more + items.length - shown.length;
  const isLong = shown.some((item) => item.length > LONG_ITEM);
  const last = rest > 0 ? [`and ${rest} more (--json and --html list more)`] : [];
  const lines = isLong
    ? [`${title}:`, ...[...shown, ...last].map((item) => `- ${item}`)]
    : [
        `${title}${shown.length === 0 ? '' : `: ${shown.join(', ')}`}${rest > 0 ? ` and ${rest} more` : ''}.`,
      ];
  return lines.map((line) => wrapLines(safeText(line), outputWidth(), '  ')).join('');
}

function hint({ result }: MapOutcome): string {
  const rules = 'More rules: portolan rules add sigmahq, then --rules sigmahq (or --rules DIR).';
  const line =
    result.techniques.length === 0
      ? `Nothing was found. That is no proof that nothing happened: see above what was not covered. ${rules}`
      : `All evidence: --json. ${rules}`;
  return `\n${wrapLines(line, outputWidth(), '')}`;
}
