// Source: Microsoft Defender XDR, advanced hunting schema.

/** Value of `ActionType` → Sigma categories. */
export const CATEGORIES_OF_ACTION: Readonly<Record<string, readonly string[]>> = {
  AntivirusDetection: ['antivirus'],
  AntivirusReport: ['antivirus'],
  ConnectionAcknowledged: ['network_connection'],
  ConnectionAttempt: ['network_connection'],
  ConnectionFailed: ['network_connection'],
  ConnectionFound: ['network_connection'],
  ConnectionRequest: ['network_connection'],
  ConnectionSuccess: ['network_connection'],
  CreateRemoteThreadApiCall: ['create_remote_thread'],
  DnsQueryResponse: ['dns_query'],
  DriverLoad: ['driver_load'],
  FileCreated: ['file_event'],
  FileDeleted: ['file_delete'],
  FileModified: ['file_change'],
  FileRenamed: ['file_rename'],
  ImageLoaded: ['image_load'],
  InboundConnectionAccepted: ['network_connection'],
  ListeningConnectionCreated: ['network_connection'],
  NamedPipeEvent: ['pipe_created'],
  OpenProcessApiCall: ['process_access'],
  ProcessCreated: ['process_creation'],
  RegistryKeyCreated: ['registry_event', 'registry_add'],
  RegistryKeyDeleted: ['registry_event', 'registry_delete'],
  RegistryKeyRenamed: ['registry_event', 'registry_rename'],
  RegistryValueDeleted: ['registry_event', 'registry_delete'],
  RegistryValueSet: ['registry_event', 'registry_set'],
};

/** Table → Sigma categories, for rows whose `ActionType` tells less. */
export const CATEGORIES_OF_TABLE: Readonly<Record<string, readonly string[]>> = {
  DeviceImageLoadEvents: ['image_load'],
  DeviceNetworkEvents: ['network_connection'],
  DeviceProcessEvents: ['process_creation'],
};
