import type { ModifiedItem } from './operand.js';
import type { RegexFlags } from './regex/regex-node.js';

/** `i`, `m` and `s`: sets a flag of the regular expressions that `re` made. */
export function regexFlag(flag: keyof RegexFlags): (item: ModifiedItem) => ModifiedItem | string {
  return (item) => {
    const operands = item.values.flat();
    if (operands.some(({ kind }) => kind !== 'regex')) return 'i, m and s follow re';
    const values = item.values.map((alternatives) =>
      alternatives.map((operand) =>
        operand.kind === 'regex'
          ? { ...operand, flags: { ...operand.flags, [flag]: true } }
          : operand,
      ),
    );
    return { ...item, values };
  };
}
