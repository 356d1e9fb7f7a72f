// Source: CrowdStrike Falcon Data Replicator, events data dictionary.

/** Start of `event_simpleName` → Sigma categories; the first that fits counts. */
export const CATEGORIES_OF_SIMPLE_NAME: readonly (readonly [RegExp, readonly string[]])[] = [
  [/^(Synthetic)?ProcessRollup2/, ['process_creation']],
  [/^DnsRequest/, ['dns_query']],
  [/^Network(Connect|Receive)/, ['network_connection']],
  [
    /^(AsepValueUpdate|RegGenericValueUpdate|RegSystemConfigValueUpdate|SuspiciousRegAsepUpdate)/,
    ['registry_event', 'registry_set'],
  ],
  [/^(AsepKeyUpdate|RegKeyCreate)/, ['registry_event', 'registry_add']],
  [/^(RegKeyDelete|RegValueDelete)/, ['registry_event', 'registry_delete']],
  [/^(ScriptControl|CommandHistory)/, ['ps_script']],
  [/^DriverLoad/, ['driver_load']],
  [
    /^(ClassifiedModuleLoad|ImageLoad|UnsignedModuleLoad|SuspiciousUnsignedModuleLoad)/,
    ['image_load'],
  ],
  [/^(CreateRemoteThread|InjectedThread)/, ['create_remote_thread']],
  [/^NamedPipe/, ['pipe_created']],
  [/^(FileDelete|.*FileDeleted)/, ['file_delete']],
  [/^(FileRename|.*FileRenamed)/, ['file_rename']],
  [/Written|^NewExecutableWritten|^FileCreate/, ['file_event']],
  [/^EndOfProcess/, ['process_termination']],
];
