import type { JsonShape } from '../json-record.js';
import { CROWDSTRIKE_FDR } from './crowdstrike.js';
import { DEFENDER_XDR } from './defender-xdr.js';
import { FALCO } from './falco.js';
import { HAYABUSA } from './hayabusa.js';
import { MACOS_ESF } from './macos-esf.js';
import { OCSF } from './ocsf.js';
import { OPENCANARY, RPC_FIREWALL } from './opencanary.js';
import { OSQUERY } from './osquery.js';
import { SURICATA_EVE } from './suricata.js';
import { WAZUH, WAZUH_WINDOWS } from './wazuh.js';
import { WEBSERVER } from './webserver.js';
import { GET_WIN_EVENT, OTEL_WINDOWS, WINDOWS_EVENT_DATA } from './windows-collected.js';

/** Logs of products on hosts and networks, the most telling first. */
export const PRODUCT_SHAPES: readonly JsonShape[] = [
  OCSF,
  HAYABUSA,
  RPC_FIREWALL,
  WAZUH_WINDOWS,
  WAZUH,
  OTEL_WINDOWS,
  WINDOWS_EVENT_DATA,
  GET_WIN_EVENT,
  DEFENDER_XDR,
  CROWDSTRIKE_FDR,
  OSQUERY,
  MACOS_ESF,
  SURICATA_EVE,
  FALCO,
  OPENCANARY,
  WEBSERVER,
];
