import type { ReactNode } from 'react';
import {
  DEFAULT_RENDER_OPTIONS,
  FONT_FAMILIES,
  type GivenRenderOptions,
  LAYOUTS,
  PAGE_SIZES,
  PAGE_UNITS,
  SECOND_CHANNELS,
  SUBTECHNIQUE_CHOICES,
} from '../../../src/exporters/index.js';
import type { FileFormat } from './render-file.js';

interface ExportOptionsProps {
  readonly format: FileFormat;
  readonly options: GivenRenderOptions;
  readonly onChange: (options: GivenRenderOptions) => void;
}

type Name = keyof GivenRenderOptions;

const CHOICES: readonly {
  readonly name: Name;
  readonly label: string;
  readonly values: readonly string[];
  readonly unset?: string;
}[] = [
  { name: 'size', label: 'Sheet', values: PAGE_SIZES },
  { name: 'orientation', label: 'Orientation', values: ['landscape', 'portrait'] },
  { name: 'unit', label: 'Unit', values: PAGE_UNITS },
  { name: 'theme', label: 'Colours', values: ['light', 'dark'] },
  { name: 'font', label: 'Font', values: FONT_FAMILIES },
  { name: 'layout', label: 'Layout', values: LAYOUTS, unset: 'as the layer says' },
  { name: 'subtechniques', label: 'Sub-techniques', values: SUBTECHNIQUE_CHOICES },
  { name: 'secondChannel', label: 'Second sign of the score', values: SECOND_CHANNELS },
];

const NUMBERS: readonly (readonly [Name, string])[] = [
  ['width', 'Width (custom)'],
  ['height', 'Height (custom)'],
  ['headerHeight', 'Height of the header'],
  ['fontSize', 'Size of the text, pt'],
  ['bands', 'Steps of the second sign'],
  ['scale', 'PNG: pixels per pixel'],
];

const FLAGS: readonly (readonly [Name, string])[] = [
  ['showHeader', 'Header'],
  ['showAbout', 'Name and description'],
  ['showDomain', 'Domain and version'],
  ['showFilters', 'Platforms'],
  ['showLegend', 'Legend'],
  ['showGradient', 'Scale of scores'],
  ['showScore', 'Scores in the cells'],
  ['showId', 'IDs'],
  ['showName', 'Names'],
  ['showTooltips', 'Tooltips'],
];

const WITHOUT_UNSET = (options: GivenRenderOptions, name: Name): GivenRenderOptions =>
  Object.fromEntries(Object.entries(options).filter(([each]) => each !== name));

/** The options of drawings; of JSON, whether hidden techniques are left out. */
export function ExportOptions({ format, options, onChange }: ExportOptionsProps): ReactNode {
  const set = (name: Name, value: string | number | boolean | undefined): void =>
    onChange(
      value === undefined || value === ''
        ? WITHOUT_UNSET(options, name)
        : { ...options, [name]: value },
    );
  if (format === 'json') {
    return (
      <label className="check">
        <input
          type="checkbox"
          checked={options.visibleOnly ?? false}
          onChange={(event) => set('visibleOnly', event.target.checked)}
        />
        Leave out techniques that the filters of the layer hide
      </label>
    );
  }
  if (format === 'csv' || format === 'markdown') return null;
  return (
    <details className="options" open={format !== 'xlsx'}>
      <summary>Options of the drawing</summary>
      <div className="option-grid">
        {CHOICES.map(({ name, label, values, unset }) => (
          <label key={name} className="field">
            <span>{label}</span>
            <select
              value={String(
                options[name] ?? (unset === undefined ? DEFAULT_RENDER_OPTIONS[name] : ''),
              )}
              onChange={(event) => set(name, event.target.value)}
            >
              {unset === undefined ? null : <option value="">{unset}</option>}
              {values.map((value) => (
                <option key={value} value={value}>
                  {value}
                </option>
              ))}
            </select>
          </label>
        ))}
        {NUMBERS.map(([name, label]) => (
          <label key={name} className="field">
            <span>{label}</span>
            <input
              type="number"
              step="any"
              min={0}
              placeholder={String(DEFAULT_RENDER_OPTIONS[name] ?? 'fits')}
              value={String(options[name] ?? '')}
              onChange={(event) =>
                set(name, event.target.value === '' ? undefined : Number(event.target.value))
              }
            />
          </label>
        ))}
        <label className="field">
          <span>Edge of cells, #rrggbb</span>
          <input
            value={options.borderColor ?? ''}
            placeholder="of the theme"
            onChange={(event) => set('borderColor', event.target.value)}
          />
        </label>
        <LegendPlaceField options={options} onChange={onChange} />
      </div>
      <div className="option-flags">
        {FLAGS.map(([name, label]) => (
          <label key={name} className="check">
            <input
              type="checkbox"
              checked={Boolean(
                options[name] ?? DEFAULT_RENDER_OPTIONS[name] ?? name === 'showName',
              )}
              onChange={(event) => set(name, event.target.checked)}
            />
            {label}
          </label>
        ))}
      </div>
    </details>
  );
}

/** `x, y, width, height` of a legend that is not in the header. */
function LegendPlaceField({
  options,
  onChange,
}: Pick<ExportOptionsProps, 'options' | 'onChange'>): ReactNode {
  const { legend } = options;
  const text =
    typeof legend === 'object' ? [legend.x, legend.y, legend.width, legend.height].join(', ') : '';
  const read = (value: string): void => {
    const numbers = value.split(/[\s,;]+/).map(Number);
    const [x, y, width, height] = numbers;
    const isWhole =
      x !== undefined && y !== undefined && width !== undefined && height !== undefined;
    if (!isWhole || numbers.some((each) => !Number.isFinite(each))) {
      onChange(WITHOUT_UNSET(options, 'legend'));
    } else onChange({ ...options, legend: { x, y, width, height } });
  };
  return (
    <label className="field">
      <span>Legend at x, y, width, height</span>
      <input
        defaultValue={text}
        placeholder="in the header"
        onBlur={(event) => read(event.target.value)}
      />
    </label>
  );
}
