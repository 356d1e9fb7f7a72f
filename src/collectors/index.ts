export type { Collector, CollectorInput, EventBatch } from './collector.js';
export { COLLECTORS, detectCollector } from './collectors.js';
export type { Event, FieldScalar, FieldValue, Logsource } from './event.js';
export { createEvtxCollector, evtxCollector } from './evtx-collector.js';
export { jsonCollector } from './json-collector.js';
export { type FileList, listFiles } from './list-files.js';
export { type OpenFile, openFile } from './open-file.js';
