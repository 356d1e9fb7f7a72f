import { atPosition } from '../modifiers.js';
import type { ParamReader } from './param-reader.js';
import type { Transformation, TransformContext } from './pipeline.js';
import { PipelineFailure } from './pipeline-failure.js';
import {
  changeItems,
  itemsOf,
  likeItem,
  type RuleWork,
  type WorkItem,
  type WorkNode,
} from './rule-work.js';
import { referencedField, type WorkValue } from './work-value.js';

/** What a field becomes: undefined leaves it, a list stands for each of its names. */
export type FieldNaming = (field: string | undefined) => string | readonly string[] | undefined;

/** `field_name_mapping` */
export function mapFields(params: ParamReader): Transformation {
  const mapping = params.mapping('mapping');
  return renameFields((field) => (field === undefined ? undefined : mapping.get(field)));
}

/** `field_name_prefix_mapping` */
export function mapPrefixes(params: ParamReader): Transformation {
  const mapping = params.mapping('mapping');
  return renameFields((field) => {
    if (field === undefined) return undefined;
    for (const [prefix, target] of mapping) {
      if (!field.startsWith(prefix)) continue;
      const rest = field.slice(prefix.length);
      return typeof target === 'string' ? target + rest : target.map((one) => one + rest);
    }
    return undefined;
  });
}

/** `field_name_prefix` */
export function addPrefix(params: ParamReader): Transformation {
  const prefix = params.text('prefix');
  return renameFields((field) => (field === undefined ? undefined : prefix + field));
}

/** `field_name_suffix` */
export function addSuffix(params: ParamReader): Transformation {
  const suffix = params.text('suffix');
  return renameFields((field) => (field === undefined ? undefined : field + suffix));
}

/** Renames fields wherever a rule or correlation has them: items, field references, `fields`, group-by, aliases, condition. */
function renameFields(naming: FieldNaming): Transformation {
  return (work, context) => {
    const names = (field: string): readonly string[] => namesFor(field, naming, { work, context });
    work.fields = work.fields.flatMap(names);
    renameInCorrelation(work, names);
    changeItems(work, (item) => renameItem(item, naming, { work, context }));
  };
}

interface Place {
  readonly work: RuleWork;
  readonly context: TransformContext;
}

function namesFor(field: string, naming: FieldNaming, { work, context }: Place): readonly string[] {
  const target = naming(field);
  if (target === undefined || !context.item.fieldHolds(field, work)) return [field];
  const names = typeof target === 'string' ? [target] : target;
  trackField(work, { field, names, id: context.item.id });
  return names;
}

/** Notes which pipeline items a field's name has gone through. */
function trackField(
  work: RuleWork,
  {
    field,
    names,
    id,
  }: { readonly field: string; readonly names: readonly string[]; readonly id: string },
): void {
  if (names.length === 1 && names[0] === field) return;
  const applied = work.fieldApplied.get(field) ?? new Set<string>();
  applied.add(id);
  work.fieldApplied.delete(field);
  for (const name of names) work.fieldApplied.set(name, new Set(applied));
}

function renameInCorrelation(work: RuleWork, names: (field: string) => readonly string[]): void {
  if (work.rule.kind !== 'correlation') return;
  const only = (field: string): string => {
    const [name, ...more] = names(field);
    if (name === undefined || more.length > 0)
      throw new PipelineFailure(`field "${field}" of a correlation needs one name`, [
        'correlation',
      ]);
    return name;
  };
  work.aliases = Object.fromEntries(
    Object.entries(work.aliases).map(([alias, fields]) => [
      alias,
      Object.fromEntries(Object.entries(fields).map(([rule, field]) => [rule, only(field)])),
    ]),
  );
  work.groupBy = work.groupBy.flatMap((name) =>
    Object.hasOwn(work.aliases, name) ? [name] : names(name),
  );
  work.conditionFields = work.conditionFields.map(only);
}

function renameItem(item: WorkItem, naming: FieldNaming, place: Place): WorkNode {
  const { work, context } = place;
  if (!context.item.itemHolds(item, work)) return item;
  const before = item.values;
  item.values = before.flatMap((value) => renameReference(value, naming, place));
  const target = naming(item.field);
  const isMapped = target !== undefined && context.item.fieldHolds(item.field, work);
  if (
    isMapped ||
    item.values.length !== before.length ||
    item.values.some((value, index) => value !== before[index])
  )
    item.applied.add(context.item.id);
  if (!isMapped) return item;
  const names = typeof target === 'string' ? [target] : target;
  work.mapped.add(item.field);
  for (const name of names) work.mapped.add(name);
  // What was looked for anywhere in an event is looked for anywhere in the field.
  if (item.field === undefined) item.values = item.values.map(openEnds);
  const parts = names.map((field) => likeItem(item, { field }));
  const [only] = parts;
  return only !== undefined && typeof target === 'string' ? only : { kind: 'any-of', parts };
}

function renameReference(
  value: WorkValue,
  naming: FieldNaming,
  { work, context }: Place,
): readonly WorkValue[] {
  const field = referencedField(value);
  if (field === undefined || value.kind !== 'opaque' || !context.item.fieldHolds(field, work))
    return [value];
  const names = namesFor(field, naming, { work, context });
  return names.length === 1 && names[0] === field
    ? [value]
    : names.map((name) => ({ ...value, value: name }));
}

function openEnds(value: WorkValue): WorkValue {
  return value.kind === 'text'
    ? { kind: 'text', pattern: atPosition(value.pattern, 'contains') }
    : value;
}

/** `drop_detection_item` */
export function dropItems(): Transformation {
  return (work, { item: pipelineItem }) =>
    changeItems(work, (item) => (pipelineItem.itemHolds(item, work) ? undefined : item));
}

/** `strict_field_mapping_failure` */
export function failUnmapped(): Transformation {
  return (work) => {
    const fields = new Set(itemsOf(work).flatMap(({ field }) => field ?? []));
    const unmapped = [...fields].filter((field) => !work.mapped.has(field));
    if (unmapped.length > 0)
      throw new PipelineFailure(`the pipeline maps no field ${unmapped.join(', ')}`);
  };
}
