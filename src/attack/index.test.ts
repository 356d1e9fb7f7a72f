import { expect, it } from 'vitest';
import * as index from './index.js';
import * as lookup from './lookup.js';

it('the front door has all that the half without I/O has', () => {
  expect(Object.keys(lookup).filter((name) => !(name in index))).toEqual([]);
});
