import { describe, expect, it } from 'vitest';
import { ECS_RECORDS } from '../../test/collectors/ecs-records.table.js';
import { readRecord } from '../../test/collectors/read-records.js';

describe('the Elastic Common Schema', () => {
  it.each(ECS_RECORDS)('reads $what', async ({ record, fields = {}, ...expected }) => {
    const event = await readRecord(record);
    if (expected.time !== undefined) expect(event.time).toBe(expected.time);
    if (expected.host !== undefined) expect(event.host).toBe(expected.host);
    if (expected.user !== undefined) expect(event.user).toBe(expected.user);
    expect(event.logsource).toMatchObject({
      product: expected.product,
      categories: expected.categories ?? [],
      services: expected.services ?? [],
    });
    const found = Object.keys(fields).map((name) => [name, event.fields.get(name)]);
    expect(Object.fromEntries(found)).toEqual(fields);
  });
});
