import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { userFolder } from './user-folder.js';

const standard = join(homedir(), '.local', 'share', 'portolan');

describe('userFolder', () => {
  it.each([
    [
      'PORTOLAN_HOME before everything',
      { PORTOLAN_HOME: '/a/b', XDG_DATA_HOME: '/x' },
      resolve('/a/b'),
    ],
    ['a relative PORTOLAN_HOME from here', { PORTOLAN_HOME: 'mine' }, resolve('mine')],
    ['portolan in XDG_DATA_HOME', { XDG_DATA_HOME: '/x' }, join('/x', 'portolan')],
    ['the standard place for a relative XDG_DATA_HOME', { XDG_DATA_HOME: 'x' }, standard],
    ['the standard place for empty variables', { PORTOLAN_HOME: '', XDG_DATA_HOME: '' }, standard],
    ['the standard place without variables', {}, standard],
  ])('takes %s', (_, environment, expected) => {
    expect(userFolder(environment)).toBe(expected);
  });
});
