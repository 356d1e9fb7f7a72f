// Source: STIX 2.1, part 9 "STIX Patterning" and part 6 "Cyber-observable Objects".
const equals = (path: string) => (value: string) => `[${path} = ${stixLiteral(value)}]`;
const hash = (algorithm: string) => equals(`file:hashes.${algorithm}`);

/** A text as STIX patterns write it. */
export function stixLiteral(text: string): string {
  return `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;
}

/** The STIX pattern that a value of a type of IOC is found by; types that are not here have none. */
export const STIX_PATTERNS: ReadonlyMap<string, (value: string) => string | undefined> = new Map([
  ['ipv4', equals('ipv4-addr:value')],
  ['ipv6', equals('ipv6-addr:value')],
  ['cidr', cidrPattern],
  ['asn', asnPattern],
  ['domain', equals('domain-name:value')],
  ['hostname', equals('domain-name:value')],
  ['onion', equals('domain-name:value')],
  ['url', equals('url:value')],
  ['email', equals('email-addr:value')],
  ['mac', equals('mac-addr:value')],
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
  ['mutex', equals('mutex:name')],
  ['service', equals("process:extensions.'windows-service-ext'.service_name")],
  ['command-line', equals('process:command_line')],
  [
    'user-agent',
    equals("network-traffic:extensions.'http-request-ext'.request_header.'User-Agent'"),
  ],
  ['x509-serial', equals('x509-certificate:serial_number')],
  ['x509-sha1', equals("x509-certificate:hashes.'SHA-1'")],
  ['x509-sha256', equals("x509-certificate:hashes.'SHA-256'")],
]);

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
