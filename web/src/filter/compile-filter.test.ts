import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { annotateCells } from '../layers/annotate-layer.js';
import type { CellKey } from '../layers/layer-tab.js';
import { cellsOf } from '../layers/select-cells.js';
import { shippedKnowledge, testLayer, testView } from '../testing/shipped-view.js';
import { compileFilter } from './compile-filter.js';
import { parseFilter } from './parse-filter.js';

const layer = annotateCells(testLayer(), ['T1059^execution'], { score: 72, comment: 'Seen twice' });
const view = testView(annotateCells(layer, ['T1003^credential-access'], { score: 0 }));

function found(filter: string): ReadonlySet<string> {
  const expression = parseFilter(filter);
  if (expression.kind === 'filter-error') throw new Error(expression.message);
  const test = compileFilter(expression, {
    knowledgeBase: shippedKnowledge('19.1'),
    selection: new Set<CellKey>(['T1486^impact']),
    evidenceOf: new Map(),
  });
  const cells = cellsOf(view).filter(({ cell }) => test(cell));
  return new Set(cells.map(({ cell }) => cell.technique.attackId));
}

describe('a filter', () => {
  it.each([
    ['score>50', ['T1059']],
    ['score=0', ['T1003']],
    ['score<=72', ['T1003', 'T1059']],
    ['is:selected', ['T1486']],
    ['comment:"seen twice"', ['T1059']],
    ['"Data Encrypted for Impact"', ['T1486']],
    ['id:T1059 not is:sub', ['T1059']],
    ['id:T1059 -is:sub', ['T1059']],
    ['(id:T1486 or id:T1003) and not is:sub', ['T1003', 'T1486']],
    ['is:scored tactic:execution', ['T1059']],
    ['is:scored or is:selected', ['T1003', 'T1059', 'T1486']],
  ])('%s', (filter, ids) => {
    expect([...found(filter)].sort()).toEqual(ids);
  });

  it('asks each sub-technique for its own platforms', () => {
    const mac = found('platform:macos id:T1059');
    expect(mac.has('T1059.002')).toBe(true);
    expect(mac.has('T1059.001')).toBe(false);
  });

  it('follows the relations of groups, software, mitigations, components, strategies and log sources', () => {
    const filters = ['group:G0016', 'group:apt29', 'software:mimikatz', 'campaign:C0024'];
    const more = ['mitigation:M1042', 'component:DC0032', 'strategy:DET0001', 'logsource:sysmon'];
    for (const filter of [...filters, ...more])
      expect(found(filter).size, filter).toBeGreaterThan(0);
    expect(found('group:G0016')).toEqual(found('group:APT29'));
  });

  it('without words lets everything pass', () => {
    expect(found('').size).toBe(697);
    expect(found('not is:sub or is:sub').size).toBe(697);
  });

  it.each([
    ['(score>5', 'expected ) at the end'],
    ['score>five', 'expected a number after score>, found five'],
    ['colour:red', 'before :, found colour'],
    ['not', 'expected something more at the end'],
    ['a )', 'expected the end, found )'],
    ['platform:', 'expected a value after platform:'],
  ])('says what is wrong with %s', (filter, message) => {
    const expression = parseFilter(filter);
    expect(expression.kind === 'filter-error' && expression.message).toContain(message);
  });

  it('reads any text, however deep, without throwing', () => {
    fc.assert(fc.property(fc.string({ maxLength: 300 }), (text) => void parseFilter(text)));
    expect(parseFilter('('.repeat(900)).kind).toBe('filter-error');
    expect(parseFilter('not '.repeat(240)).kind).toBe('filter-error');
    expect(parseFilter('a '.repeat(600)).kind).toBe('filter-error');
  });
});
