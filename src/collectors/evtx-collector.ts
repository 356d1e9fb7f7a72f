import { crc32 } from 'node:zlib';
import type { Collector, EventBatch } from './collector.js';
import type { Event, Logsource } from './event.js';
import type { EventShape } from './evtx/event-shape.js';
import { findChunk } from './evtx/evtx-chunk.js';
import { EvtxFields } from './evtx/evtx-fields.js';
import type { EvtxRecord } from './evtx/evtx-record.js';
import { type FieldLayout, layoutFields } from './evtx/field-layout.js';
import { formatMs } from './evtx/filetime.js';
import { readEvtx } from './evtx/read-evtx.js';
import { isEvtxHeader } from './evtx/split-chunks.js';
import { userOf } from './json-windows-event.js';
import { parseTime } from './parse-time.js';
import { routeLogsource } from './route-logsource.js';

// Channel, provider and event id together; real logs have some hundred.
const MAX_LOGSOURCES = 4_096;

/**
 * Windows event logs (.evtx), also damaged ones. The fields of an event are decoded when they are asked for. Leftovers
 * in the unused end of a chunk are no part of the log and are not read.
 */
export const evtxCollector: Collector = createEvtxCollector({ leftovers: false });

/** @param options.leftovers whether to read also what the log no longer counts as its own: deleted, or of another log. */
export function createEvtxCollector({ leftovers }: { readonly leftovers: boolean }): Collector {
  return {
    name: 'evtx',
    detect: (_name, head) => isEvtxHeader(head) || findChunk(head, 0) >= 0,
    async *read({ source, chunks }): AsyncGenerator<EventBatch> {
      const maker = new EventMaker(source);
      const log = readEvtx({ source, chunks, crc32, leftovers, templates: undefined });
      for await (const { records, issues } of log)
        yield { events: records.map((record) => maker.make(record)), issues };
    },
  };
}

/** Makes events of the records of one log. */
class EventMaker {
  readonly #source: string;
  readonly #logsources = new Map<string, Logsource>();
  readonly #layouts = new WeakMap<EventShape, FieldLayout>();
  readonly #layouts4688 = new WeakMap<EventShape, FieldLayout>();

  constructor(source: string) {
    this.#source = source;
  }

  make(record: EvtxRecord): Event {
    const logsource = this.#logsourceOf(record);
    const fields = new EvtxFields(record, this.#layoutOf(record.shape, logsource));
    return {
      kind: 'event',
      time: timeOf(record, fields),
      // The log keeps all times in UTC.
      zone: 'Z',
      host: record.computer,
      user: userOf(fields),
      logsource,
      fields,
      record: String(record.systemValue('EventRecordID') ?? record.recordId),
      source: this.#source,
    };
  }

  #logsourceOf(record: EvtxRecord): Logsource {
    const { channel, provider, eventId } = record;
    const key = `${channel}\n${provider}\n${eventId}`;
    const known = this.#logsources.get(key);
    if (known !== undefined) return known;
    const logsource = routeLogsource({ channel, provider, eventId });
    if (this.#logsources.size >= MAX_LOGSOURCES) this.#logsources.clear();
    this.#logsources.set(key, logsource);
    return logsource;
  }

  #layoutOf(shape: EventShape, { services, eventId }: Logsource): FieldLayout {
    const isSecurity4688 = eventId === 4688 && services.includes('security');
    const layouts = isSecurity4688 ? this.#layouts4688 : this.#layouts;
    const known = layouts.get(shape);
    if (known !== undefined) return known;
    const layout = layoutFields(shape, isSecurity4688);
    layouts.set(shape, layout);
    return layout;
  }
}

function timeOf(record: EvtxRecord, fields: EvtxFields): string | undefined {
  const time = record.createdTime;
  if (typeof time === 'number') return formatMs(time);
  return parseTime(time) ?? parseTime(fields.get('UtcTime')) ?? formatMs(record.writtenMs);
}
