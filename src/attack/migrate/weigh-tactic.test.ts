import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import type { MigrationContext } from './migration.js';
import { type SigmaDocument, scanSigma } from './scan-sigma.js';
import { TACTIC_CUES, type TacticCue } from './tactic-cues.table.js';
import { weighTactic } from './weigh-tactic.js';

const RULES = '../shared/data/sigma';
const FOLDS = 5;

const context = (text: string, parts: Partial<MigrationContext> = {}): MigrationContext => ({
  from: '18.1',
  to: '19.1',
  text,
  ...parts,
});

describe('weighTactic', () => {
  it.each([
    ['Antivirus Disabled Via Registry', 'defense-impairment', 'automatic'],
    ['Firewall Rule Added\nDetects a new firewall rule', 'defense-impairment', 'automatic'],
    ['Something\nDetects tampering with security event logs', 'defense-impairment', 'suggested'],
    ['Renamed Binary\nSeen in the wild', 'stealth', 'automatic'],
    [
      'Odd Start\nA process with an unusual parent process from a suspicious folder',
      'stealth',
      'automatic',
    ],
    ['Odd Start\nDetects base64', 'stealth', 'suggested'],
    ['Odd Start', undefined, 'needs-person'],
    ['', undefined, 'needs-person'],
    ['Obfuscated Command Disables Defender', undefined, 'needs-person'],
    ['Hidden Registry Key', undefined, 'needs-person'],
    ['Flow Logs Deleted\nto remove evidence of activity', undefined, 'needs-person'],
    ['Disabled Account\nlogging of a login', undefined, 'needs-person'],
  ])('reads %j as %s (%s)', (text, tactic, decision) => {
    expect(weighTactic(context(text))).toMatchObject({ tactic, decision });
  });

  it('counts the logsource of a control', () => {
    const logsource = { product: 'windows', service: 'windefend', category: undefined };
    expect(weighTactic(context('Scan Ended', { logsource })).tactic).toBe('defense-impairment');
  });

  it('takes no long time over long texts', () => {
    for (const words of ['disable ', 'firewall a ', 'remove the ', 'x', 'suspicious a a ']) {
      expect(weighTactic(context(words.repeat(50_000))).reason).not.toBe('');
    }
  });
});

interface Labelled {
  readonly context: MigrationContext;
  readonly tactic: string;
}

interface Tally {
  readonly decided: number;
  readonly right: number;
}

const ratio = ({ decided, right }: Tally): number => right / decided;

function tally(rules: readonly Labelled[], cues: readonly TacticCue[]): Tally {
  let [decided, right] = [0, 0];
  for (const rule of rules) {
    const { tactic } = weighTactic(rule.context, cues);
    if (tactic === undefined) continue;
    decided += 1;
    if (tactic === rule.tactic) right += 1;
  }
  return { decided, right };
}

describe.skipIf(!existsSync(RULES))('weighTactic on SigmaHQ (needs ../shared/data)', () => {
  const withTechnique: Labelled[] = [];
  const without: Labelled[] = [];

  beforeAll(() => {
    for (const name of readdirSync(RULES, { recursive: true, encoding: 'utf8' }).sort()) {
      if (!/^rules.*\.yml$/.test(name)) continue;
      for (const document of scanSigma(readFileSync(`${RULES}/${name}`, 'utf8'))) addRule(document);
    }
  });

  function addRule({ title, description, logsource, tags }: SigmaDocument): void {
    const names = tags.map((tag) => tag.text);
    const [tactic, ...others] = ['stealth', 'defense-impairment'].filter((one) =>
      names.includes(`attack.${one}`),
    );
    if (tactic === undefined || others.length > 0) return;
    const labelled = { context: context(`${title}\n${description}`, { logsource }), tactic };
    (names.some((tag) => /^attack\.t\d/.test(tag)) ? withTechnique : without).push(labelled);
  }

  it('agrees with the techniques of rules that have some, cue by cue and in all', () => {
    const all = tally(withTechnique, TACTIC_CUES);
    report(
      `with technique: ${withTechnique.length} rules, decided ${all.decided}, right ${all.right}`,
    );
    for (const cue of TACTIC_CUES) {
      const alone = tally(withTechnique, [cue]);
      report(`  ${cue.tactic}: ${cue.name}: decided ${alone.decided}, right ${alone.right}`);
    }
    expect(ratio(all)).toBeGreaterThanOrEqual(0.99);
    expect(all.decided).toBeGreaterThan(550);
  });

  it('keeps its precision when cues are chosen on other rules (5-fold)', () => {
    let [decided, right] = [0, 0];
    for (let fold = 0; fold < FOLDS; fold += 1) {
      const train = withTechnique.filter((_, index) => index % FOLDS !== fold);
      const test = withTechnique.filter((_, index) => index % FOLDS === fold);
      const kept = TACTIC_CUES.filter((cue) => {
        const alone = tally(train, [cue]);
        return alone.decided >= 3 && ratio(alone) >= 0.97;
      });
      const one = tally(test, kept);
      decided += one.decided;
      right += one.right;
    }
    report(`5-fold: decided ${decided}, right ${right}`);
    expect(right / decided).toBeGreaterThanOrEqual(0.985);
  });

  it('is right about rules without technique', () => {
    const found = tally(without, TACTIC_CUES);
    report(
      `without technique: ${without.length} rules, decided ${found.decided}, right ${found.right}`,
    );
    expect(found.right).toBe(found.decided);
  });
});

function report(line: string): void {
  process.stdout.write(`  ${line}\n`);
}
