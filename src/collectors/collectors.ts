import { auditdCollector } from './auditd/auditd-collector.js';
import { cefCollector, leefCollector } from './cef/security-event-collectors.js';
import type { Collector } from './collector.js';
import { csvCollector } from './csv/csv-collector.js';
import { evtxCollector } from './evtx-collector.js';
import { jsonCollector } from './json-collector.js';
import { plainCollector } from './plain-collector.js';
import { syslogCollector } from './syslog/syslog-collector.js';
import { accessLogCollector } from './web/access-log-collector.js';
import { w3cCollector } from './web/w3c-collector.js';
import { windowsXmlCollector } from './windows-xml/windows-xml-collector.js';
import { zeekCollector } from './zeek/zeek-collector.js';

/** Every format that can be read, the most telling first. A new one is a file, a test, a fixture and a row. */
export const COLLECTORS: readonly Collector[] = [
  evtxCollector,
  jsonCollector,
  windowsXmlCollector,
  zeekCollector,
  w3cCollector,
  auditdCollector,
  accessLogCollector,
  cefCollector,
  leefCollector,
  syslogCollector,
  csvCollector,
  // Any text fits: last.
  plainCollector,
];

/** The collector of a file by its content; undefined when none knows it. */
export function detectCollector(name: string, head: Uint8Array): Collector | undefined {
  return COLLECTORS.find((collector) => collector.detect(name, head));
}
