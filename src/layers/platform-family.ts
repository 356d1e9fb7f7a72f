// Source: ATT&CK 9 (clouds into IaaS), 16 (Azure AD, Office 365 and Google Workspace) and 17 (Network) release notes.
const RENAMED: ReadonlyMap<string, string> = new Map([
  ['aws', 'iaas'],
  ['gcp', 'iaas'],
  ['azure', 'iaas'],
  ['azure ad', 'identity provider'],
  ['office 365', 'office suite'],
  ['google workspace', 'office suite'],
  ['network', 'network devices'],
  ['mac', 'macos'],
]);

/**
 * One name for all the names that a platform has had, to compare filters and techniques of different ATT&CK versions.
 *
 * @returns lower case, the newest name; a name that ATT&CK never changed is only lowered.
 */
export function platformFamily(platform: string): string {
  const name = platform.trim().toLowerCase();
  return RENAMED.get(name) ?? name;
}
