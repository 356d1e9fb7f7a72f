import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { formatExplained } from '../cli/rules-explain.js';
import { explainFiles } from './rules-explain.js';

const folder = mkdtempSync(join(tmpdir(), 'portolan-explain-'));
afterAll(() => rmSync(folder, { recursive: true }));

const RULE = join(folder, 'rule.yml');
writeFileSync(
  RULE,
  `title: First
id: 0a0a0a0a-0000-4000-8000-000000000001
logsource: {product: windows, category: process_creation}
detection:
  sel:
    Image|endswith: '\\cmd.exe'
    CommandLine|contains: [whoami, ipconfig]
  filter: {User: adm}
  condition: sel and not filter
---
title: Second
name: second
logsource: {product: linux}
detection: {k: [boom], condition: k}
`,
);
const EVENTS = join(folder, 'events.ndjson');
const event = (fields: Readonly<Record<string, string>>) =>
  JSON.stringify({ Channel: 'Microsoft-Windows-Sysmon/Operational', EventID: 1, ...fields });
writeFileSync(
  EVENTS,
  `${[
    event({ Image: 'C:\\a.exe' }),
    event({ Image: 'C:\\cmd.exe', CommandLine: 'dir\u001b[2J', User: 'adm' }),
    event({ Image: 'C:\\cmd.exe', CommandLine: 'whoami', User: 'bob' }),
  ].join('\n')}\n`,
);

const EMPTY = join(folder, 'empty.json');
writeFileSync(EMPTY, '');

const ask = (options: { record?: string; ruleName?: string } = {}) =>
  explainFiles({ rule: RULE, events: EVENTS, ...options });

describe('explaining a rule', () => {
  it('takes the first event that matches', async () => {
    expect(await ask()).toMatchObject({
      title: 'First',
      matched: true,
      conditions: ['sel and not filter'],
      logsource: { wanted: 'windows/process_creation', holds: true },
      event: { record: '3', of: 3 },
    });
  });

  it('says of an event which items held, what was wanted and what was found', async () => {
    const explained = await ask({ record: '2' });
    expect(explained).toMatchObject({
      matched: false,
      selections: [
        {
          name: 'sel',
          held: false,
          items: [
            { field: 'Image', held: true, found: ['C:\\cmd.exe'] },
            {
              field: 'CommandLine',
              modifiers: ['contains'],
              values: ['whoami', 'ipconfig'],
              held: false,
              found: ['dir\u001b[2J'],
            },
          ],
        },
        { name: 'filter', held: true },
      ],
    });
    const text = formatExplained(explained);
    expect(text).toContain('First: does not match record 2');
    expect(text).toContain('no  CommandLine|contains: "whoami", "ipconfig"');
    expect(text).not.toContain('\u001b[2J');
  });

  it('finds a rule in a file of several, and says when the logsource is another', async () => {
    expect(await ask({ ruleName: 'second' })).toMatchObject({
      title: 'Second',
      logsource: { wanted: 'linux', holds: false },
    });
  });

  it.each([
    [{ ruleName: 'third' }, 'NOT_FOUND'],
    [{ record: '99' }, 'NOT_FOUND'],
  ])('refuses %j', async (options, code) => {
    await expect(ask(options)).rejects.toMatchObject({ code });
  });

  it('refuses files that hold no rule or no event', async () => {
    for (const options of [
      { rule: EVENTS, events: EVENTS },
      { rule: RULE, events: EMPTY },
      { rule: '/nowhere', events: EVENTS },
      { rule: RULE, events: '/nowhere' },
    ])
      await expect(explainFiles(options)).rejects.toMatchObject({ code: 'SOURCE_UNREADABLE' });
  });
});
