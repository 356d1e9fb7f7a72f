/**
 * Compares our reading of event logs with that of libevtx, value by value, and prints what differs.
 *
 * npx tsx scripts/compare-evtx.ts FOLDER… (needs `evtxexport`: Debian's libevtx-utils)
 */
import { execFileSync } from 'node:child_process';
import { createReadStream, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { readEvtx } from '../src/collectors/evtx/read-evtx.js';
import { isOracleForm } from './evtx-oracle-forms.js';
import { flattenXml, type XmlValue } from './flatten-xml.js';

interface Tally {
  files: number;
  records: number;
  oracleRecords: number;
  values: number;
  unreadByOracle: number;
  readonly forms: Map<string, number>;
  readonly differences: string[];
}

function filesBelow(path: string): readonly string[] {
  if (!statSync(path).isDirectory()) return path.endsWith('.evtx') ? [path] : [];
  return readdirSync(path)
    .sort()
    .flatMap((name) => filesBelow(join(path, name)));
}

async function ourRecords(path: string): Promise<readonly (readonly XmlValue[])[]> {
  const all: (readonly XmlValue[])[] = [];
  const chunks = createReadStream(path, { highWaterMark: 1 << 20 });
  for await (const { records, issues } of readEvtx({
    source: path,
    chunks,
    crc32: undefined,
    leftovers: false,
    templates: undefined,
  })) {
    for (const record of records) if (!record.isRecovered) all.push(flattenXml(record.toXml()));
    for (const { message, at } of issues)
      if (!message.includes('left over')) console.log(`${path} at ${at?.offset}: ${message}`);
  }
  return all;
}

/** evtxexport stops at the first record that it cannot read; what it wrote before is compared. */
function oracleRecords(path: string): readonly (readonly XmlValue[])[] {
  let text = '';
  try {
    text = execFileSync('evtxexport', ['-f', 'xml', path], {
      encoding: 'utf8',
      maxBuffer: 2 ** 30,
      stdio: ['ignore', 'pipe', 'ignore'],
    });
  } catch (error) {
    if (typeof error === 'object' && error !== null && 'stdout' in error)
      text = String(error.stdout);
  }
  return text
    .split(/^(?=<Event )/m)
    .slice(1)
    .map((xml) => flattenXml(xml));
}

interface RecordPair {
  readonly ours: readonly XmlValue[];
  readonly theirs: readonly XmlValue[];
  readonly where: string;
}

function compareRecord({ ours, theirs, where }: RecordPair, tally: Tally): void {
  if (ours.length !== theirs.length) {
    const ourPaths = new Set(ours.map(({ path }) => path));
    const theirPaths = new Set(theirs.map(({ path }) => path));
    const missing = [...theirPaths].filter((path) => !ourPaths.has(path));
    const extra = [...ourPaths].filter((path) => !theirPaths.has(path));
    tally.differences.push(
      `${where}: ${ours.length} values, libevtx ${theirs.length}; only theirs: ${missing.join(' ')}; only ours: ${extra.join(' ')}`,
    );
    return;
  }
  ours.forEach(({ path, value }, index) => {
    const other = theirs[index];
    tally.values += 1;
    if (other?.path === path && other.value === value) return;
    const form = other?.path === path ? isOracleForm(value, other.value) : undefined;
    if (form !== undefined) tally.forms.set(form, (tally.forms.get(form) ?? 0) + 1);
    else
      tally.differences.push(
        `${where}: ${path} is ${JSON.stringify(value)}, libevtx ${other?.path} ${JSON.stringify(other?.value)}`,
      );
  });
}

async function compareFolder(folder: string): Promise<Tally> {
  const tally: Tally = {
    files: 0,
    records: 0,
    oracleRecords: 0,
    values: 0,
    unreadByOracle: 0,
    forms: new Map(),
    differences: [],
  };
  for (const path of filesBelow(folder)) {
    const [ours, theirs] = [await ourRecords(path), oracleRecords(path)];
    tally.files += 1;
    tally.records += ours.length;
    tally.oracleRecords += theirs.length;
    if (theirs.length === 0 && ours.length > 0) tally.unreadByOracle += ours.length;
    else if (ours.length !== theirs.length)
      tally.differences.push(`${path}: ${ours.length} records, libevtx ${theirs.length}`);
    theirs.forEach((record, index) => {
      compareRecord(
        { ours: ours[index] ?? [], theirs: record, where: `${path} #${index + 1}` },
        tally,
      );
    });
  }
  return tally;
}

for (const folder of process.argv.slice(2)) {
  const { forms, differences, ...counts } = await compareFolder(folder);
  console.log(folder, counts, Object.fromEntries(forms));
  for (const line of differences.slice(0, 50)) console.log(`  ${line}`);
  console.log(`  ${differences.length} differences`);
}
