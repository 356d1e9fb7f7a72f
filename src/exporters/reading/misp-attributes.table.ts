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
/** MISP's type and category of each type of IOC; one that is not here is kept as a text. */
export const MISP_PLACES: ReadonlyMap<string, MispPlace> = new Map([
  ['ipv4', network('ip-dst')],
  ['ipv6', network('ip-dst')],
  ['cidr', network('ip-dst')],
  ['asn', network('AS', false)],
  ['domain', network('domain')],
  ['hostname', network('hostname')],
  ['onion', network('onion-address')],
  ['url', network('url')],
  ['email', place('email', 'Network activity')],
  ['mac', network('mac-address', false)],
  ['user-agent', network('user-agent', false)],
  ['ja3', network('ja3-fingerprint-md5')],
  ['ja3s', network('ja3-fingerprint-md5')],
  ['jarm', network('jarm-fingerprint')],
  ['hassh', network('hassh-md5')],
  ['favicon-mmh3', network('favicon-mmh3')],
  ['community-id', network('community-id')],
  ['x509-sha1', network('x509-fingerprint-sha1')],
  ['x509-sha256', network('x509-fingerprint-sha256')],
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
  ['mutex', dropped('mutex')],
  ['named-pipe', dropped('named pipe', false)],
  ['service', dropped('windows-service-name', false)],
  ['scheduled-task', dropped('windows-scheduled-task', false)],
  ['pdb', dropped('pdb', false)],
  ['extension-id', payload('chrome-extension-id')],
  ['bundle-id', payload('mobile-application-id')],
  ['btc', place('btc', 'Financial fraud')],
  ['xmr', place('xmr', 'Financial fraud')],
  ['phone', place('phone-number', 'Financial fraud', false)],
  ['github-repository', place('github-repository', 'External analysis', false)],
  ['cpe', place('cpe', 'External analysis', false)],
]);

/** Where a type stands that MISP has no place for. */
export const MISP_TEXT: MispPlace = place('text', 'Other', false);
