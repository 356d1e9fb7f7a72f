/** A platform that got another name. */
export interface PlatformRename {
  readonly old: string;
  readonly renamed: string;
  /** First release with the new name. */
  readonly since: string;
}

// Source: platforms of the techniques in ATT&CK 14.1, 16.1, 17.1; the first three by the layer formats 3.x and 4.0 of the Navigator.
/** Renamed platforms of Enterprise, oldest first. */
export const PLATFORM_RENAMES: readonly PlatformRename[] = [
  { old: 'AWS', renamed: 'IaaS', since: '9.0' },
  { old: 'GCP', renamed: 'IaaS', since: '9.0' },
  { old: 'Azure', renamed: 'IaaS', since: '9.0' },
  { old: 'Azure AD', renamed: 'Identity Provider', since: '16.0' },
  { old: 'Office 365', renamed: 'Office Suite', since: '16.0' },
  { old: 'Google Workspace', renamed: 'Office Suite', since: '16.0' },
  { old: 'Network', renamed: 'Network Devices', since: '17.0' },
];

/** Spellings of old layers, lower case, to MITRE's. */
export const PLATFORM_SPELLINGS: Readonly<Record<string, string>> = {
  mac: 'macOS',
  'mac os': 'macOS',
};
