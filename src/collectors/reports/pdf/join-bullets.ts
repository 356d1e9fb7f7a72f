import { SAME_LINE, type TextRun } from './text-run.js';

// Symbol fonts have their bullets among the characters of private use.
const BULLET =
  /^(?:[•●○◦▪■□▶►‣⁃·–—*o\uf000-\uf0ff-]|\(?(?:\d{1,3}|[a-zA-Z]|[ivx]{1,5})[.)]|\d{1,2}(?:\.\d{1,2}){1,3}\.?)$/;
/** Widest gap between a bullet and its text, as a share of the size. */
const MAX_GAP = 4.5;

export const isBullet = (text: string): boolean => BULLET.test(text);

/** Joins a bullet or number with the text to its right, however far apart: they are no cells. */
export function joinBullets(runs: readonly TextRun[]): readonly TextRun[] {
  const joined: TextRun[] = [];
  for (const run of runs) {
    const bullet = joined.at(-1);
    if (bullet === undefined || !isBulletOf(bullet, run)) joined.push(run);
    else {
      const text = `${bullet.text} ${run.text}`;
      joined[joined.length - 1] = { ...run, text, x0: bullet.x0, order: bullet.order, breaks: [] };
    }
  }
  return joined;
}

function isBulletOf(bullet: TextRun, run: TextRun): boolean {
  const gap = run.x0 - bullet.x1;
  const isBeside = Math.abs(bullet.y - run.y) <= SAME_LINE * run.size && gap > 0;
  return isBeside && gap <= run.size * MAX_GAP && isBullet(bullet.text);
}
