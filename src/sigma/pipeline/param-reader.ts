import { isRecord } from '../../model/index.js';
import { PipelineFailure } from './pipeline-failure.js';

type Path = readonly (string | number)[];

/** Reads the parameters of a transformation or condition and complains of what is missing, wrong or unknown. */
export class ParamReader {
  readonly path: Path;
  private readonly params: Readonly<Record<string, unknown>>;
  private readonly read = new Set<string>();

  /** @param ignored keys that are no parameters. */
  constructor(params: Readonly<Record<string, unknown>>, path: Path, ignored: Iterable<string>) {
    this.params = params;
    this.path = path;
    for (const key of ignored) this.read.add(key);
  }

  fail(key: string, wanted: string): never {
    throw new PipelineFailure(`${key}: expected ${wanted}`, [...this.path, key]);
  }

  has(key: string): boolean {
    return this.params[key] !== undefined;
  }

  value(key: string): unknown {
    this.read.add(key);
    return this.params[key];
  }

  optionalText(key: string): string | undefined {
    const value = this.value(key);
    if (value === undefined || value === null) return undefined;
    return typeof value === 'string' ? value : this.fail(key, 'a text');
  }

  text(key: string): string {
    return this.optionalText(key) ?? this.fail(key, 'a text');
  }

  flag(key: string): boolean {
    const value = this.value(key) ?? false;
    return typeof value === 'boolean' ? value : this.fail(key, 'true or false');
  }

  oneOf<T extends string>(key: string, words: readonly T[], fallback?: T): T {
    const value = this.value(key) ?? fallback;
    return words.find((word) => word === value) ?? this.fail(key, words.join(' or '));
  }

  scalar(key: string): string | number | boolean | null {
    if (!this.has(key)) this.fail(key, 'a value');
    const value = this.value(key);
    if (value === null) return null;
    if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean')
      return value;
    return this.fail(key, 'a text, a number, true or false');
  }

  texts(key: string): readonly string[] {
    const value: unknown = this.value(key);
    const list: readonly unknown[] = Array.isArray(value) ? value : [value];
    const texts = list.filter((one) => typeof one === 'string');
    return texts.length === list.length ? texts : this.fail(key, 'a text or a list of texts');
  }

  optionalTexts(key: string): readonly string[] | undefined {
    return this.has(key) ? this.texts(key) : undefined;
  }

  /** A map of names to one or several texts; a list that is empty stands for none. */
  mapping(key: string): ReadonlyMap<string, string | readonly string[]> {
    const value = this.value(key);
    if (!isRecord(value)) return this.fail(key, 'a map');
    const mapping = new Map<string, string | readonly string[]>();
    for (const [name, target] of Object.entries(value)) {
      const list: readonly unknown[] = Array.isArray(target) ? target : [target];
      const texts = list.filter((one) => typeof one === 'string');
      if (texts.length !== list.length) this.fail(key, `a text or a list of texts for "${name}"`);
      mapping.set(name, typeof target === 'string' ? target : texts);
    }
    return mapping;
  }

  record(key: string): Readonly<Record<string, unknown>> {
    const value = this.value(key);
    return isRecord(value) ? value : this.fail(key, 'a map');
  }

  list(key: string): readonly unknown[] {
    const value: unknown = this.value(key);
    return Array.isArray(value) ? value : this.fail(key, 'a list');
  }

  /** Complains of parameters that nothing has read. */
  done(): void {
    for (const key of Object.keys(this.params))
      if (!this.read.has(key))
        throw new PipelineFailure(`unknown parameter "${key}"`, [...this.path, key]);
  }
}
