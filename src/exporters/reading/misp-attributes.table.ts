/** Where MISP keeps a value. */
export interface MispPlace {
  readonly type: string;
  readonly category: string;
  /** Whether MISP takes the type for one that sensors can look for. */
  readonly isDetectable: boolean;
}

const place = (type: string, category: string, isDetectable = true): MispPlace => ({
  type,
  category,
  isDetectable,
});
const network = (type: string, isDetectable = true) =>
  place(type, 'Network activity', isDetectable);
const payload = (type: string) => place(type, 'Payload delivery');
const dropped = (type: string, isDetectable = true) =>
  place(type, 'Artifacts dropped', isDetectable);

// Source: MISP core format, "Attribute", type and category pairs (describeTypes 2.5).
const PLACES: ReadonlyMap<string, MispPlace> = new Map([
  ['ipv4', network('ip-dst')],
  ['ipv6', network('ip-dst')],
  ['cidr', network('ip-dst')],
  ['asn', network('AS', false)],
  ['domain', network('domain')],
  ['hostname', network('hostname')],
  ['onion', network('onion-address')],
  ['url', network('url')],
  ['email', network('email')],
  ['email-src', payload('email-src')],
  ['email-dst', network('email-dst')],
  ['email-subject', place('email-subject', 'Payload delivery', false)],
  ['mac-address', network('mac-address', false)],
  ['user-agent', network('user-agent', false)],
  ['ja3', network('ja3-fingerprint-md5')],
  ['ja3s', network('ja3-fingerprint-md5')],
  ['jarm', network('jarm-fingerprint')],
  ['hassh', network('hassh-md5')],
  ['favicon-hash', network('favicon-mmh3')],
  ['community-id', network('community-id')],
  ['md5', payload('md5')],
  ['sha1', payload('sha1')],
  ['sha224', payload('sha224')],
  ['sha256', payload('sha256')],
  ['sha384', payload('sha384')],
  ['sha512', payload('sha512')],
  ['ssdeep', payload('ssdeep')],
  ['tlsh', payload('tlsh')],
  ['imphash', payload('imphash')],
  ['authentihash', payload('authentihash')],
  ['vhash', payload('vhash')],
  ['filename', payload('filename')],
  ['filepath', dropped('filename')],
  ['registry-key', place('regkey', 'Persistence mechanism')],
  ['registry-value', place('regkey', 'Persistence mechanism')],
  ['mutex', dropped('mutex')],
  ['named-pipe', dropped('named pipe', false)],
  ['service', dropped('windows-service-name', false)],
  ['scheduled-task', dropped('windows-scheduled-task', false)],
  ['pdb-path', dropped('pdb', false)],
  ['browser-extension', payload('chrome-extension-id')],
  ['bundle-id', payload('mobile-application-id')],
  ['yara-rule', place('yara', 'Payload installation')],
  ['sigma-rule', place('sigma', 'Payload installation')],
  ['snort-rule', network('snort')],
  ['btc', place('btc', 'Financial fraud')],
  ['xmr', place('xmr', 'Financial fraud')],
  ['phone-number', place('phone-number', 'Financial fraud', false)],
  ['github-repository', place('github-repository', 'External analysis', false)],
  ['cpe', place('cpe', 'External analysis', false)],
]);

// Kept as a text: wallets of Ethereum, commits, command lines, JA4, cloud ids.
const TEXT: MispPlace = place('text', 'Other', false);

/** MISP's type and category of a value of a type of IOC; a text where MISP has no type for it. */
export function mispPlaceOf(type: string, value: string): MispPlace {
  if (type !== 'x509-fingerprint') return PLACES.get(type) ?? TEXT;
  // Its length tells the hash.
  const hash = new Map([
    [32, 'md5'],
    [40, 'sha1'],
    [64, 'sha256'],
  ]).get(value.length);
  return hash === undefined ? TEXT : network(`x509-fingerprint-${hash}`);
}
