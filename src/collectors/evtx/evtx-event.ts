import type { Event, Logsource } from '../event.js';
import { userOf } from '../json-windows-event.js';
import { parseTime } from '../parse-time.js';
import { EvtxFields } from './evtx-fields.js';
import type { EvtxRecord } from './evtx-record.js';
import type { FieldLayout } from './field-layout.js';
import { formatMs } from './filetime.js';

interface EventPlace {
  readonly source: string;
  readonly logsource: Logsource;
  readonly layout: FieldLayout;
}

/** An event of an event log; time, host, user and number are read when they are asked for. */
export class EvtxEvent implements Event {
  readonly kind = 'event';
  // The log keeps all times in UTC.
  readonly zone = 'Z';
  readonly logsource: Logsource;
  readonly fields: EvtxFields;
  readonly source: string;
  readonly #record: EvtxRecord;

  constructor(record: EvtxRecord, { source, logsource, layout }: EventPlace) {
    this.logsource = logsource;
    this.fields = new EvtxFields(record, layout);
    this.source = source;
    this.#record = record;
  }

  get time(): string | undefined {
    const time = this.#record.createdTime;
    if (typeof time === 'number') return formatMs(time);
    const other = parseTime(time) ?? parseTime(this.fields.get('UtcTime'));
    return other ?? formatMs(this.#record.writtenMs);
  }

  get host(): string | undefined {
    return this.#record.computer;
  }

  get user(): string | undefined {
    return userOf(this.fields);
  }

  get record(): string {
    return String(this.#record.systemValue('EventRecordID') ?? this.#record.recordId);
  }
}
