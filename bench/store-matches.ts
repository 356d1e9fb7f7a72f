import { openShipped } from '../src/attack/index.js';
import { isTechniqueId } from '../src/model/index.js';
import type { ClaimInput, EvidenceInput } from '../src/store/index.js';

const RULES = 400;
/** Different rules that fire on one machine. */
const RULES_OF_HOST = 60;
const HOSTS = 200;
const DAYS = 30;
const START_MS = Date.UTC(2026, 9, 1);

/** `by-machine`: the logs of one machine after another, as `map` reads a folder; `mixed`: as a central log has them. */
export type MatchOrder = 'by-machine' | 'mixed';

/**
 * Matches as a month of logs of 200 machines gives them: few rules and machines make most of them, each rule names one to
 * three techniques, times go up in a log. The same every time.
 */
export function* storeMatches(count: number, order: MatchOrder): Generator<EvidenceInput> {
  const random = createRandom(7);
  const techniqueIds = [...openShipped().byAttackId.keys()].filter(isTechniqueId).sort();
  const rules = Array.from({ length: RULES }, (_, index) => ({
    reference: {
      kind: 'sigma' as const,
      key: `00000000-0000-4000-8000-${String(index).padStart(12, '0')}`,
      title: `Suspicious Process Creation Number ${index}`,
      level: 'high',
    },
    techniqueIds: Array.from(
      { length: 1 + Math.floor(random() * 2.4) },
      () => techniqueIds[Math.floor(random() * techniqueIds.length)] ?? 'T1059',
    ) as ClaimInput['techniqueIds'],
    confidence: Math.round(20 + random() * 70) / 100,
  }));
  const claims = new Map<number, ClaimInput>();
  for (let index = 0; index < count; index += 1) {
    const share = order === 'mixed' ? random() : index / count;
    const host = Math.floor(share ** 2 * HOSTS);
    const rule = (host * 37 + Math.floor(random() ** 3 * RULES_OF_HOST)) % RULES;
    const done = order === 'mixed' ? index / count : shareOfHost(share, host);
    const key = rule * HOSTS + host;
    let claim = claims.get(key);
    if (claim === undefined) {
      const { reference, techniqueIds: ids = [], confidence } = rules[rule] ?? {};
      if (reference === undefined || confidence === undefined) continue;
      claim = {
        reference,
        subject: { kind: 'host', name: `host-${String(host).padStart(3, '0')}.example.com` },
        evidenceKind: 'observed',
        domain: 'enterprise-attack',
        attackVersion: '19.1',
        techniqueIds: [...new Set(ids)],
        confidence,
      };
      claims.set(key, claim);
    }
    yield {
      claim,
      timeMs: Math.floor(START_MS + done * DAYS * 86_400_000),
      source: `logs/host-${host}.evtx`,
      record: String(index),
      fields: {
        CommandLine: `powershell.exe -NoProfile -EncodedCommand ${index.toString(36).padStart(40, 'A')}`,
        Image: 'C:\\Windows\\System32\\WindowsPowerShell\\v1.0\\powershell.exe',
        ParentImage: 'C:\\Windows\\explorer.exe',
      },
    };
  }
}

/** How much of a machine's log is behind, 0..1, when `share` of all is. */
function shareOfHost(share: number, host: number): number {
  const [start, end] = [Math.sqrt(host / HOSTS), Math.sqrt((host + 1) / HOSTS)];
  return Math.min(1, Math.max(0, (share - start) / (end - start)));
}

/** mulberry32: the same numbers every time. */
function createRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
