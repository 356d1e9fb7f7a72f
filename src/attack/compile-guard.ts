import { z } from 'zod';

type Guard = (value: unknown) => boolean;

const isArrayOf =
  (isItem: Guard): Guard =>
  (value) =>
    Array.isArray(value) && value.every(isItem);

function objectGuard(shape: Readonly<Record<string, z.core.$ZodType>>): Guard {
  const fields = Object.entries(shape).map(([name, schema]) => ({
    name,
    isField: compileGuard(schema),
  }));
  return (value) => {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
    const record = value as Readonly<Record<string, unknown>>;
    for (const { name, isField } of fields) if (!isField(record[name])) return false;
    return true;
  };
}

/**
 * A check that says yes or no to what a zod schema accepts, without copying: zod makes a new object of every value, which
 * for a bundle of 25,000 objects takes longer than parsing it. Where the answer is no, zod says why.
 *
 * @throws Error for a kind of schema that is none of string, boolean, unknown, optional, array, (loose) object.
 */
export function compileGuard(schema: z.core.$ZodType): Guard {
  if (schema instanceof z.ZodString) return (value) => typeof value === 'string';
  if (schema instanceof z.ZodBoolean) return (value) => typeof value === 'boolean';
  if (schema instanceof z.ZodUnknown) return () => true;
  if (schema instanceof z.ZodOptional) {
    const isInner = compileGuard(schema.def.innerType);
    return (value) => value === undefined || isInner(value);
  }
  if (schema instanceof z.ZodArray) return isArrayOf(compileGuard(schema.def.element));
  if (schema instanceof z.ZodObject) return objectGuard(schema.def.shape);
  throw new Error(`no guard for a schema of type ${schema._zod.def.type}`);
}
