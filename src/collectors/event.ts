/** What a field of an event holds. A list is a field that occurs several times or an array in the log. */
export type FieldValue = FieldScalar | readonly FieldScalar[];
export type FieldScalar = string | number | boolean | null;

/** Where an event came from: in Sigma's words, and in the log's own. */
export interface Logsource {
  /** `windows`, `linux`, `aws`; undefined when nothing tells. */
  readonly product: string | undefined;
  /** Sigma's: `process_creation`; also both `registry_event` and `registry_set`. */
  readonly categories: readonly string[];
  /** Sigma's: `security`, `sysmon`, `cloudtrail`; a log may be of two (`sshd`, `auth`). */
  readonly services: readonly string[];
  /** Windows event channel, as written. */
  readonly channel: string | undefined;
  /** Windows provider, syslog identifier, cloud service: who wrote the event. */
  readonly provider: string | undefined;
  readonly eventId: number | undefined;
}

/** One thing that a log says happened. */
export interface Event {
  readonly kind: 'event';
  /** ISO 8601 UTC with milliseconds; undefined when the log has none that can be read. */
  readonly time: string | undefined;
  /** Offset that the log wrote its time with: `Z`, `+02:00`; undefined when it wrote none and UTC was taken. */
  readonly zone?: string | undefined;
  /** The machine, or the cloud account. */
  readonly host: string | undefined;
  readonly user: string | undefined;
  readonly logsource: Logsource;
  /** By the log's own names, nested ones with dots, and by Sigma's names where those differ. */
  readonly fields: ReadonlyMap<string, FieldValue>;
  /** The event's place in its file: its first line (1-based), or the log's own record number. */
  readonly record: string;
  /** Path of the file. */
  readonly source: string;
}
