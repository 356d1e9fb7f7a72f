import { CROWDSTRIKE_FDR } from '../json-endpoints/crowdstrike.js';
import { DEFENDER_XDR } from '../json-endpoints/defender-xdr.js';
import { FALCO } from '../json-endpoints/falco.js';
import { MACOS_ESF } from '../json-endpoints/macos-esf.js';
import { OCSF } from '../json-endpoints/ocsf.js';
import { OSQUERY } from '../json-endpoints/osquery.js';
import type { JsonShape } from '../json-record.js';
import { HAYABUSA } from './hayabusa.js';
import { OPENCANARY, RPC_FIREWALL } from './opencanary.js';
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
