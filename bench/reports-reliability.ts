const BINS = 10;
const SIZE = 320;
const EDGE = 40;

/** A reliability plot: how often guesses are right, by how sure they were; and the mean gap between the two. */
export function drawReliability(
  points: readonly { readonly confidence: number; readonly isRight: boolean }[],
): { readonly svg: string; readonly error: number } {
  const bins = Array.from({ length: BINS }, () => ({ count: 0, right: 0, sum: 0 }));
  for (const { confidence, isRight } of points) {
    const bin = bins[Math.min(BINS - 1, Math.floor(confidence * BINS))];
    if (bin === undefined) continue;
    bin.count++;
    bin.sum += confidence;
    if (isRight) bin.right++;
  }
  const filled = bins.filter(({ count }) => count > 0);
  const error = filled.reduce((sum, bin) => sum + Math.abs(bin.right - bin.sum), 0) / points.length;
  const [x, y] = [(v: number) => EDGE + v * SIZE, (v: number) => EDGE + (1 - v) * SIZE];
  const dots = filled.map(({ count, right, sum }) => {
    const [cx, cy, r] = [
      x(sum / count),
      y(right / count),
      3 + 10 * Math.sqrt(count / points.length),
    ];
    const label = `${count} guesses, ${(sum / count).toFixed(2)} sure, ${(right / count).toFixed(2)} right`;
    return `<circle cx="${cx.toFixed(1)}" cy="${cy.toFixed(1)}" r="${r.toFixed(1)}" fill="#2563eb"><title>${label}</title></circle>`;
  });
  const whole = SIZE + 2 * EDGE;
  const text = (at: string, words: string) =>
    `<text ${at} font-family="sans-serif" font-size="12" text-anchor="middle">${words}</text>`;
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${whole} ${whole}" width="${whole}" height="${whole}" role="img" aria-label="Reliability of the first guess">
<rect width="${whole}" height="${whole}" fill="#fff"/><rect x="${EDGE}" y="${EDGE}" width="${SIZE}" height="${SIZE}" fill="none" stroke="#94a3b8"/>
<line x1="${x(0)}" y1="${y(0)}" x2="${x(1)}" y2="${y(1)}" stroke="#94a3b8" stroke-dasharray="4"/>
${dots.join('\n')}
${text(`x="${x(0.5)}" y="${whole - 12}"`, 'confidence, 0 to 1')}
${text(`transform="translate(16 ${y(0.5)}) rotate(-90)"`, 'share that is right, 0 to 1')}
</svg>
`;
  return { svg, error };
}
