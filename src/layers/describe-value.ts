const MAX_QUOTED = 40;

// Input may hold control and direction characters that would change how a terminal shows the line.
const UNSEEN = /[\p{C}\p{Zl}\p{Zp}]/gu;

function quote(text: string): string {
  const short = text.length > MAX_QUOTED ? `${text.slice(0, MAX_QUOTED)}…` : text;
  return JSON.stringify(short.replace(UNSEEN, '?'));
}

/** A JSON value in a few words for an Issue: `"high"`, `null`, `an object`; never longer than a line. */
export function describeValue(value: unknown): string {
  if (value === undefined) return 'nothing';
  if (typeof value === 'string') return quote(value);
  if (Array.isArray(value)) return `a list of ${value.length}`;
  return typeof value === 'object' && value !== null ? 'an object' : String(value);
}
