// Source: the field names of CEF (ArcSight Common Event Format) and LEEF (QRadar Log Event Extended Format), and of
// Sigma's taxonomy for firewalls and proxies.

/** CEF's and LEEF's names → Sigma's. */
export const SIGMA_NAMES: readonly (readonly [from: string, to: string])[] = [
  ['src', 'src_ip'],
  ['spt', 'src_port'],
  ['srcPort', 'src_port'],
  ['dst', 'dst_ip'],
  ['dpt', 'dst_port'],
  ['dstPort', 'dst_port'],
  ['act', 'action'],
  ['request', 'c-uri'],
  ['url', 'c-uri'],
  ['requestMethod', 'cs-method'],
  ['requestClientApplication', 'c-useragent'],
  ['fname', 'Filename'],
];

/** The same for events that came from Windows; source: ArcSight's mapping of the Windows event log. */
export const WINDOWS_NAMES: readonly (readonly [from: string, to: string])[] = [
  ['dproc', 'NewProcessName'],
  ['destinationProcessName', 'NewProcessName'],
  ['sproc', 'ParentProcessName'],
  ['sourceProcessName', 'ParentProcessName'],
  ['duser', 'TargetUserName'],
  ['suser', 'SubjectUserName'],
  ['dntdom', 'TargetDomainName'],
  ['sntdom', 'SubjectDomainName'],
  ['destinationServiceName', 'ServiceName'],
  ['filePath', 'ObjectName'],
  ['usrName', 'TargetUserName'],
  ['src', 'IpAddress'],
];

/** Vendor, lower case → Sigma product. */
export const PRODUCT_OF_VENDOR: Readonly<Record<string, string>> = {
  cisco: 'cisco',
  fortinet: 'fortigate',
  'palo alto networks': 'paloalto',
  microsoft: 'windows',
};
