// Source: STIX 2.1, part 9 "STIX Patterning" and part 6 "Cyber-observable Objects".
const equals = (path: string) => (value: string) => `[${path} = ${stixLiteral(value)}]`;
const hash = (algorithm: string) => equals(`file:hashes.${algorithm}`);

/** A text as STIX patterns write it. */
function stixLiteral(text: string): string {
  return `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;
}

/** What an indicator looks for, and in which language it says so. */
export interface StixPattern {
  readonly pattern: string;
  readonly patternType: 'stix' | 'yara' | 'sigma' | 'snort';
}

/** The pattern of a value of a type of IOC; undefined for types that STIX has no words for. */
export function stixPatternOf(type: string, value: string): StixPattern | undefined {
  const rule = RULES.get(type);
  if (rule !== undefined) return { pattern: value, patternType: rule };
  const pattern = PATTERNS.get(type)?.(value);
  return pattern === undefined ? undefined : { pattern, patternType: 'stix' };
}

const RULES: ReadonlyMap<string, 'yara' | 'sigma' | 'snort'> = new Map([
  ['yara-rule', 'yara'],
  ['sigma-rule', 'sigma'],
  ['snort-rule', 'snort'],
]);

const PATTERNS: ReadonlyMap<string, (value: string) => string | undefined> = new Map([
  ['ipv4', equals('ipv4-addr:value')],
  ['ipv6', equals('ipv6-addr:value')],
  ['cidr', cidrPattern],
  ['asn', asnPattern],
  ['domain', equals('domain-name:value')],
  ['hostname', equals('domain-name:value')],
  ['onion', equals('domain-name:value')],
  ['url', equals('url:value')],
  ['email', equals('email-addr:value')],
  ['email-src', equals('email-message:from_ref.value')],
  ['email-dst', equals('email-message:to_refs[*].value')],
  ['email-subject', equals('email-message:subject')],
  ['mac-address', equals('mac-addr:value')],
  ['md5', hash('MD5')],
  ['sha1', hash("'SHA-1'")],
  ['sha224', hash("'SHA-224'")],
  ['sha256', hash("'SHA-256'")],
  ['sha384', hash("'SHA-384'")],
  ['sha512', hash("'SHA-512'")],
  ['ssdeep', hash('SSDEEP')],
  ['tlsh', hash('TLSH')],
  ['filename', equals('file:name')],
  ['filepath', pathPattern],
  ['registry-key', equals('windows-registry-key:key')],
  ['registry-value', registryValuePattern],
  ['mutex', equals('mutex:name')],
  ['service', equals("process:extensions.'windows-service-ext'.service_name")],
  ['command-line', equals('process:command_line')],
  [
    'user-agent',
    equals("network-traffic:extensions.'http-request-ext'.request_header.'User-Agent'"),
  ],
  ['x509-serial', equals('x509-certificate:serial_number')],
  ['x509-fingerprint', fingerprintPattern],
]);

/** `key!name` */
function registryValuePattern(value: string): string {
  const cut = value.lastIndexOf('!');
  const [key, name] = [value.slice(0, cut), value.slice(cut + 1)];
  return `[windows-registry-key:key = ${stixLiteral(key)} AND windows-registry-key:values[*].name = ${stixLiteral(name)}]`;
}

/** Its length tells the hash. */
function fingerprintPattern(value: string): string | undefined {
  const algorithm = new Map([
    [32, 'MD5'],
    [40, "'SHA-1'"],
    [64, "'SHA-256'"],
  ]).get(value.length);
  return algorithm === undefined
    ? undefined
    : `[x509-certificate:hashes.${algorithm} = ${stixLiteral(value)}]`;
}

function cidrPattern(value: string): string {
  const type = value.includes(':') ? 'ipv6-addr' : 'ipv4-addr';
  return `[${type}:value ISSUBSET ${stixLiteral(value)}]`;
}

function asnPattern(value: string): string | undefined {
  const [, number] = /^(?:AS)?(\d{1,10})$/i.exec(value) ?? [];
  return number === undefined ? undefined : `[autonomous-system:number = ${number}]`;
}

/** The last part of a path is the file's name, what is before it its folder. */
function pathPattern(value: string): string | undefined {
  const cut = Math.max(value.lastIndexOf('\\'), value.lastIndexOf('/'));
  const name = value.slice(cut + 1);
  const folder = value.slice(0, cut);
  if (name === '') return `[directory:path = ${stixLiteral(folder)}]`;
  if (folder === '') return `[file:name = ${stixLiteral(name)}]`;
  return `[file:name = ${stixLiteral(name)} AND file:parent_directory_ref.path = ${stixLiteral(folder)}]`;
}
