import { categoryEvent, windowsEvent } from '../make-event.js';
import { HOUR, MINUTE, type Person, type Site } from './site.js';

const SITES = [
  'news.example.org',
  'mail.example.com',
  'maps.example.net',
  'shop.example.org',
  'wiki.example.com',
] as const;

/** A day of names, web and connections: people browse without a rhythm, agents with one. */
export function addNetwork(site: Site, dayMs: number): void {
  for (const person of site.people) {
    addBrowsing(site, person, dayMs);
    addAgents(site, person, dayMs);
  }
  addMonitoring(site, dayMs);
  addBuildAgent(site, dayMs);
}

function addBrowsing({ add, random }: Site, { host, address }: Person, dayMs: number): void {
  for (let page = 0; page < 60; page += 1) {
    const time = dayMs + random.between(8 * 3_600, 18 * 3_600) * 1_000;
    const name = random.pick(SITES);
    add(
      categoryEvent('proxy', 'proxy', {
        time,
        host,
        fields: { 'cs-host': name, src_ip: address, 'sc-status': '200' },
      }),
    );
    // Content networks name a copy by a hash.
    const copy = `d${random.between(0x1000_0000, 0xffff_ffff).toString(16)}${random.between(0x1000_0000, 0xffff_ffff).toString(16)}`;
    for (const query of [name, `${copy}.edge.cdn.example`])
      add(
        windowsEvent('sysmon', 22, {
          time,
          host,
          fields: { QueryName: query, Image: 'C:\\Program Files\\Browser\\browser.exe' },
        }),
      );
    add(
      windowsEvent('sysmon', 3, {
        time,
        host,
        fields: {
          SourceIp: address,
          DestinationIp: `203.0.113.${random.between(1, 254)}`,
          DestinationPort: '443',
          DestinationHostname: name,
        },
      }),
    );
  }
}

/** Updates and telemetry that every desk has, each minute or so; time each 17 minutes. */
function addAgents({ add, random }: Site, { host, address }: Person, dayMs: number): void {
  for (let minute = 0; minute < 24 * 60; minute += 5)
    add(
      categoryEvent('firewall', 'firewall', {
        time: dayMs + minute * MINUTE + random.between(0, 5_000),
        host: 'fw01',
        fields: { src_ip: address, dst_ip: '198.51.100.20', dst_port: '443', action: 'allow' },
      }),
    );
  for (let minute = 0; minute < 24 * 60; minute += 17)
    add(
      windowsEvent('sysmon', 3, {
        time: dayMs + minute * MINUTE,
        host,
        fields: { SourceIp: address, DestinationIp: '198.51.100.123', DestinationPort: '123' },
      }),
    );
}

/** Monitoring asks a few ports of each server, one after another over minutes. */
function addMonitoring({ add }: Site, dayMs: number): void {
  for (let round = 0; round < 24 * 12; round += 1)
    for (const [place, port] of ['22', '80', '443', '3389', '1433'].entries())
      for (let server = 1; server <= 7; server += 1)
        add(
          categoryEvent('zeek', 'firewall', {
            time: dayMs + round * 5 * MINUTE + place * 20_000 + server * 1_000,
            host: '192.0.2.70',
            fields: {
              src_ip: '192.0.2.70',
              dst_ip: `10.0.0.${server}`,
              dst_port: port,
              conn_state: 'SF',
            },
          }),
        );
}

/** One machine alone has an agent that asks its service every half minute; the log names the service. */
function addBuildAgent({ add, random }: Site, dayMs: number): void {
  for (let call = 0; call < 8 * 120; call += 1)
    add(
      categoryEvent('proxy', 'proxy', {
        time: dayMs + 9 * HOUR + call * 30_000 + random.between(0, 900),
        host: 'BUILD01',
        fields: { 'cs-host': 'builds.example.io', src_ip: '192.0.2.77', 'sc-status': '204' },
      }),
    );
}
