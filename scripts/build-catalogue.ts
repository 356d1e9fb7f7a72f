/**
 * npm run build:catalogue -- BUNDLE…
 *
 * Derives data/attack/<domain>-<version>.tsv from each STIX bundle: facts only, no prose of MITRE's.
 * What a bundle is (version, source, what is carried over from an earlier version) is looked up by its SHA-256 in
 * data/attack/sources.json; a bundle that is not there takes its version from its collection or file name.
 */
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename } from 'node:path';
import { formatCatalogue } from '../src/attack/format-catalogue.js';
import { loadBundle } from '../src/attack/load-bundle.js';
import { formatIssue } from '../src/model/index.js';

interface Source {
  readonly version?: string;
  readonly released?: string;
  readonly source: string;
  readonly carriedOver?: readonly string[];
}

const FOLDER = new URL('../data/attack/', import.meta.url);
const LICENCE =
  'ATT&CK terms of use; © The MITRE Corporation, reproduced with permission; see NOTICE';

const sources = JSON.parse(readFileSync(new URL('sources.json', FOLDER), 'utf8')) as Record<
  string,
  Source
>;
mkdirSync(FOLDER, { recursive: true });

for (const path of process.argv.slice(2)) {
  const sha256 = createHash('sha256').update(readFileSync(path)).digest('hex');
  const known = sources[sha256];
  const { knowledgeBase, issues } = loadBundle([path], known?.version);
  for (const issue of issues.slice(0, 20)) console.error(formatIssue(issue));
  const { domain, version, released } = knowledgeBase;
  const meta = {
    domain,
    version,
    released: known?.released ?? released,
    carriedOver: known?.carriedOver ?? [],
    source: known?.source ?? basename(path),
    sha256,
    licence: LICENCE,
  };
  const text = formatCatalogue(knowledgeBase, { meta });
  writeFileSync(new URL(`${domain}-${version}.tsv`, FOLDER), text);
  console.log(
    `${domain} ${version}: ${knowledgeBase.objects.length} objects, ${(text.length / 1024).toFixed(0)} KiB, ${issues.length} issues`,
  );
}
