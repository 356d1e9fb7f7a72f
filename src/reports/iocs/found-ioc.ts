/** An indicator as a recogniser found it; offsets into the folded text. */
export interface FoundIoc {
  readonly type: IocType;
  /** Refanged and normalised. */
  readonly value: string;
  readonly start: number;
  readonly end: number;
  readonly wasDefanged: boolean;
}

/** Where indicators go. */
export type IocSink = (found: FoundIoc) => void;

/** Every type of indicator. What is checked of each: docs/report-iocs.md. */
export const IOC_TYPES = [
  'ipv4',
  'ipv6',
  'cidr',
  'asn',
  'domain',
  'hostname',
  'onion',
  'url',
  'email',
  'email-src',
  'email-dst',
  'email-subject',
  'md5',
  'sha1',
  'sha224',
  'sha256',
  'sha384',
  'sha512',
  'ssdeep',
  'tlsh',
  'imphash',
  'authentihash',
  'vhash',
  'git-commit',
  'filename',
  'filepath',
  'pdb-path',
  'registry-key',
  'registry-value',
  'mutex',
  'named-pipe',
  'service',
  'scheduled-task',
  'user-agent',
  'command-line',
  'ja3',
  'ja3s',
  'ja4',
  'jarm',
  'hassh',
  'x509-fingerprint',
  'x509-serial',
  'favicon-hash',
  'community-id',
  'mac-address',
  'cpe',
  'yara-rule',
  'sigma-rule',
  'snort-rule',
  'btc',
  'eth',
  'xmr',
  'phone-number',
  'aws-access-key',
  'aws-arn',
  'azure-app-id',
  'github-repository',
  'browser-extension',
  'bundle-id',
] as const;

export type IocType = (typeof IOC_TYPES)[number];
