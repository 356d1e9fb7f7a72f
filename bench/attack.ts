/**
 * npm run bench:attack [-- --write]: start-up, load and query times of the ATT&CK knowledge base.
 *
 * Needs ../shared/data for the full bundle; the peer attack-data-model runs when ADM_FOLDER names a folder in which
 * `npm i @mitre-attack/attack-data-model@4.10.1 zod@4.2.1` was run.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { openShipped, parseCatalogue } from '../src/attack/index.js';
import { childCpuMs } from './child-cpu.js';
import { cpuMs, environmentLine, median } from './environment.js';
import { benchPairQueries } from './pair-queries.js';
import { writeSection } from './write-section.js';

const BUNDLE = '../shared/data/attack/enterprise-attack-18.1.json.gz';
const RUNS = 7;

interface Row {
  readonly what: string;
  readonly value: string;
  readonly floor: string;
  readonly target: string;
}

const ms = (value: number): string => `${value.toFixed(1)} ms`;
const interleaved = (a: () => number, b: () => number): readonly [number, number] => {
  const [as, bs]: [number[], number[]] = [[], []];
  for (let run = 0; run < RUNS; run += 1) {
    as.push(a());
    bs.push(b());
  }
  return [median(as), median(bs)];
};

function startUp(): readonly Row[] {
  const show = ['dist/cli/main.js', 'attack', 'show', 'T1059.001'];
  const [shown, bare] = interleaved(
    () => childCpuMs(show),
    () => childCpuMs(['-e', '0']),
  );
  const probe = 'bench/load-catalogue.mjs';
  const loads = Array.from({ length: RUNS }, () => {
    const { stdout } = spawnSync(process.execPath, [probe], { encoding: 'utf8' });
    return Number(stdout);
  });
  return [
    {
      what: '`attack show T1059.001`, whole process, CPU above `node -e 0`',
      value: ms(shown - bare),
      floor: `node -e 0: ${ms(bare)}`,
      target: '≤ 60 ms',
    },
    {
      what: 'of which loading the catalogue (first call of a process)',
      value: ms(median(loads)),
      floor: '',
      target: '≤ 30 ms',
    },
  ];
}

function fullBundle(): readonly Row[] {
  if (!existsSync(BUNDLE)) return [];
  const run = (mode: string): number => {
    const { status, stdout, stderr } = spawnSync(
      process.execPath,
      ['--max-old-space-size=4096', 'bench/full-bundle.mjs', mode, BUNDLE],
      // The peer prints a line for every field that it finds wrong.
      { encoding: 'utf8', maxBuffer: 256 * 1024 * 1024 },
    );
    if (status !== 0) throw new Error(`full-bundle.mjs ${mode} failed: ${stderr.slice(0, 500)}`);
    return Number(stdout);
  };
  const [ours, floor] = interleaved(
    () => run('portolan'),
    () => run('parse'),
  );
  const rows = [
    {
      what: 'full Enterprise 18.1 bundle (33 MB): load, index, answer, CPU',
      value: `${ms(ours)} = ${(ours / floor).toFixed(2)} ×`,
      floor: `JSON.parse: ${ms(floor)}`,
      target: '≤ 3 × JSON.parse',
    },
  ];
  const peer = process.env['ADM_FOLDER'];
  if (peer !== undefined && peer !== '') {
    const adm = run(`adm:${peer}`);
    rows.push({
      what: 'the same with attack-data-model 4.10.1, CPU, one run',
      value: `${ms(adm)} = ${(adm / floor).toFixed(1)} ×`,
      floor: `JSON.parse: ${ms(floor)}`,
      target: 'peer',
    });
  }
  return rows;
}

function plainJson(): Row {
  // The floor for the form of the catalogue: the same facts as JSON, parsed whole.
  const facts = JSON.stringify({
    objects: openShipped().objects,
    relations: openShipped().relations.all,
  });
  const text = readFileSync('data/attack/enterprise-attack-19.1.tsv', 'utf8');
  const [json, tsv] = interleaved(
    () => cpuMs(() => JSON.parse(facts)),
    () => cpuMs(() => parseCatalogue(text)),
  );
  return {
    what: 'catalogue 19.1, warm: open',
    value: ms(tsv),
    floor: `the same facts as JSON.parse: ${ms(json)}`,
    target: '',
  };
}

function pairRows(): readonly Row[] {
  return benchPairQueries().map(({ what, ms: wallMs, cpuMs: cpu, count }) => ({
    what: `${what} (${count}), wall`,
    value: ms(wallMs),
    floor: `CPU of all threads: ${ms(cpu)}`,
    target: '≤ 100 ms',
  }));
}

const rows = [...startUp(), plainJson(), ...fullBundle(), ...pairRows()];
const table = [
  '| what | measured | floor or peer in the same run | target |',
  '| --- | --- | --- | --- |',
  ...rows.map(({ what, value, floor, target }) => `| ${what} | ${value} | ${floor} | ${target} |`),
].join('\n');
const section = `${table}\n\n${environmentLine('ATT&CK Enterprise 18.1 (full bundle) and 19.1 (catalogue)')}; medians of ${RUNS}.`;
console.log(section);
if (process.argv.includes('--write')) writeSection('attack', section);
