import { describe, expect, it } from 'vitest';
import { openShipped } from './open-shipped.js';
import { RELATION_TYPES } from './relation.js';

const open = (): ReturnType<typeof openShipped> => openShipped({ domain: 'ics-attack' });

describe('relations of a catalogue', () => {
  it('are the same read line by line and from the index', () => {
    const indexed = open().relations;
    // Makes every type's index: from here on nothing is read from lines.
    expect(indexed.all.length).toBeGreaterThan(1000);
    for (const type of RELATION_TYPES) {
      for (const { sourceId, targetId } of indexed.ofType(type).slice(0, 20)) {
        // A new catalogue for each: the first look-ups of one are read from lines.
        const { relations } = open();
        expect(relations.from(sourceId, type)).toEqual(indexed.from(sourceId, type));
        expect(relations.to(targetId, type)).toEqual(indexed.to(targetId, type));
      }
    }
  });

  it('are all there, type by type', () => {
    const { relations } = open();
    const byType = RELATION_TYPES.flatMap((type) => relations.ofType(type));
    expect(byType).toEqual(relations.all);
    for (const type of RELATION_TYPES) {
      expect(relations.ofType(type).every((relation) => relation.type === type)).toBe(true);
    }
  });
});
