import { parse } from 'tldts';
import { FILE_TLDS, WORD_TLDS } from './file-extensions.table.js';

/** A host name that can be one. */
export interface HostName {
  /** `domain`: what is registered. `hostname`: a name below that. */
  readonly type: 'domain' | 'hostname' | 'onion';
  /** Small letters and punycode. */
  readonly value: string;
}

/** What tells a host from a file or a member of an object. */
export interface HostSigns {
  /** Defanged, or after a scheme or an `@`: whoever wrote that meant a host. */
  readonly isMeant: boolean;
  /** Beside a word such as "domain" or "C2", before a path or port, or alone in its line or cell. */
  readonly isLikely: boolean;
}

const LONGEST_HOST = 253;
// Source: RFC 6761, RFC 2606, RFC 8375; and the roots outside of DNS that malware uses (Namecoin, OpenNIC, EmerDNS, I2P).
const SPECIAL_TLDS = new Set([
  'example',
  'test',
  'invalid',
  'local',
  'localhost',
  'localdomain',
  'lan',
  'internal',
  'corp',
  'home',
  'arpa',
]);
const OTHER_ROOTS = new Set(['bit', 'bazar', 'i2p', 'emc', 'coin', 'lib', 'loki', 'eth']);
const ONION = /^(?:[a-z2-7]{16}|[a-z2-7]{56})$/;
const ASCII = /^[\x21-\x7e]+$/;
const LABEL = /^(?![-])[A-Za-z0-9_\u00a1-\uffff-]{1,63}(?<!-)$/;

/**
 * Reads a name as a host name.
 *
 * @param name refanged, as written; a final dot is none of it.
 * @returns undefined when the labels are wrong, the top-level domain is in no list, or the name is likelier a file or code
 * (`setup.py`, `Node.js`, `System.Net`).
 */
export function parseHostName(name: string, signs: HostSigns): HostName | undefined {
  if (name.length > LONGEST_HOST) return undefined;
  const labels = name.split('.');
  const tld = labels.at(-1)?.toLowerCase() ?? '';
  if (labels.length < 2 || !labels.every((label) => LABEL.test(label)) || /^[\d_-]+$/.test(tld))
    return undefined;
  if (tld === 'onion') return parseOnion(labels);
  if (!signs.isMeant && looksLikeCode(labels, signs)) return undefined;
  const value = toPunycode(name);
  if (value === undefined) return undefined;
  return isUnlisted(tld, signs) ? withType(value, labels.length === 2) : parseListed(value, tld);
}

const withType = (value: string, isDomain: boolean): HostName => ({
  type: isDomain ? 'domain' : 'hostname',
  value,
});

/** Roots that no registry has, of a name that is surely meant as a host. */
function isUnlisted(tld: string, { isMeant, isLikely }: HostSigns): boolean {
  if (isMeant) return SPECIAL_TLDS.has(tld) || OTHER_ROOTS.has(tld);
  return isLikely && OTHER_ROOTS.has(tld) && tld !== 'lib';
}

function parseListed(value: string, tld: string): HostName | undefined {
  if (SPECIAL_TLDS.has(tld)) return undefined;
  const { isIcann, domain } = parse(value, { allowPrivateDomains: false, extractHostname: false });
  // A bare public suffix such as `co.uk` has no domain.
  return isIcann === true && domain !== null ? withType(value, domain === value) : undefined;
}

function parseOnion(labels: readonly string[]): HostName | undefined {
  const name = labels.at(-2)?.toLowerCase() ?? '';
  return ONION.test(name) ? { type: 'onion', value: labels.join('.').toLowerCase() } : undefined;
}

function toPunycode(name: string): string | undefined {
  const lower = name.toLowerCase();
  if (ASCII.test(lower)) return lower;
  try {
    const { hostname } = new URL(`http://${lower}/`);
    return ASCII.test(hostname) && hostname.includes('.') ? hostname : undefined;
  } catch {
    // No name that IDNA allows.
    return undefined;
  }
}

const CLASSIC_TLDS = new Set([
  'com',
  'net',
  'org',
  'gov',
  'edu',
  'mil',
  'int',
  'io',
  'info',
  'biz',
]);
/** First labels of packages and modules in code. */
const CODE_ROOTS =
  /^(?:javax?|javafx|jakarta|androidx?|kotlinx?|sun|this|self|system|microsoft|window|document|process|console|module|exports|require|req|res|ctx|obj|args|argv|config|options|params|props|state|event|node|os|sys|np|pd|plt|math|json|string|array|object|e|i\.e|eg|vs|etc|www|http)$/i;
const REVERSED_ROOTS = /^(?:com|org|net|io|edu|gov|dev)$/;

function looksLikeCode(labels: readonly string[], signs: HostSigns): boolean {
  const [first = ''] = labels;
  // `www` is a word of the web, not of code, before two more labels.
  if (first.toLowerCase() === 'www') return labels.length === 2;
  if (CODE_ROOTS.test(first) || isWrittenLikeCode(labels)) return true;
  if (labels.length > 2 && SCANNER_NAME.test(labels.join('.'))) return true;
  return isNamedLikeFile(labels, signs);
}

/** "the network.In addition" lost a space; `System.Net` and `someObject.security` are members. */
function isWrittenLikeCode(labels: readonly string[]): boolean {
  const [first = ''] = labels;
  const last = labels.at(-1) ?? '';
  const tld = last.toLowerCase();
  if (/^net$/i.test(last) && DOT_NET.test(first)) return true;
  if (/^[A-Z]/.test(last) && !isWrittenAsName(labels)) return true;
  if (CLASSIC_TLDS.has(tld)) return false;
  if (labels.some((label) => label.includes('_'))) return true;
  if (tld.length === 2) return false;
  return labels.some(isCamelCase) || (labels.length > 2 && REVERSED_ROOTS.test(first));
}

/** `ASP.NET` is a product. */
const DOT_NET = /^(?:asp|ado|vb|ml|visualbasic)$/i;

/** `EXAMPLE.COM` and `Example.Com`: capitals that the whole name has. */
function isWrittenAsName(labels: readonly string[]): boolean {
  const last = labels.at(-1) ?? '';
  if (labels.every((label) => label === label.toUpperCase())) return true;
  return labels.length === 2 && /^(?:Com|Org)$/.test(last) && /^[A-Z]/.test(labels[0] ?? '');
}

/** Names of files that a project has, before an ending that is a country's too: `configure.in`. */
const FILE_STEMS =
  /^(?:configure|makefile|config\w*|readme|changelog|license|install|setup|main|index|tests?|spec|conf|fonts?|build|package)$/i;
const FILE_PARTS =
  /^(?:js|mjs|cjs|ts|tsx|sh|conf|c|h|cc|cpp|hpp|py|md|txt|html|css|json|xml|in|am|spec|test|d|min|\d+)$/i;
/** Newer domains that are common enough for a bare name to be believed. */
const COMMON_TLDS = new Set(
  'top xyz club online site shop live life world space website tech icu buzz vip biz mobi asia fun cyou cfd sbs monster rest store cloud pw cc ru su'.split(
    ' ',
  ),
);

function isNamedLikeFile(labels: readonly string[], { isLikely }: HostSigns): boolean {
  const [first = ''] = labels;
  const tld = labels.at(-1)?.toLowerCase() ?? '';
  const isRare = tld.length > 2 && !CLASSIC_TLDS.has(tld) && !COMMON_TLDS.has(tld);
  if (labels.length > 2) {
    const isLikeFile = isRare || FILE_TLDS.has(tld) || WORD_TLDS.has(tld);
    if (isLikeFile && labels.slice(1, -1).some((label) => FILE_PARTS.test(label))) return true;
    return FILE_TLDS.has(tld) && !isLikely;
  }
  if (FILE_TLDS.has(tld) || FILE_STEMS.test(first)) return true;
  return !isLikely && (first.length === 1 || isRare || WORD_TLDS.has(tld));
}

/** Names that virus scanners give: `Trojan.Win32.Agent.kh`. */
const SCANNER_NAME =
  /(?:^|\.)(?:win(?:32|64)|w32|w64|w97m|o97m|msil|generic|heur|trojan|backdoor|ransom|downloader|dropper|adware|riskware|hacktool|exploit|worm|gen|variant|malware|unsafe|attribute)\./i;

const isCamelCase = (label: string): boolean => /[a-z][A-Z]/.test(label);
