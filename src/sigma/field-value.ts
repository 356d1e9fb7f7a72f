/** What a field of an event holds. A list is a field that occurs several times or an array in the log. */
export type FieldValue = string | number | boolean | null | readonly FieldScalar[];
export type FieldScalar = string | number | boolean | null;

/** Where an event came from, in Sigma's words; an event may be of several categories and services. */
export interface EventLogsource {
  /** `windows`, `linux`, `aws`; undefined when nothing tells. */
  readonly product: string | undefined;
  /** `process_creation`; also both `registry_event` and `registry_set`. */
  readonly categories: readonly string[];
  /** `security`, `sysmon`, `cloudtrail`. */
  readonly services: readonly string[];
}

/** What a rule is matched against. */
export interface SigmaEvent {
  /** By the names that the log uses, and by Sigma's where those differ. */
  readonly fields: ReadonlyMap<string, FieldValue>;
  readonly logsource: EventLogsource;
}
