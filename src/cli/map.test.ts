import { readdirSync } from 'node:fs';
import { Command, CommanderError } from 'commander';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { AppError } from '../model/index.js';
import { registerMap } from './map.js';

afterEach(() => vi.restoreAllMocks());

/** Runs the command in this process; what it printed. */
async function run(...args: readonly string[]): Promise<string> {
  let printed = '';
  vi.spyOn(process.stdout, 'write').mockImplementation((text) => {
    printed += String(text);
    return true;
  });
  vi.spyOn(process.stderr, 'write').mockImplementation(() => true);
  const program = new Command().exitOverride();
  registerMap(program);
  for (const command of program.commands) command.exitOverride();
  await program.parseAsync(['map', ...args], { from: 'user' });
  return printed;
}

describe('portolan map', () => {
  it('prints a table for people', async () => {
    const text = await run('examples/investigation');
    expect(text).toContain('Spearphishing Attachment');
    expect(text).not.toContain('\u001b');
  });

  it('prints one JSON document with --json', async () => {
    const result = JSON.parse(
      await run('examples/investigation', '--json', '--min-confidence', '0.9'),
    );
    expect(Object.keys(result)).toEqual([
      'attackVersion',
      'input',
      'issues',
      'rules',
      'techniques',
    ]);
    const sure: number[] = result.techniques.map((one: { confidence: number }) => one.confidence);
    expect(sure.length).toBeGreaterThan(0);
    expect(Math.min(...sure)).toBeGreaterThanOrEqual(0.9);
    expect(sure).toEqual([...sure].sort((a, b) => b - a));
  });

  it('takes rules several times, and leaves its own out when told', async () => {
    const linux = [
      '--no-own-rules',
      '--rules',
      'rules/linux/auditd',
      '--rules',
      'rules/linux/process_creation/reverse_shell.yml',
    ];
    const result = JSON.parse(await run('examples/investigation', '--json', ...linux));
    const rules = readdirSync('rules/linux/auditd').filter((name) => !name.endsWith('.events.yml'));
    expect(result.rules.loaded).toBe(rules.length + 1);
  });

  it.each([
    [['examples/investigation', '--min-confidence', 'high']],
    [['examples/investigation', '--min-confidence', '1.5']],
    [['examples/investigation', '--unknown']],
    [[]],
  ])('refuses %j as wrong usage', async (args) => {
    await expect(run(...args)).rejects.toBeInstanceOf(CommanderError);
  });

  it.each([
    [['examples/investigation', '--min-level', 'big'], 'USAGE'],
    [['examples/investigation', '--attack-version', '3'], 'NOT_FOUND'],
    [['does-not-exist'], 'SOURCE_UNREADABLE'],
  ])('refuses %j with %s', async (args, code) => {
    const error = await run(...args).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(AppError);
    expect(error).toMatchObject({ code });
  });
});
