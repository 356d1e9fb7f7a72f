import { describe, expect, it } from 'vitest';
import { diffVersions, openShipped, type VersionDiff } from '../attack/index.js';
import { formatDiff } from './format-diff.js';
import { formatDiffMarkdown } from './format-diff-markdown.js';

const diff = diffVersions(openShipped({ version: '18.1' }), openShipped({ version: '19.1' }));
const plain = (all = false): string => formatDiff(diff, { all });
const joined = plain().replace(/\s+/g, ' ');

/** The comparison with a name that somebody hostile chose. */
function withName(name: string): VersionDiff {
  const [first] = diff.added;
  if (first === undefined) throw new Error('nothing added');
  return { ...diff, added: [{ ...first, name }] };
}

describe('formatDiff', () => {
  it('begins with the versions and the counts', () => {
    const [title, , head, techniques] = plain().split('\n');
    expect(title).toBe('ATT&CK enterprise 18.1 (2025-11-13) → 19.1 (2026-05-12)');
    expect(head?.trim().split(/ {2,}/)).toEqual([
      'added',
      'revoked',
      'renamed',
      'tactic',
      'platforms',
      'relations',
      'version',
      'patched',
      'unchanged',
    ]);
    expect(techniques?.trim().split(/\s+/)).toEqual(
      ['technique', 23, 17, 4, 198, 2, 272, 201, 213, 260].map(String),
    );
  });

  it('says before the lists what is not known', () => {
    const note = 'part of 19.1 is carried over, and there "unchanged" means "not known":';
    expect(joined.indexOf(note)).toBeGreaterThan(0);
    expect(joined.indexOf(note)).toBeLessThan(joined.indexOf('67 added'));
  });

  it('shows successors, renames, and techniques by the way their tactics went', () => {
    expect(joined).toContain('T1562.009 Impair Defenses: Safe Mode Boot → T1688 Safe Mode Boot');
    expect(joined).toContain('T1211 Exploitation for Defense Evasion → Exploitation for Stealth');
    expect(joined).toContain('− defense-evasion + defense-impairment (41): T1112, T1207, T1222,');
    expect(joined).toContain('199 major, 2 minor');
  });

  it('keeps long lists short unless asked for all', () => {
    expect(plain()).toContain('… 7 more (--all)');
    expect(plain()).not.toContain('MuddyViper\n    S9033');
    expect(plain(true)).not.toContain('more (--all)');
    expect(plain(true)).toContain('+ used by S9001 SystemBC');
    expect(plain(true)).toContain('T1574 Hijack Execution Flow: 1.3 → 2.0');
  });

  it('keeps lines within the width of the output', () => {
    const widest = Math.max(
      ...plain(true)
        .split('\n')
        .map(({ length }) => length),
    );
    expect(widest).toBeLessThanOrEqual(125);
  });

  it('says when nothing differs, and when the order is backwards', () => {
    const [old] = [openShipped({ version: '14.1' })];
    expect(formatDiff(diffVersions(old, old), { all: false })).toContain('no change');
    const back = diffVersions(openShipped({ version: '16.1' }), old);
    expect(formatDiff(back, { all: false })).toContain('backwards');
  });

  it('neutralises control characters in names', () => {
    const out = formatDiff(withName('\u001b[31mevil\u202e'), { all: false });
    expect(out).not.toContain('\u001b[31m');
    expect(out).toContain('\\x1b[31mevil\\u202e');
  });
});

describe('formatDiffMarkdown', () => {
  const markdown = formatDiffMarkdown(diff, { all: false });

  it('has a title, a table of counts, the notes and a section a list', () => {
    expect(markdown).toContain('# ATT&CK enterprise 18.1 (2025-11-13) → 19.1 (2026-05-12)\n');
    expect(markdown).toContain('| technique | 23 | 17 | 4 | 198 | 2 | 272 | 201 | 213 | 260 |\n');
    expect(markdown).toContain('> part of 19.1 is carried over');
    expect(markdown).toContain('\n## 17 revoked\n\n- T1070.001 ');
    expect(markdown).toContain('- software (37)\n  - S9001 SystemBC\n');
  });

  it.each([
    ['[x](javascript:alert(1))', '\\[x\\](javascript:alert(1))'],
    ['<img src=x onerror=alert(1)>', '&lt;img src=x onerror=alert(1)&gt;'],
    ['a | b `c` *d*', 'a \\| b \\`c\\` \\*d\\*'],
    ['&lt;b&gt;', '&amp;lt;b&amp;gt;'],
    ['two\n# lines', 'two \\# lines'],
  ])('makes no markup of the name %j', (name, expected) => {
    expect(formatDiffMarkdown(withName(name), { all: false })).toContain(expected);
  });
});
