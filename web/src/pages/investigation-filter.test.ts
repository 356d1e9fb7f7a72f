import { expect, it } from 'vitest';
import { addressWith, readFilter, toQuery } from './investigation-filter.js';

it('keeps what is asked for in the address, whatever stands in a value', () => {
  const subject = 'a&b=c #1 <img>';
  const address = addressWith('?kind=observed', 'subject', subject);
  const filter = readFilter(address.slice(address.indexOf('?')));
  expect(filter).toMatchObject({ subject, kind: 'observed', technique: undefined });
  expect(toQuery(filter)).toMatchObject({ subject, kinds: ['observed'], status: undefined });
  expect(addressWith('?kind=observed', 'kind', undefined)).toBe('/investigation');
});
