import type { Issue } from '../../model/index.js';
import type { SigmaCorrelation, SigmaRule } from '../sigma-rule.js';

/** What a correlation counts: matches of a rule, or of another correlation. */
export type CorrelationInput = SigmaRule | SigmaCorrelation;

/** A correlation whose references are found. */
export interface LinkedCorrelation {
  readonly correlation: SigmaCorrelation;
  /** In the order of `rules`, each once. */
  readonly inputs: readonly CorrelationInput[];
  /** For each input, the fields that its events are grouped by; aliases are resolved. */
  readonly groupFields: readonly (readonly string[])[];
  /** Name or id, as the correlation writes it → place in `inputs`. */
  readonly placeOf: ReadonlyMap<string, number>;
  /** 1: only rules; 2: correlations of rules; at most 10. */
  readonly depth: number;
}

export interface LinkedCorrelations {
  /** Lower depth first, then in the order given. */
  readonly correlations: readonly LinkedCorrelation[];
  /** Rules and correlations that are read by a correlation and do not match by themselves. */
  readonly silent: ReadonlySet<CorrelationInput>;
  /** `RULE_INVALID` or `RULE_UNSUPPORTED` for each correlation that cannot run. */
  readonly issues: readonly Issue[];
}

const MAX_DEPTH = 10;
const MAX_INPUTS = 64;

/**
 * Finds what correlations refer to, by id or by name, in any order and from any file. One that refers to nothing, to itself in a
 * circle, or too deep, is refused; so is what is built on it.
 */
export function linkCorrelations(
  correlations: readonly SigmaCorrelation[],
  rules: Iterable<SigmaRule>,
): LinkedCorrelations {
  const linker = new Linker(correlations, rules);
  const linked = correlations.flatMap((one) => linker.link(one, []) ?? []);
  linked.sort((a, b) => a.depth - b.depth);
  const silent = new Set<CorrelationInput>();
  for (const { correlation, inputs } of linked)
    if (!correlation.generate) for (const input of inputs) silent.add(input);
  return { correlations: linked, silent, issues: linker.issues };
}

class Linker {
  readonly issues: Issue[] = [];
  private readonly byReference = new Map<string, CorrelationInput>();
  private readonly done = new Map<SigmaCorrelation, LinkedCorrelation | undefined>();

  constructor(correlations: readonly SigmaCorrelation[], rules: Iterable<SigmaRule>) {
    // The first that bears a name keeps it, rules before correlations.
    for (const input of [...rules, ...correlations])
      for (const reference of [input.id?.toLowerCase(), input.name])
        if (reference !== undefined && !this.byReference.has(reference))
          this.byReference.set(reference, input);
  }

  link(
    correlation: SigmaCorrelation,
    above: readonly SigmaCorrelation[],
  ): LinkedCorrelation | undefined {
    if (this.done.has(correlation)) return this.done.get(correlation);
    const linked = this.linkNew(correlation, above);
    const result = typeof linked === 'string' ? undefined : linked;
    if (typeof linked === 'string') this.refuse(correlation, linked);
    this.done.set(correlation, result);
    return result;
  }

  private refuse(correlation: SigmaCorrelation, reason: string): void {
    const message = `correlation "${correlation.title}" ${reason}`;
    this.issues.push({ kind: 'issue', code: 'RULE_INVALID', message, at: correlation.at });
  }

  private find(reference: string): CorrelationInput | undefined {
    return this.byReference.get(reference) ?? this.byReference.get(reference.toLowerCase());
  }

  private linkNew(
    correlation: SigmaCorrelation,
    above: readonly SigmaCorrelation[],
  ): LinkedCorrelation | string {
    if (above.length >= MAX_DEPTH) return `stands on over ${MAX_DEPTH} levels of correlations`;
    const inputs: CorrelationInput[] = [];
    const placeOf = new Map<string, number>();
    let depth = 1;
    for (const reference of correlation.rules) {
      const found = this.findInput(reference, [...above, correlation]);
      if (typeof found === 'string') return found;
      const { input } = found;
      depth = Math.max(depth, found.depth + 1);
      if (!inputs.includes(input)) inputs.push(input);
      placeOf.set(reference, inputs.indexOf(input));
    }
    if (inputs.length > MAX_INPUTS) return `refers to over ${MAX_INPUTS} rules`;
    const groupFields = this.groupFieldsOf(correlation, inputs);
    if (typeof groupFields === 'string') return groupFields;
    return { correlation, inputs, groupFields, placeOf, depth };
  }

  /** @param above the correlations that lead here, the last of which refers to it. */
  private findInput(
    reference: string,
    above: readonly SigmaCorrelation[],
  ): { readonly input: CorrelationInput; readonly depth: number } | string {
    const input = this.find(reference);
    if (input === undefined)
      return `refers to "${reference}", which is the id or name of no rule that can be used`;
    if (input.kind === 'rule') return { input, depth: 0 };
    if (above.includes(input)) return `refers to itself through "${reference}"`;
    const below = this.link(input, above);
    return below === undefined
      ? `refers to "${reference}", which cannot be used`
      : { input, depth: below.depth };
  }

  private groupFieldsOf(
    { groupBy, aliases }: SigmaCorrelation,
    inputs: readonly CorrelationInput[],
  ): string[][] | string {
    const resolved = new Map<string, ReadonlyMap<CorrelationInput, string>>();
    for (const [alias, fields] of Object.entries(aliases)) {
      const byInput = new Map<CorrelationInput, string>();
      for (const [reference, field] of Object.entries(fields)) {
        const input = this.find(reference);
        if (input === undefined || !inputs.includes(input))
          return `has an alias "${alias}" for "${reference}", which is not among its rules`;
        byInput.set(input, field);
      }
      resolved.set(alias, byInput);
    }
    // An alias that says nothing about a rule is that rule's own field of this name.
    return inputs.map((input) => groupBy.map((name) => resolved.get(name)?.get(input) ?? name));
  }
}
