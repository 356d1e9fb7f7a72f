import { type BurstRule, burstBehavior, MINUTE_MS } from '../burst-behavior.js';
import type { Reading } from '../reading.js';
import {
  CONNECTION_EVENTS,
  CONNECTION_FIELDS,
  isPrivateAddress,
  readConnection,
} from './read-connection.js';

const shared = {
  windowMs: MINUTE_MS,
  fields: CONNECTION_FIELDS,
  techniquesOf: () => ['T1046'],
} as const;
// Ports of services that programs answer their peers from; the client's port is then the far one.
const MAX_SERVICE_PORT = 32_768;

const vertical: BurstRule = {
  ...shared,
  threshold: 20,
  confidence: 0.65,
  pick(reading) {
    const connection = readConnection(reading);
    if (connection === undefined || Number(connection.port) >= MAX_SERVICE_PORT) return undefined;
    return { key: `${connection.from}|${connection.to}`, item: connection.port };
  },
  describe: ({ items }) => `${items.length} ports of one machine`,
};

const horizontal: BurstRule = {
  ...shared,
  threshold: 25,
  confidence: 0.6,
  pick(reading) {
    const connection = readConnection(reading);
    // Outside, a browser alone talks to as many; the service of names is asked by everything.
    const isCounted =
      connection !== undefined &&
      connection.port !== '53' &&
      (isPrivateAddress(connection.to) || connection.isFailed);
    return isCounted
      ? { key: `${connection.from}|:${connection.port}`, item: connection.to }
      : undefined;
  },
  describe: ({ items }) => `one port of ${items.length} machines`,
};

const refused: BurstRule = {
  ...shared,
  threshold: 15,
  confidence: 0.65,
  pick(reading) {
    const connection = readConnection(reading);
    return connection?.isFailed === true
      ? { key: connection.from, item: `${connection.to}:${connection.port}` }
      : undefined;
  },
  describe: ({ items }) => `${items.length} connections that were refused or not answered`,
};

const desktopScan: BurstRule = {
  windowMs: MINUTE_MS,
  fields: ['ClientIP', 'ConnType'],
  threshold: 5,
  confidence: 0.6,
  pick: (reading) =>
    reading.eventId === 131 ? { key: desktopClient(reading), item: reading.host } : undefined,
  techniquesOf: () => ['T1046'],
  describe: ({ items }) => `Remote Desktop of ${items.length} machines from one address`,
};

const desktopGuessing: BurstRule = {
  windowMs: MINUTE_MS,
  fields: ['ClientIP', 'ConnType'],
  threshold: 20,
  confidence: 0.5,
  pick: (reading) =>
    reading.eventId === 131
      ? { key: `${reading.host}|${desktopClient(reading)}`, item: reading.text('ClientIP') }
      : undefined,
  techniquesOf: () => ['T1110.001'],
  describe: ({ items }) => `${items.length} connections to Remote Desktop of one machine`,
};

function desktopClient(reading: Reading): string {
  return reading.folded('ClientIP').replace(/:\d+$/, '');
}

/** T1046: somebody asks many doors whether they open. */
export const portScan = burstBehavior(
  {
    name: 'port-scan',
    title: 'Many ports or machines tried in a minute',
    techniqueIds: ['T1046', 'T1110.001'],
    level: 'medium',
    watches:
      'Connections: Sysmon 3, Windows 5156/5157, Zeek conn, firewalls, flows; Remote Desktop 131.',
    thresholds:
      'In 1 minute from one address: 20 ports below 32,768 of one machine, one port of 25 internal machines, 15 refused or unanswered ports, Remote Desktop of 5 machines (T1046), or 20 connections to Remote Desktop of one, whose log does not name the account (T1110.001: a client makes two for a session).',
    falsePositives:
      "Monitoring, printers' discovery, vulnerability scanners: known by their address.",
    events: [...CONNECTION_EVENTS, { channel: /RdpCoreTS\/Operational$/i, eventIds: [131] }],
  },
  [vertical, horizontal, refused, desktopScan, desktopGuessing],
);
