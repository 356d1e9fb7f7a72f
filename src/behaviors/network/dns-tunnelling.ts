import { burstBehavior, MINUTE_MS } from '../burst-behavior.js';
import type { Reading } from '../reading.js';

const MIN_LENGTH = 24;
const MIN_ENTROPY = 3;
/** Words have one or two; hexadecimal, base 32 and base 64 one in three characters. */
const MIN_CHANGES = 5;

/** The name below a registered domain, when it looks like coded bytes. */
function readCoded(reading: Reading) {
  const name = reading
    .folded('QueryName', 'query', 'dns.question.name', 'dns.rrname')
    .replace(/\.$/, '');
  const labels = name.split('.');
  // Two labels stand for what one can register; of `co.uk` and the like three.
  const isShortSecond = /^(co|com|net|org|gov|ac|edu)$/.test(labels.at(-2) ?? '');
  const domain = labels.slice(isShortSecond ? -3 : -2).join('.');
  const below = labels.slice(0, isShortSecond ? -3 : -2).join('');
  const isCoded =
    below.length >= MIN_LENGTH &&
    changesIn(below) >= MIN_CHANGES &&
    entropyOf(below) >= MIN_ENTROPY;
  if (!isCoded || /(^|\.)arpa$/.test(domain)) return undefined;
  return { key: `${reading.host || reading.folded('src_ip')}|${domain}`, item: below };
}

/** How often letters and digits change places. */
function changesIn(text: string): number {
  return (text.match(/[a-z](?=\d)|\d(?=[a-z])/g) ?? []).length;
}

/** Shannon's, bits by character; what repeats itself has few. */
function entropyOf(text: string): number {
  const counts = new Map<string, number>();
  for (const character of text) counts.set(character, (counts.get(character) ?? 0) + 1);
  let bits = 0;
  for (const count of counts.values())
    bits -= (count / text.length) * Math.log2(count / text.length);
  return bits;
}

/** T1071.004 and T1048: bytes carried in the names that are asked for. */
export const dnsTunnelling = burstBehavior(
  {
    name: 'dns-tunnelling',
    title: 'Many long coded names below one domain',
    techniqueIds: ['T1048.003', 'T1071.004'],
    level: 'high',
    watches: 'DNS queries: Sysmon 22, Zeek dns, DNS servers, resolvers; by machine and domain.',
    thresholds:
      '30 different names below one domain in 5 minutes, each of 24 or more characters in which letters and digits change places 5 times, as in hexadecimal, base 32 and base 64. Content networks have long names too, but few of them at once from one machine.',
    falsePositives:
      'Reputation services of anti-virus and mail filters, which ask for hashes by DNS.',
    events: [{ category: 'dns_query' }, { category: 'dns' }, { service: 'dns-client' }],
  },
  [
    {
      threshold: 30,
      windowMs: 5 * MINUTE_MS,
      confidence: 0.65,
      fields: ['QueryName', 'query', 'Image', 'record_type', 'src_ip'],
      pick: readCoded,
      techniquesOf: () => ['T1071.004', 'T1048.003'],
      describe: ({ items }) => `${items.length} coded names below one domain`,
    },
  ],
);
