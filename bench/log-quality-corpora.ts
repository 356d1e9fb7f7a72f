import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, join, relative, sep } from 'node:path';
import { parse } from 'yaml';
import { openMigrator } from '../src/app/open-migrator.js';
import { type KnowledgeBase, listShipped, openShipped } from '../src/attack/index.js';
import { isRecord, isTechniqueId } from '../src/model/index.js';

/** Where the labelled logs lie, relative to the repository's root. */
export const LABELLED_DATA = '../shared/data';

export type CorpusName = 'evtx-to-mitre' | 'security-datasets' | 'benign';

/** One file or dataset that is mapped by itself. */
export interface LabelledUnit {
  readonly corpus: CorpusName;
  /** Path below the corpus; only to tell units apart. */
  readonly name: string;
  readonly paths: readonly string[];
  /** Of a made-up day without an attack. */
  readonly seed?: number;
  /** Techniques of the newest ATT&CK version as labelled, sub-techniques kept; empty for benign logs. */
  readonly techniqueIds: readonly string[];
}

/** The technique itself, or the one that a sub-technique belongs to. */
export function parentOf(techniqueId: string): string {
  return techniqueId.slice(0, 5);
}

/** Files and datasets with labels, in the order of their names. Those without labels or logs are left out. */
export function readLabelledUnits(knowledgeBase: KnowledgeBase): readonly LabelledUnit[] {
  const carry = createCarrier(knowledgeBase);
  return [...eventLogs(carry), ...datasets(carry)];
}

type Carrier = (techniqueId: string) => readonly string[];

/** Carries a label from the newest version that has it to the newest of all. */
function createCarrier(knowledgeBase: KnowledgeBase): Carrier {
  const migrator = openMigrator(['enterprise-attack']);
  const versions = listShipped()
    .filter(({ domain }) => domain === 'enterprise-attack')
    .map(({ domain, version }) => openShipped({ domain, version }));
  return (techniqueId) => {
    if (knowledgeBase.byAttackId.get(techniqueId)?.status === 'active') return [techniqueId];
    const home = versions.findLast((one) => one.byAttackId.get(techniqueId)?.status === 'active');
    const { targets } = migrator.migrateTechnique({
      techniqueId,
      domain: 'enterprise-attack',
      from: home?.version ?? '14.1',
      to: knowledgeBase.version,
    });
    const ids = targets.map((target) => target.techniqueId);
    return ids.filter((id) => knowledgeBase.byAttackId.get(id)?.status === 'active');
  };
}

function eventLogs(carry: Carrier): readonly LabelledUnit[] {
  const folder = join(LABELLED_DATA, 'evtx-to-mitre');
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.evtx'))
    .sort();
  return files.flatMap((name) => {
    const label = labelOfPath(name);
    if (label === undefined) return [];
    const techniqueIds = carry(label);
    if (techniqueIds.length === 0) throw new Error(`${name}: ${label} leads to no technique`);
    return [{ corpus: 'evtx-to-mitre', name, paths: [join(folder, name)], techniqueIds }];
  });
}

/** The deepest technique id in the folders of a path; `T1110.xxx` is the parent. */
export function labelOfPath(path: string): string | undefined {
  const folders = path.split(sep).slice(0, -1);
  if (folders.some((one) => one === 'Antivirus' || one.startsWith('EVTX_full_APT')))
    return undefined;
  const ids = folders.flatMap((one) => one.match(/T\d{4}(?:\.\d{3})?/g) ?? []);
  return ids.at(-1);
}

function datasets(carry: Carrier): readonly LabelledUnit[] {
  const folder = join(LABELLED_DATA, 'security-datasets');
  const metadata = readdirSync(join(folder, 'metadata')).filter((name) => name.endsWith('.yaml'));
  return metadata.sort().flatMap((name) => {
    const document: unknown = parse(readFileSync(join(folder, 'metadata', name), 'utf8'));
    if (!isRecord(document)) throw new Error(`${name}: expected an object`);
    const techniqueIds = new Set(labelsOf(document['attack_mappings']).flatMap(carry));
    const paths = archivesOf(document['files'], folder);
    if (techniqueIds.size === 0 || paths.length === 0) return [];
    return [
      {
        corpus: 'security-datasets',
        name: basename(name, '.yaml'),
        paths,
        techniqueIds: [...techniqueIds].sort(),
      },
    ];
  });
}

/** Technique with sub-technique where one is given; T0000 stands for none. */
function labelsOf(mappings: unknown): readonly string[] {
  if (!Array.isArray(mappings)) return [];
  return mappings.filter(isRecord).flatMap((mapping) => {
    const technique = String(mapping['technique'] ?? '');
    if (technique === 'T0000' || !isTechniqueId(technique)) return [];
    const sub = String(mapping['sub-technique'] ?? '').padStart(3, '0');
    const full = `${technique}.${sub}`;
    return [/^\d{3}$/.test(sub) && sub !== '000' && isTechniqueId(full) ? full : technique];
  });
}

/** The archives that are here; some that the metadata names are too large to be. */
function archivesOf(files: unknown, folder: string): readonly string[] {
  if (!Array.isArray(files)) return [];
  const links = files.filter(isRecord).map((file) => String(file['link'] ?? ''));
  return links.flatMap((link) => {
    const below = /\/datasets\/atomic\/(.+)$/.exec(link)?.[1];
    const path = below === undefined ? undefined : join(folder, below);
    return path !== undefined && existsSync(path) ? [relative('', path)] : [];
  });
}
