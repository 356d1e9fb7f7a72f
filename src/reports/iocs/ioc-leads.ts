import { COMMAND_LEADS } from './find-command-lines.js';
import { LABEL_LEADS } from './find-labelled.js';
import { RULE_LEADS } from './find-rules.js';
import { leadHash } from './scan-tokens.js';

/** What a word announces. */
interface LeadKinds {
  readonly word: string;
  readonly isLabel: boolean;
  readonly isCommand: boolean;
  readonly isRule: boolean;
}

/** Words that announce an indicator, by the hash that the scan of tokens gives to them. */
export const LEADS: ReadonlyMap<number, LeadKinds> = new Map(
  [...new Set<string>([...LABEL_LEADS.keys(), ...COMMAND_LEADS, ...RULE_LEADS])].map((word) => [
    leadHash(word),
    {
      word,
      isLabel: LABEL_LEADS.has(word),
      isCommand: COMMAND_LEADS.includes(word),
      isRule: RULE_LEADS.some((one) => one === word),
    },
  ]),
);

const SIEVE_BITS = 0x3fff;
const SIEVE = new Uint8Array(SIEVE_BITS + 1);
for (const hash of LEADS.keys()) SIEVE[hash & SIEVE_BITS] = 1;

/** Whether a hash may be that of a lead: most words are told apart without a look into the map. */
export function mayBeLead(hash: number): boolean {
  return SIEVE[hash & SIEVE_BITS] === 1;
}

const LEAD = /[A-Za-z]{2,20}/y;

/** The letters that stand at `at`, in small letters. */
export function leadOf(text: string, at: number): string | undefined {
  LEAD.lastIndex = at;
  return LEAD.exec(text)?.[0].toLowerCase();
}
