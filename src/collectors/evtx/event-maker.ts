import type { Event, Logsource } from '../event.js';
import { routeLogsource } from '../route-logsource.js';
import { EvtxEvent } from './evtx-event.js';
import type { EvtxRecord } from './evtx-record.js';
import { FieldLayouts } from './field-layout.js';

// Channel, provider and event id together; real logs have some hundred.
const MAX_LOGSOURCES = 4_096;

/** Makes events of the records of logs. */
export class EventMaker {
  readonly #layouts = new FieldLayouts();
  readonly #logsources = new Map<string, Logsource>();
  #last: Logsource | undefined;

  make(record: EvtxRecord, source: string): Event {
    const logsource = this.#logsourceOf(record);
    const { services, eventId } = logsource;
    const isSecurity4688 = eventId === 4688 && services.includes('security');
    return new EvtxEvent(record, {
      source,
      logsource,
      layout: this.#layouts.of(record.shape, isSecurity4688),
    });
  }

  #logsourceOf({ channel, provider, eventId }: EvtxRecord): Logsource {
    const last = this.#last;
    if (last?.eventId === eventId && last?.provider === provider && last?.channel === channel)
      if (last !== undefined) return last;
    const key = `${channel}\n${provider}\n${eventId}`;
    let logsource = this.#logsources.get(key);
    if (logsource === undefined) {
      logsource = routeLogsource({ channel, provider, eventId });
      if (this.#logsources.size >= MAX_LOGSOURCES) this.#logsources.clear();
      this.#logsources.set(key, logsource);
    }
    this.#last = logsource;
    return logsource;
  }
}
