import type { FoundIoc, IocSink, IocType } from './found-ioc.js';

/** A label that stands before an indicator which nothing else gives away. */
interface Label {
  /** First words of the label, in small letters; letters only. */
  readonly leads: readonly string[];
  readonly type: IocType;
  /** Sticky at the lead. The group `v` is the value; `q` the value in quotes, which need not look strange. */
  readonly pattern: RegExp;
  /** Without quotes the value must look like no word of a sentence. */
  readonly isNamed?: boolean;
  /** The quote is the label and the value: `AS64496`. */
  readonly isWhole?: boolean;
  readonly normalise?: (value: string, near: string) => string | undefined;
}

const QUOTED = '(?<=[\\s:=(])["\'`](?<q>[^"\'`\\n]{2,160})["\'`]';
const NAMED =
  '(?:,? ?(?:names?|named|called|is|was|are|were|with|the|of|as|value|string|created|by|id|object|a|an|using|following|[:=(]){1,6}\\s{0,3}){0,6}';
const BARE = '(?<v>[A-Za-z0-9_{}\\\\#!$%&+~.-]{3,160})';
/** A name that no sentence would have there: with a digit, a mark, or a capital within. */
const STRANGE_NAME = /[0-9_{}\\#]|[a-z][A-Z]/;
/** Of services and tasks much is said that is no name: a word must say that one follows, or quotes a name by its looks. */
const CALLED = `\\s?(?:(?:named?|called|names?|display name|with the (?:display )?name){1,2}(?: (?:of|is|was|as|the))?\\s?[:=]?\\s?(?:${QUOTED}|${BARE})|(?<=\\s)["'\`](?<n>[A-Z][A-Za-z0-9_.-]{2,80}|[A-Za-z0-9_.-]*[0-9_][A-Za-z0-9_.-]*)["'\`])`;
const sticky = (pattern: string): RegExp => new RegExp(pattern, 'iy');

const LABELS: readonly Label[] = [
  {
    leads: ['mutex', 'mutexes', 'mutant', 'mutants'],
    type: 'mutex',
    pattern: sticky(`mut(?:ex(?:es)?|ants?)\\b\\s?${NAMED}\\s?(?:${QUOTED}|${BARE})`),
    normalise: strangeName,
    isNamed: true,
  },
  {
    leads: ['pipe', 'pipes'],
    type: 'named-pipe',
    pattern: sticky(`pipes?\\b\\s?${NAMED}\\s?(?:${QUOTED}|${BARE})`),
    normalise: strangeName,
    isNamed: true,
  },
  {
    leads: ['service', 'services', 'servicename'],
    type: 'service',
    pattern: sticky(`service(?:s|name)?${CALLED}`),
    normalise: strangeName,
    isNamed: true,
  },
  {
    leads: ['task', 'tasks', 'taskname'],
    type: 'scheduled-task',
    pattern: sticky(`task(?:s|name)?${CALLED}`),
    normalise: strangeName,
    isNamed: true,
  },
  {
    leads: ['user', 'useragent'],
    type: 'user-agent',
    pattern: sticky(
      `user[ -]?agents?\\b(?: strings?| header| field)?(?: (?:of|is|was|to|as|with|value|the|following)){0,3}\\s?[:=]?\\s{0,3}(?:["'\`](?<q>[^"\`\\n]{4,300})["'\`]|(?<v>(?:Mozilla|Opera|curl|Wget|python-requests|Go-http-client|okhttp|Microsoft|WinHTTP|Java|libwww-perl|Dalvik|axios|PostmanRuntime)[/ -][^"\`\\n\\t|]{1,300}))`,
    ),
    normalise: (value) =>
      /^[^A-Za-z]/.test(value) ? undefined : value.replace(/(?<=[\w)])[.,;]+\s*$|\s+$/, ''),
  },
  {
    leads: ['subject'],
    type: 'email-subject',
    pattern: sticky(
      `subjects?(?: lines?| fields?)?(?: (?:of|is|was|were|read|reading|such as|like|the|e?mail)){0,3}\\s?[:=]?\\s{0,3}(?<=[\\s:=])["'](?=\\S)(?<q>[^"\\n]{4,160})["']`,
    ),
  },
  {
    leads: ['asn', 'as'],
    type: 'asn',
    pattern: sticky(
      'as(?:n(?: (?:number|no\\.?|is))?\\s?[:=#]?\\s?(?:as)?|\\s?number\\s?[:=]?\\s?)(?<v>\\d{1,10})\\b(?!\\.\\d)',
    ),
    normalise: asNumber,
    isWhole: true,
  },
  {
    leads: ['as'],
    type: 'asn',
    pattern: /AS(?<v>\d{3,10})\b(?!\.\d|-)/y,
    isWhole: true,
    // The computer of that name is older than the network of that number is known.
    normalise: (value, near) =>
      value === '400' ||
      (value.length < 4 && !/\b(?:asn|autonomous|network|hosted|hosting|provider)\b/i.test(near))
        ? undefined
        : asNumber(value),
  },
  {
    leads: ['serial', 'serialnumber'],
    type: 'x509-serial',
    pattern: sticky(
      'serial(?: ?numbers?| no\\.?)?(?: (?:of|is|was))?\\s?[:=#]?\\s{0,3}(?:0x)?(?<v>(?:[0-9a-f]{2}[: ]?){7,20}[0-9a-f]{2})\\b(?![:-])',
    ),
    normalise: (value, near) =>
      /\b(?:certificates?|cert|x\.?509|ssl|tls|signed|signature|signing|thumbprint|issuer)\b/i.test(
        near,
      )
        ? value.replace(/[: ]/g, '').toLowerCase()
        : undefined,
  },
  {
    leads: ['favicon', 'mmh', 'http'],
    type: 'favicon-hash',
    pattern: sticky(
      '(?:http\\.)?(?:favicon|mmh3)(?:[ ._-]?(?:hash|mmh3|icon))*(?: (?:of|is|was|value))?\\s?[:=]?\\s?["\']?(?<v>-?\\d{6,11})\\b',
    ),
    normalise: (value) => (Math.abs(Number(value)) <= 4_294_967_295 ? value : undefined),
  },
  {
    leads: ['vhash'],
    type: 'vhash',
    pattern: sticky('vhash\\s?[:=]?\\s{0,3}["\']?(?<v>[0-9a-zA-Z!]{8,80})'),
    normalise: (value) => (/\d/.test(value) ? value : undefined),
  },
  {
    leads: [
      'phone',
      'phones',
      'tel',
      'telephone',
      'whatsapp',
      'fax',
      'call',
      'called',
      'dial',
      'sms',
      'mobile',
      'hotline',
    ],
    type: 'phone-number',
    pattern: sticky(
      '(?:(?:tele)?phones?|tel|whatsapp|fax|call(?:ed)?|dial|sms|mobile|hotline)\\.?(?: (?:numbers?|no\\.?|us|at|on|the|toll[- ]free|is|was|them|back|from|to)){0,3}\\s?[:=]?\\s{0,2}["\']?(?<v>(?:\\+\\d|\\(\\d|1-\\d|0\\d|\\d{3}[-. ])[\\d ().-]{5,17}\\d)\\b',
    ),
    normalise: phoneNumber,
  },
  {
    leads: ['bundle', 'package', 'appid', 'applicationid'],
    type: 'bundle-id',
    pattern: sticky(
      '(?:bundle|package|application)(?: ?(?:ids?|identifiers?|names?))\\b(?: (?:of|is|was))?\\s?[:=]?\\s{0,3}["\'`(]?(?<v>[a-z][a-z0-9_]*(?:\\.[a-zA-Z][a-zA-Z0-9_-]*){2,6})\\b',
    ),
  },
];

/** Leads of all labels, each with the labels that it may start. */
export const LABEL_LEADS: ReadonlyMap<string, readonly Label[]> = new Map(
  [...new Set(LABELS.flatMap(({ leads }) => leads))].map((lead) => [
    lead,
    LABELS.filter(({ leads }) => leads.includes(lead)),
  ]),
);

/** Indicators that a label gives away, of a label that starts at `at`. */
export function findLabelled(text: string, at: number, sink: IocSink): void {
  const lead = /[A-Za-z]{2,16}/y;
  lead.lastIndex = at;
  const word = lead.exec(text)?.[0].toLowerCase() ?? '';
  for (const label of LABEL_LEADS.get(word) ?? []) {
    label.pattern.lastIndex = at;
    const match = label.pattern.exec(text);
    const found = match === null ? undefined : readLabel(text, label, match);
    if (found === undefined) continue;
    sink(found);
    return;
  }
}

function readLabel(text: string, label: Label, match: RegExpExecArray): FoundIoc | undefined {
  const { type, normalise, isNamed, isWhole } = label;
  const quoted = match.groups?.['q'] ?? match.groups?.['n'];
  const raw = quoted ?? match.groups?.['v'] ?? '';
  if (isNamed === true && !isName(raw, match)) return undefined;
  const [at, end] = [match.index, match.index + match[0].length];
  const near = text.slice(Math.max(0, at - 120), end + 120);
  const value = normalise === undefined ? raw : normalise(raw, near);
  if (value === undefined) return undefined;
  if (isWhole === true) return { type, value, start: at, end, wasDefanged: false };
  const start = at + match[0].lastIndexOf(raw);
  return { type, value, start, end: start + lengthOf(raw, value), wasDefanged: false };
}

const NAMING = /\b(?:names?|named|called|value|string|is|was|created|identifier)\b|[:=]/i;

/** What stands in quotes after a naming word may be anything; else it must look like a name, and be announced or global. */
function isName(raw: string, match: RegExpExecArray): boolean {
  if (!/^[A-Za-z0-9_{\\.$!]/.test(raw) || /^CVE-/i.test(raw)) return false;
  if (match.groups?.['q'] !== undefined)
    return !/^pipe/i.test(match[0]) || /\b(?:names?|named|called)\b/i.test(match[0]);
  if (match.groups?.['n'] !== undefined) return STRANGE_NAME.test(raw) || /^[A-Z]/.test(raw);
  const announcement = match[0].slice(0, match[0].length - raw.length);
  return STRANGE_NAME.test(raw) && (NAMING.test(announcement) || /^(?:Global|Local)\\/i.test(raw));
}

/** A value that is the start of what stood there ends where it does. */
const lengthOf = (raw: string, value: string): number =>
  raw.startsWith(value) ? value.length : raw.length;

/** Not a sentence in quotes, nor a file or link that has a type of its own. */
function strangeName(value: string): string | undefined {
  const name = value.replace(/[.,;:]+$/, '');
  const isSentence = name.split(' ').length > 5 || name.split('.').length > 2;
  const isOther = /^(?:https?:|[A-Za-z]:\\|\\\\)|\.(?:exe|dll|sys|bat|ps1|vbs|js)$/i.test(name);
  return isSentence || isOther || name.length < 3 ? undefined : name;
}

/** Three digits at least: "ASN1" is a notation. */
function asNumber(value: string): string | undefined {
  const number = Number(value);
  return value.length > 2 && number > 0 && number <= 4_294_967_295 ? `AS${number}` : undefined;
}

/** Digits with a plus where one stood. Source: ITU-T E.164, fifteen digits at most. */
function phoneNumber(value: string): string | undefined {
  const digits = value.replace(/\D/g, '');
  const isDate = /^\d{4}-\d\d-\d\d/.test(value) || /^\d{1,3}(?:\.\d{1,3}){3}$/.test(value);
  if (digits.length < 8 || digits.length > 15 || isDate) return undefined;
  return `${value.startsWith('+') ? '+' : ''}${digits}`;
}
