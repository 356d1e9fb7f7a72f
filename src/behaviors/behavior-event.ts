/** What a field of an event holds. A list is a field that occurs several times or an array in the log. */
export type FieldValue = FieldScalar | readonly FieldScalar[];
export type FieldScalar = string | number | boolean | null;

/** Where an event came from: in Sigma's words, and in the log's own. */
export interface EventLogsource {
  readonly product: string | undefined;
  readonly categories: readonly string[];
  readonly services: readonly string[];
  readonly channel: string | undefined;
  readonly provider: string | undefined;
  readonly eventId: number | undefined;
}

/** One thing that a log says happened, as far as behaviours look at it; events of collectors fit. */
export interface BehaviorEvent {
  /** ISO 8601 UTC with milliseconds. */
  readonly time: string | undefined;
  readonly host: string | undefined;
  readonly user: string | undefined;
  readonly logsource: EventLogsource;
  /** By the log's own names, nested ones with dots, and by Sigma's names where those differ. */
  readonly fields: ReadonlyMap<string, FieldValue>;
  /** The event's place in its file. */
  readonly record: string;
  readonly source: string;
}
