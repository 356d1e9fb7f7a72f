// The matrix in Debian's Chromium, from a server on this machine: first paint, recolouring, opening, scrolling at 20 layers.
// Usage: npm run bench:web ; prints a table. Main-thread times come from Chromium's own tracing.
import { readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { CDPSession, Page } from 'playwright-core';
import { parseCatalogue } from '../src/attack/lookup.js';
import { emptyLayer, type Layer, safeGradient, writeLayers } from '../src/layers/index.js';
import { openPortolan } from '../test/web/open-portolan.js';
import { environmentLine, median } from './environment.js';

const RUNS = 15;
const LAYERS = 20;

/** A finished piece of work in Chromium's trace. */
interface TraceEvent {
  readonly name: string;
  readonly ph: string;
  readonly ts: number;
  readonly dur?: number;
  /** Of the thread itself: what it waited for other processes is not in it. */
  readonly tdur?: number;
  readonly tid: number;
  readonly pid: number;
}

const SCRIPT = new Set([
  'FunctionCall',
  'EvaluateScript',
  'RunMicrotasks',
  'EventDispatch',
  'FireAnimationFrame',
]);
const STYLE = new Set(['UpdateLayoutTree', 'Layout']);
const PAINT = new Set([
  'PrePaint',
  'Paint',
  'Layerize',
  'Commit',
  'CompositeLayers',
  'UpdateLayer',
]);

async function trace(page: Page, work: () => Promise<void>): Promise<readonly TraceEvent[]> {
  const session: CDPSession = await page.context().newCDPSession(page);
  const events: TraceEvent[] = [];
  session.on('Tracing.dataCollected', ({ value }) => {
    events.push(...(value as unknown as TraceEvent[]));
  });
  await session.send('Tracing.start', {
    categories: 'devtools.timeline,blink.user_timing',
    transferMode: 'ReportEvents',
  });
  await work();
  const done = new Promise<void>((resolve) => {
    session.once('Tracing.tracingComplete', () => resolve());
  });
  await session.send('Tracing.end');
  await done;
  await session.detach();
  return events;
}

/** Milliseconds that the threads worked on events of a set; what lies within another one of it counts once. */
function timeOf(events: readonly TraceEvent[], names: ReadonlySet<string>): number {
  const spans = events
    .filter(({ name, ph, dur }) => ph === 'X' && dur !== undefined && names.has(name))
    .sort((a, b) => a.ts - b.ts || (b.dur ?? 0) - (a.dur ?? 0));
  const ends = new Map<string, number>();
  let total = 0;
  for (const { ts, dur = 0, tdur = dur, tid, pid } of spans) {
    const thread = `${pid} ${tid}`;
    if (ts < (ends.get(thread) ?? 0)) continue;
    total += tdur;
    ends.set(thread, ts + dur);
  }
  return total / 1000;
}

function fullLayer(name: string, seed: number): Layer {
  const text = readFileSync('data/attack/enterprise-attack-19.1.tsv', 'utf8');
  const techniques = parseCatalogue(text).knowledgeBase?.ofKind('technique') ?? [];
  return {
    ...emptyLayer({ name, domain: 'enterprise-attack', attackVersion: '19.1' }),
    gradient: safeGradient(0, 100),
    techniques: techniques.map(({ attackId }, index) => ({
      techniqueId: attackId,
      tactic: undefined,
      comment: '',
      enabled: true,
      score: (index * 37 + seed * 11) % 101,
      color: '',
      metadata: [],
      links: [],
      showSubtechniques: false,
      unknown: {},
    })),
  };
}

const settle = (page: Page): Promise<void> =>
  page.evaluate(
    () =>
      new Promise<void>((done) =>
        requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done, 60))),
      ),
  );

async function openLayers(page: Page, count: number): Promise<void> {
  const path = join(tmpdir(), `portolan-bench-${process.pid}.json`);
  const layers = Array.from({ length: count }, (_, index) =>
    fullLayer(`Layer ${index + 1}`, index),
  );
  writeFileSync(path, writeLayers(layers));
  await page.getByRole('button', { name: 'Open …' }).click();
  await page.getByLabel('Layer files').setInputFiles(path);
  await page.getByRole('tab', { name: `Layer ${count}`, exact: true }).waitFor();
}

/** From the request to the first cells on the screen, in milliseconds. */
async function firstPaint(page: Page, url: string): Promise<number> {
  await page.goto(`${url}/matrix`);
  await page.locator('.matrix-cell').first().waitFor();
  return page.evaluate(
    () =>
      new Promise<number>((done) =>
        requestAnimationFrame(() => setTimeout(() => done(performance.now()), 0)),
      ),
  );
}

interface Sample {
  readonly script: number;
  readonly style: number;
  readonly paint: number;
}

async function measure(page: Page, work: () => Promise<void>): Promise<Sample> {
  const events = await trace(page, async () => {
    await work();
    await settle(page);
  });
  return {
    script: timeOf(events, SCRIPT),
    style: timeOf(events, STYLE),
    paint: timeOf(events, PAINT),
  };
}

async function repeat(
  page: Page,
  acts: readonly (() => Promise<void>)[],
): Promise<readonly Sample[]> {
  const samples: Sample[] = [];
  for (let run = 0; run < RUNS + 2; run += 1) {
    const act = acts[run % acts.length];
    if (act === undefined) continue;
    const sample = await measure(page, act);
    // The first two compile the code.
    if (run >= 2) samples.push(sample);
  }
  return samples;
}

function row(label: string, samples: readonly Sample[]): string {
  const of = (pick: (sample: Sample) => number): string => median(samples.map(pick)).toFixed(1);
  const both = of(({ script, style }) => script + style);
  const whole = of(({ script, style, paint }) => script + style + paint);
  return `| ${label} | ${of((s) => s.script)} | ${of((s) => s.style)} | **${both}** | ${of((s) => s.paint)} | ${whole} |`;
}

// As text, since tsx gives inner functions names that a page does not know.
const COUNT_FRAMES = `new Promise((done) => {
  const gaps = [];
  let last = performance.now();
  const start = last;
  requestAnimationFrame(function step(now) {
    gaps.push(now - last);
    last = now;
    if (now - start < 2500) requestAnimationFrame(step);
    else done(gaps);
  });
})`;

/** Frames while the wheel turns: how many there were and how many came later than two frames of 60 a second. */
async function scroll(
  page: Page,
): Promise<{ readonly frames: number; readonly late: number; readonly worstMs: number }> {
  await page.mouse.move(700, 500);
  const counting = page.evaluate<number[]>(COUNT_FRAMES);
  for (let turn = 0; turn < 80; turn += 1) {
    await page.mouse.wheel(0, turn < 40 ? 60 : -60);
    await page.waitForTimeout(24);
  }
  const gaps = await counting;
  const late = gaps.filter((gap) => gap > 1000 / 30).length;
  return { frames: gaps.length, late, worstMs: Math.max(...gaps) };
}

const portolan = await openPortolan({ example: true });
try {
  const paints: number[] = [];
  for (let run = 0; run < 7; run += 1) {
    const page = await portolan.newPage();
    paints.push(await firstPaint(page, portolan.url));
    await page.context().close();
  }
  const page = await portolan.newPage();
  await firstPaint(page, portolan.url);
  await openLayers(page, LAYERS);
  await settle(page);
  const shown = await page.locator('.matrix-cell').count();
  // Two gradients, one a step after the other: undo and redo colour every cell anew.
  await page.getByRole('button', { name: 'Layer', exact: true }).click();
  await page.getByLabel('Preset').selectOption('redgreen');
  await page.getByRole('button', { name: 'Close the panel' }).click();
  await page.locator('.matrix-cell[tabindex="0"]').focus();
  const undo = (): Promise<void> => page.keyboard.press('Control+z');
  const redo = (): Promise<void> => page.keyboard.press('Control+y');
  const closed = await repeat(page, [undo, redo]);
  const scrolled = await scroll(page);

  await page.getByRole('button', { name: 'View' }).click();
  await page.getByRole('menuitem', { name: 'Open all' }).click();
  await settle(page);
  await page.getByRole('button', { name: 'Layer', exact: true }).click();
  await page.getByLabel('Preset').selectOption('bluered');
  await page.getByRole('button', { name: 'Close the panel' }).click();
  await page.locator('.matrix-cell[tabindex="0"]').focus();
  const all = await page.locator('.matrix-cell').count();
  const opened = await repeat(page, [undo, redo]);
  const scrolledAll = await scroll(page);
  const tabs = await repeat(page, [
    () => page.getByRole('tab', { name: 'Layer 2', exact: true }).click(),
    () => page.getByRole('tab', { name: 'Layer 3', exact: true }).click(),
  ]);

  console.log(
    '| ms of the main thread, median | script | style and layout | both | paint | whole frame |',
  );
  console.log('| --- | ---: | ---: | ---: | ---: | ---: |');
  console.log(row(`recolour, sub-techniques closed (${shown} cells)`, closed));
  console.log(row(`recolour, all open (${all} cells)`, opened));
  console.log(row(`go to another of ${LAYERS} layers`, tabs));
  console.log('');
  console.log(
    `First cells on the screen, from a warm server: ${median(paints).toFixed(0)} ms (median of ${paints.length}).`,
  );
  for (const [label, { frames, late, worstMs }] of [
    ['closed', scrolled],
    ['all open', scrolledAll],
  ] as const) {
    console.log(
      `Scrolling 2.5 s at ${LAYERS} layers, ${label}: ${frames} frames, ${late} later than 33 ms, worst ${worstMs.toFixed(0)} ms.`,
    );
  }
  console.log(`\n${environmentLine('Enterprise 19.1')}`);
} finally {
  await portolan.close();
}
process.exit(0);
