import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { mapEvents } from '../app/map-events.js';
import { formatMap } from './format-map.js';

const folder = mkdtempSync(join(tmpdir(), 'portolan-format-'));
afterAll(() => rmSync(folder, { recursive: true }));

describe('formatMap', () => {
  it('shows the tactics in matrix order, with the place of the best evidence of each technique', async () => {
    const outcome = await mapEvents({ paths: ['examples/investigation'], minConfidence: 0 });
    const text = formatMap(outcome);
    const headings = text.split('\n').filter((line) => /^[A-Z0-9]/.test(line));
    expect(headings).toEqual([
      expect.stringMatching(
        /^\d+ techniques of ATT&CK 19.1 on \d hosts and accounts, 2026-03-03 .* to .* UTC$/,
      ),
      expect.stringMatching(/^379 events from 5 files \(\d+ kB\); \d+ rules, \d+ of them/),
      'Where, in the order of first signs',
      'By tactic: technique, confidence (0 to 1), matches, first and last seen (UTC), the best evidence.',
      'Initial Access',
      'Execution',
      'Persistence',
      'Privilege Escalation',
      'Stealth',
      'Defense Impairment',
      'Credential Access',
      'Discovery',
      'Lateral Movement',
      'Collection',
      'Command and Control',
      'Exfiltration',
      'Not covered',
      'All evidence: --json. More rules: portolan rules add sigmahq, then --rules sigmahq (or --rules DIR).',
    ]);
    for (const { techniqueId, evidence } of outcome.result.techniques) {
      expect(text).toContain(techniqueId);
      expect(text).toContain(`@ ${evidence[0]?.source}:${evidence[0]?.record}\n`);
    }
    expect(Math.max(...text.split('\n').map((line) => line.length))).toBeLessThanOrEqual(100);
  });

  it('obeys no control character of a log', async () => {
    const hostile = '\u001b]0;owned\u0007\u001b[2J\u202e\r\nfake line\u0085';
    const event = {
      Channel: 'Microsoft-Windows-Sysmon/Operational',
      EventID: 1,
      Image: `C:\\${hostile}\\whoami.exe`,
      CommandLine: `whoami /all ${hostile}`,
      User: hostile,
      Computer: hostile,
    };
    const path = join(folder, `a\u001b[31m.json`);
    writeFileSync(
      path,
      `${JSON.stringify(event)}\n{"Channel":"${hostile.replace(/[^a-z]/g, '')}\u009b","EventID":1}\n`,
    );
    const text = formatMap(await mapEvents({ paths: [path], minConfidence: 0 }));
    expect(text).toContain('\\x1b');
    expect(text).toContain('T1033');
    // biome-ignore lint/suspicious/noControlCharactersInRegex: these are the characters that must not be there.
    expect(text).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202e]/);
    expect(text.split('\n').filter((line) => line.startsWith('fake'))).toEqual([]);
  });

  it('does not take silence for safety', async () => {
    const path = join(folder, 'quiet.json');
    writeFileSync(path, '{"a":1}\n');
    const text = formatMap(await mapEvents({ paths: [path], minConfidence: 0 }));
    expect(text).toContain('0 techniques');
    expect(text).toContain('Events of kinds that no rule is about: 1 of 1: unknown logsource (1)');
    expect(text).toContain('Rules that could not apply');
    expect(text).toContain('no proof that nothing happened');
  });
});
