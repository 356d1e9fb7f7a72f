import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { fixRules } from './rules-fix.js';

const RULE = `title: A rule   # stays
id: 0a0a0a0a-0000-4000-8000-000000000001
status: Test
description: Finds something.
references:
    - https://example.com/a
    - https://example.com/a
author: Anna
date: 2024/01/05
tags:
    - attack.t1086  # old
    - attack.T1059.001
    - cve.2021.44228
logsource:
    product: windows
    category: process_creation
detection:
    selection:
        Image|endswith: '\\a.exe'
    condition: selection
level: severe
`;

it('corrects what has one right answer, keeps the rest byte for byte, and lists what is left', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'portolan-fix-'));
  const file = join(folder, 'a.yml');
  writeFileSync(file, RULE);
  const { fixed, findings } = await fixRules({ paths: [folder], attackVersion: '19.1' });
  const text = readFileSync(file, 'utf8');
  const again = await fixRules({ paths: [folder], attackVersion: '19.1' });
  rmSync(folder, { recursive: true });
  expect(text).toBe(
    RULE.replace('status: Test', 'status: test')
      .replace('    - https://example.com/a\n', '')
      .replace('2024/01/05', '2024-01-05')
      .replace(
        /tags:[\s\S]*44228/,
        'tags:\n    - attack.t1059.001  # old\n    - attack.execution\n    - cve.2021-44228',
      ),
  );
  expect(new Set(fixed.map(({ code }) => code))).toEqual(
    new Set([
      'STATUS_INVALID',
      'REFERENCE_DUPLICATE',
      'DATE_INVALID',
      'ATTACK_REVOKED',
      'TAG_FORM',
      'TAG_NAME',
      'ATTACK_TACTIC_MISSING',
      'TAG_DUPLICATE',
    ]),
  );
  expect(findings.map(({ code }) => code)).toEqual(['LEVEL_INVALID']);
  expect(again.fixed).toEqual([]);
});
