import { readFileSync } from 'node:fs';
import { type KnowledgeBase, parseCatalogue } from '../../../src/attack/lookup.js';
import {
  buildMatrixView,
  type MatrixView,
  resolveRenderOptions,
} from '../../../src/exporters/index.js';
import { emptyLayer, type Layer, safeGradient } from '../../../src/layers/index.js';

const LOADED = new Map<string, KnowledgeBase>();

/** A version of Enterprise that ships with Portolan. */
export function shippedKnowledge(version: string): KnowledgeBase {
  const known = LOADED.get(version);
  if (known !== undefined) return known;
  const url = new URL(`../../../data/attack/enterprise-attack-${version}.tsv`, import.meta.url);
  const { knowledgeBase } = parseCatalogue(readFileSync(url, 'utf8'));
  if (knowledgeBase === undefined) throw new Error(`expected ATT&CK ${version} in data/attack`);
  LOADED.set(version, knowledgeBase);
  return knowledgeBase;
}

/** An empty layer of the newest version that ships. */
export function testLayer(name = 'Test'): Layer {
  const layer = emptyLayer({ name, domain: 'enterprise-attack', attackVersion: '19.1' });
  return { ...layer, gradient: safeGradient(0, 100) };
}

/** A layer on the newest version that ships. */
export function testView(layer: Layer = testLayer()): MatrixView {
  return buildMatrixView(layer, shippedKnowledge('19.1'), resolveRenderOptions({}));
}
