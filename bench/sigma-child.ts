/**
 * What bench/sigma.ts starts as a process of its own, bundled: `cold CACHE FOLDER…` reads rules (from the cache when they
 * are there) and matches one event; `stream CACHE BYTES FILE FOLDER…` matches
 * the events of a file, again and again, until that many bytes are read.
 */
import { createReadStream, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { cachedRulePack, type RuleText } from '../src/app/rule-pack-cache.js';
import { jsonCollector } from '../src/collectors/index.js';
import {
  compileRuleSet,
  createRuleEngine,
  prepareRules,
  type RulePack,
  readRules,
} from '../src/sigma/index.js';

function rulesBelow(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return rulesBelow(path);
    return path.endsWith('.yml') ? [path] : [];
  });
}

function buildPack(texts: readonly RuleText[]): RulePack {
  const read = texts.map(({ source, bytes }) =>
    readRules(Buffer.from(bytes).toString('utf8'), { source }),
  );
  const { rules: compiled, correlations, issues, refused } = prepareRules(read);
  const rules = compiled.map(({ rule }) => rule);
  return { rules, correlations, issues, refused, image: compileRuleSet(rules) };
}

async function openEngine(cache: string, folders: readonly string[]) {
  const texts = folders
    .flatMap(rulesBelow)
    .map((source) => ({ source, bytes: readFileSync(source) }));
  const pack = await cachedRulePack(texts, () => buildPack(texts), { folder: cache });
  const logsources = pack.rules.map(({ logsource }) => logsource);
  return { engine: createRuleEngine(pack.image, logsources), pack };
}

/** Of the whole process so far. */
function cpuSeconds(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6;
}

const ONE_EVENT = {
  logsource: { product: 'windows', categories: ['process_creation'], services: ['sysmon'] },
  fields: new Map<string, string>([
    ['Image', 'C:\\Windows\\System32\\whoami.exe'],
    ['CommandLine', 'whoami /all'],
    ['OriginalFileName', 'whoami.exe'],
  ]),
};

/** A file, again and again, until so many bytes were read. */
async function* repeat(file: string, bytes: number): AsyncGenerator<Uint8Array> {
  for (let sent = 0; sent < bytes; )
    for await (const chunk of createReadStream(file, { highWaterMark: 262_144 })) {
      const piece: Uint8Array = chunk;
      sent += piece.length;
      yield piece;
    }
}

const [mode = '', cache = '', ...rest] = process.argv.slice(2);
if (mode === 'cold') {
  const { engine, pack } = await openEngine(cache, rest);
  const matched = engine.match(ONE_EVENT);
  if (matched.length === 0) throw new Error('nothing matched');
  console.log(
    JSON.stringify({
      ms: performance.now(),
      cpuMs: cpuSeconds() * 1_000,
      rules: pack.rules.length,
      matched: matched.length,
      issues: pack.issues.length,
    }),
  );
} else {
  const [bytes = '0', file = '', ...folders] = rest;
  const { engine } = await openEngine(cache, folders);
  let [events, matches] = [0, 0];
  const chunks = repeat(file, Number(bytes));
  for await (const batch of jsonCollector.read({ source: 'made-up.json', chunks }))
    for (const event of batch.events) {
      events += 1;
      matches += engine.match(event).length;
    }
  const { maxRSS } = process.resourceUsage();
  console.log(JSON.stringify({ events, matches, peakMb: maxRSS / 1024, cpuSeconds: cpuSeconds() }));
}
