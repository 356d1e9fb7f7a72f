import { describe, expect, it } from 'vitest';
import { runPortolan } from './run-portolan.js';

describe('portolan attack show', () => {
  it.each([
    ['T1059.001', 'T1059.001 PowerShell', 'AN1252 Windows'],
    ['TA0112', 'TA0112 Defense Impairment', 'T1112 Modify Registry'],
    ['g0016', 'G0016 APT29', 'Cozy Bear'],
    ['S0002', 'S0002 Mimikatz', 'type: tool'],
    ['M1042', 'M1042 Disable or Remove Feature or Program', 'mitigates'],
    ['C0024', 'C0024 SolarWinds Compromise', 'G0016 APT29'],
    ['DET0455', 'DET0455 Abuse of PowerShell for Arbitrary Execution', 'T1059.001 PowerShell'],
    ['AN1252', 'AN1252 Analytic 1252', 'DC0064 Command Execution'],
    ['DC0032', 'DC0032 Process Creation', 'read by analytics'],
    ['A0008', 'A0008 Application Server', 'targeted by'],
    ['T1398', 'T1398 Boot or Logon Initialization Scripts', 'mobile'],
    ['T1562.001', 'T1562.001 Disable or Modify Tools REVOKED', 'now T1685 Disable or Modify Tools'],
  ])('shows %s', (id, title, detail) => {
    const { code, stdout, stderr } = runPortolan(['attack', 'show', id]);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout.split('\n')[0]).toContain(title);
    expect(stdout).toContain(detail);
  });

  it('shows several at once, as JSON', () => {
    const { code, stdout } = runPortolan([
      'attack',
      'show',
      'T1059',
      'G0016',
      '--attack-version',
      '18.1',
      '--json',
    ]);
    const shown = JSON.parse(stdout) as { attackVersion: string; object: { attackId: string } }[];
    expect(code).toBe(0);
    expect(shown.map(({ attackVersion, object }) => [attackVersion, object.attackId])).toEqual([
      ['18.1', 'T1059'],
      ['18.1', 'G0016'],
    ]);
  });

  it.each([
    ['cozy bear', 'G0016 APT29'],
    ['PowerShell', 'T1059.001 PowerShell  '],
    ['Command and Scripting Interpreter: Python', 'T1059.006 Python'],
    ['Defense Evasion', 'TA0030 Defense Evasion  (tactic, ATT&CK 18.1 mobile)'],
  ])('shows what is named %s', (name, title) => {
    const { code, stdout } = runPortolan(['attack', 'show', name]);
    expect(code).toBe(0);
    expect(stdout.split('\n')[0]).toContain(title);
  });

  it('says in JSON where what is gone was last seen', () => {
    const { stdout } = runPortolan([
      'attack',
      'show',
      'Defense Evasion',
      '--domain',
      'enterprise',
      '--json',
    ]);
    expect(JSON.parse(stdout)).toMatchObject([
      { lastSeenIn: '18.1', object: { attackId: 'TA0005' } },
    ]);
  });

  it('says in one line that part of 19.1 is carried over, and where to read what', () => {
    const { stdout } = runPortolan(['attack', 'show', 'M1042']);
    expect(stdout.match(/carried over/g)).toHaveLength(1);
    expect(stdout).toContain('portolan attack versions');
  });

  it('takes 18 for 18.1', () => {
    expect(runPortolan(['attack', 'show', 'T1562.001', '--attack-version', '18']).stdout).toContain(
      'ATT&CK 18.1 enterprise',
    );
  });
});

describe('portolan attack list', () => {
  it.each([
    [['techniques'], 697],
    [['techniques', '--attack-version', '18.1'], 691],
    [['tactics'], 15],
    [['groups', '--attack-version', '18.1'], 172],
    [['campaigns', '--attack-version', '18.1'], 52],
    [['mitigations', '--attack-version', '18.1'], 44],
    [['techniques', '--domain', 'mobile'], 124],
    [['assets', '--domain', 'ics'], 18],
    [
      ['techniques', '--tactic', 'Defense Impairment', '--platform', 'windows', '--json'],
      undefined,
    ],
  ])('lists %j', (args, count) => {
    const { code, stdout } = runPortolan(['attack', 'list', ...args]);
    expect(code).toBe(0);
    if (count !== undefined) expect(stdout.trim().split('\n')).toHaveLength(count);
    else expect((JSON.parse(stdout) as { objects: unknown[] }).objects.length).toBeGreaterThan(10);
  });
});

describe('portolan attack versions', () => {
  it('says what of 19.1 is carried over', () => {
    const { code, stdout } = runPortolan(['attack', 'versions']);
    expect(code).toBe(0);
    expect(stdout).toMatch(/\* enterprise 19\.1 .*697 techniques/);
    expect(stdout.replace(/\s+/g, ' ')).toContain('data components are those of 18.1');
    expect(
      (JSON.parse(runPortolan(['attack', 'versions', '--json']).stdout) as unknown[]).length,
    ).toBe(7);
  });
});

describe('wrong usage', () => {
  it.each([
    [['attack', 'show', 'T9999'], 'found "T9999"; try: portolan attack search "T9999"'],
    [['attack', 'show', 'T1059', '--attack-version', '3.0'], '14.1, 16.1, 17.1, 18.1, 19.1'],
    [['attack', 'show', 'T1059', '--domain', 'moon'], 'expected a domain'],
    [['attack', 'list', 'ponies'], 'expected a kind'],
    [['attack', 'list', 'techniques', '--platform', 'Amiga'], 'expected a platform'],
    [['attack', 'list', 'techniques', '--tactic', '\u001b[31mx'], 'expected a tactic'],
    [['nonsense'], "unknown command 'nonsense'"],
    [['attack', 'show'], 'missing required argument'],
  ])('%j ends with code 2 and one line', (args, message) => {
    const { code, stdout, stderr } = runPortolan(args);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain(message);
    expect(stderr).not.toMatch(/\n +at /);
    expect(stderr).not.toContain('\u001b');
  });

  it('shows help and the version with code 0', () => {
    expect(runPortolan(['--help']).code).toBe(0);
    expect(runPortolan(['attack', '--help']).stdout).toContain('show');
    expect(runPortolan(['--version']).stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
  });
});
