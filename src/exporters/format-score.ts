/** A score for people: two decimals at most, `.` before them, no exponent below 1e21. */
export function formatScore(score: number): string {
  return String(Math.round(score * 100) / 100);
}
