import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hatchSegments } from './hatch-segments.js';
import { type PaintContext, paintScene } from './paint-scene.js';
import type { Scene, SceneItem } from './scene.js';
import { sceneToSvg } from './svg.js';

const scene: Scene = {
  kind: 'scene',
  width: 100,
  height: 50.004,
  pageWidth: '100mm',
  pageHeight: '50mm',
  background: '#ffffff',
  family: 'sans',
  title: 'a & b',
  description: '<c>',
  items: [
    {
      kind: 'group',
      title: 'tip "x"',
      items: [
        {
          kind: 'rect',
          x: 1.005,
          y: 2.3333,
          width: 10,
          height: 5,
          fill: undefined,
          stroke: '#000000',
          strokeWidth: 0.5,
        },
        { kind: 'polygon', points: [0, 0, 5, 0, 5, 5], fill: '#123456' },
        { kind: 'line', x1: 0, y1: 0, x2: 9, y2: 9, stroke: '#00ff00', strokeWidth: 1 },
      ],
    },
    {
      kind: 'text',
      x: -0.001,
      y: 10,
      lines: ['first', '<second>'],
      lineHeight: 12,
      size: 10,
      bold: true,
      fill: '#111111',
      anchor: 'end',
    },
  ],
};

describe('sceneToSvg', () => {
  it('writes size, name, description, tooltips and shapes', () => {
    expect(sceneToSvg(scene)).toBe(`<?xml version="1.0" encoding="UTF-8"?>
<svg xmlns="http://www.w3.org/2000/svg" role="img" width="100mm" height="50mm" viewBox="0 0 100 50" font-family="Arial, Helvetica, 'Liberation Sans', Roboto, sans-serif">
<title>a &amp; b</title>
<desc>&lt;c&gt;</desc>
<rect width="100%" height="100%" fill="#ffffff"/>
<g><title>tip &quot;x&quot;</title><rect x="1" y="2.33" width="10" height="5" fill="none" stroke="#000000" stroke-width="0.5"/><polygon points="0 0 5 0 5 5" fill="#123456"/><line x1="0" y1="0" x2="9" y2="9" stroke="#00ff00" stroke-width="1"/></g>
<text x="0" y="10" font-size="10" font-weight="bold" text-anchor="end" fill="#111111">first<tspan x="0" dy="12">&lt;second&gt;</tspan></text>
</svg>
`);
  });
});

describe('hatchSegments', () => {
  const length = fc.double({ min: 0.1, max: 3000, noNaN: true });

  it('stays inside its rectangle and within bounds, whatever its size', () => {
    fc.assert(
      fc.property(
        fc.record({
          width: length,
          height: length,
          spacing: fc.double({ min: 0, max: 50, noNaN: true }),
          pattern: fc.constantFrom('rising', 'falling', 'dots'),
        }),
        (given) => {
          const hatch = { kind: 'hatch', x: 5, y: 7, stroke: '#000000', strokeWidth: 1 } as const;
          const segments = hatchSegments({ ...hatch, ...given });
          expect(segments.length).toBeLessThan(9000);
          for (const [x1, y1, x2, y2] of segments) {
            for (const x of [x1, x2]) {
              expect(x >= 5 - 1e-6 && x <= 5 + given.width + 1e-6).toBe(true);
            }
            for (const y of [y1, y2]) {
              expect(y >= 7 - 1e-6 && y <= 7 + given.height + 1e-6).toBe(true);
            }
          }
        },
      ),
    );
  });

  it('rises and falls in opposite ways', () => {
    const box = { kind: 'hatch', x: 0, y: 0, width: 10, height: 10 } as const;
    const look = { spacing: 10, stroke: '#000000', strokeWidth: 1 } as const;
    const [rising] = hatchSegments({ ...box, ...look, pattern: 'rising' });
    const [falling] = hatchSegments({ ...box, ...look, pattern: 'falling' });
    expect(rising).toEqual([5, 0, 0, 5]);
    expect(falling).toEqual([5, 0, 10, 5]);
  });
});

describe('paintScene', () => {
  it('paints every kind of item, in order', () => {
    const calls: string[] = [];
    const note =
      (name: string) =>
      (...values: readonly unknown[]): void => {
        calls.push(`${name} ${values.join(' ')}`.trim());
      };
    const context: PaintContext = {
      fillStyle: '',
      strokeStyle: '',
      lineWidth: 0,
      font: '',
      textAlign: '',
      textBaseline: '',
      fillRect: note('fillRect'),
      strokeRect: note('strokeRect'),
      beginPath: note('beginPath'),
      closePath: note('closePath'),
      moveTo: note('moveTo'),
      lineTo: note('lineTo'),
      fill: note('fill'),
      stroke: note('stroke'),
      fillText: note('fillText'),
    };
    const dots: SceneItem = {
      kind: 'hatch',
      x: 0,
      y: 0,
      width: 4,
      height: 2,
      pattern: 'dots',
      spacing: 2,
      stroke: '#000000',
      strokeWidth: 1,
    };
    paintScene(context, { ...scene, items: [...scene.items, dots] }, 'Test');
    expect(calls).toEqual([
      'fillRect 0 0 100 50.004',
      'strokeRect 1.005 2.3333 10 5',
      'beginPath',
      'moveTo 0 0',
      'lineTo 5 0',
      'lineTo 5 5',
      'closePath',
      'fill',
      'beginPath',
      'moveTo 0 0',
      'lineTo 9 9',
      'stroke',
      'fillText first -0.001 10',
      'fillText <second> -0.001 22',
      'beginPath',
      'moveTo 1 1',
      'lineTo 2 1',
      'stroke',
    ]);
    expect(context.font).toBe('bold 10px Test');
    expect(context.textAlign).toBe('right');
  });
});
