/** npx tsx scripts/write-parity-document.ts: writes docs/mitreattack-python-parity.md from the parity table. */
import { readFileSync, writeFileSync } from 'node:fs';
import { formatParityDocument, type ParityOracle } from '../test/parity/format-parity-document.js';

const oracle = JSON.parse(
  readFileSync('test/parity/mitreattack-python.json', 'utf8'),
) as ParityOracle;
writeFileSync('docs/mitreattack-python-parity.md', formatParityDocument(oracle));
