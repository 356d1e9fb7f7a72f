import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { isIssue } from '../model/index.js';
import { parseScoreExpression } from './score-expression.js';
import { SCORE_CONSTANTS, SCORE_FUNCTIONS } from './score-functions.js';

const DOCUMENT = readFileSync('docs/layers.md', 'utf8');
const FOLDER = 'src/layers';
const TESTS = readdirSync(FOLDER)
  .filter((name) => name.endsWith('.test.ts') && name !== 'layers-docs.test.ts')
  .map((name) => readFileSync(`${FOLDER}/${name}`, 'utf8'))
  .join('\n');

/** Rows of the table under a heading, as cells. */
function tableUnder(header: string): readonly (readonly string[])[] {
  const after = DOCUMENT.slice(DOCUMENT.indexOf(header));
  const rows = after.slice(0, after.indexOf('\n\n')).split('\n').slice(2);
  return rows.map((row) => row.split(' | ').map((cell) => cell.replace(/^\| | \|$/g, '')));
}

describe('docs/layers.md', () => {
  const examples = tableUnder('| expression | result |');

  it.each(examples)('is right that %s is %s', (expression, result) => {
    const scores: Readonly<Record<string, number>> = { a: 60, b: 20, c: 0 };
    const parsed = parseScoreExpression(expression?.replaceAll('`', '') ?? '');
    expect(
      isIssue(parsed) ? parsed : String(parsed.evaluate((name) => scores[name]) ?? 'unscored'),
    ).toBe(result);
  });

  it.each([...SCORE_FUNCTIONS.keys(), ...SCORE_CONSTANTS.keys()])('names %s', (name) => {
    expect(DOCUMENT).toMatch(new RegExp(`\`${name}[\`(]`));
  });

  const cited = tableUnder('| case | Navigator | Portolan').flatMap((cells) => [
    ...(cells.at(-1) ?? '').matchAll(/`([^`]+)`/g),
  ]);

  it('cites a test for each choice', () => {
    expect(cited.length).toBeGreaterThan(20);
  });

  it.each(cited.map((match) => match[1] ?? ''))('cites a test that there is: %s', (name) => {
    expect(TESTS).toContain(name);
  });
});
