import { crc32 } from 'node:zlib';
import type { Collector, EventBatch } from './collector.js';
import { EventMaker } from './evtx/event-maker.js';
import { findChunk } from './evtx/evtx-chunk.js';
import { readEvtx } from './evtx/read-evtx.js';
import { isEvtxHeader } from './evtx/split-chunks.js';
import { TemplateCache, TemplateStore } from './evtx/template-store.js';

/**
 * Windows event logs (.evtx), also damaged ones. The fields of an event are decoded when they are asked for. Leftovers
 * in the unused end of a chunk are no part of the log and are not read.
 */
export const evtxCollector: Collector = createEvtxCollector({ leftovers: false });

/**
 * Makes a collector, which keeps what it found out about templates for the logs that it reads next.
 *
 * @param options.leftovers whether to read also what the log no longer counts as its own: deleted, or of another log.
 */
export function createEvtxCollector({ leftovers }: { readonly leftovers: boolean }): Collector {
  const templates = new TemplateCache();
  const maker = new EventMaker();
  return {
    name: 'evtx',
    detect: (_name, head) => isEvtxHeader(head) || findChunk(head, 0) >= 0,
    async *read({ source, chunks }): AsyncGenerator<EventBatch> {
      const store = new TemplateStore(templates);
      const log = readEvtx({ source, chunks, crc32, leftovers, templates: store });
      for await (const { records, issues } of log)
        yield { events: records.map((record) => maker.make(record, source)), issues };
    },
  };
}
