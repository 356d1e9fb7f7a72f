import {
  addPrefix,
  addSuffix,
  dropItems,
  failUnmapped,
  mapFields,
  mapPrefixes,
} from './field-transformations.js';
import type { ParamReader } from './param-reader.js';
import type { PipelineItem, Transformation } from './pipeline.js';
import { PipelineUnsupported } from './pipeline-failure.js';
import {
  addCondition,
  addFields,
  changeLogsource,
  failItem,
  failRule,
  nestItems,
  removeFields,
  setAttribute,
  setFields,
  setState,
} from './rule-transformations.js';
import { extractFields, splitHashes } from './split-transformations.js';
import {
  changeCase,
  convertType,
  mapString,
  placeholdersToValues,
  placeholdersToWildcards,
  replaceString,
  setValue,
  textToRegex,
} from './value-transformations.js';

export type ParseItems = (
  list: readonly unknown[],
  path: readonly (string | number)[],
) => readonly PipelineItem[];

type CreateTransformation = (params: ParamReader, parseItems: ParseItems) => Transformation;

/** Every transformation that pySigma's YAML has, by its type. */
export const TRANSFORMATIONS: ReadonlyMap<string, CreateTransformation> = new Map<
  string,
  CreateTransformation
>([
  ['field_name_mapping', mapFields],
  ['field_name_prefix_mapping', mapPrefixes],
  ['field_name_transform', unsupported('needs a function of Python')],
  ['field_name_prefix', addPrefix],
  ['field_name_suffix', addSuffix],
  ['drop_detection_item', dropItems],
  ['hashes_fields', splitHashes],
  ['extract_fields', extractFields],
  ['wildcard_placeholders', placeholdersToWildcards],
  ['value_placeholders', placeholdersToValues],
  ['query_expression_placeholders', unsupported('is about the text of queries')],
  ['file_placeholders', unsupported('reads other files; give them with --placeholders')],
  ['http_placeholders', unsupported('reads the network; give values with --placeholders')],
  ['command_placeholders', unsupported('runs a command; give values with --placeholders')],
  ['add_condition', addCondition],
  ['change_logsource', changeLogsource],
  ['add_field', addFields],
  ['remove_field', removeFields],
  ['set_field', setFields],
  ['replace_string', replaceString],
  ['map_string', mapString],
  ['set_state', setState],
  ['regex', textToRegex],
  ['set_value', setValue],
  ['convert_type', convertType],
  ['case', changeCase],
  ['rule_failure', failRule],
  ['detection_item_failure', failItem],
  ['strict_field_mapping_failure', failUnmapped],
  ['set_custom_attribute', setAttribute],
  ['nest', nestItems],
]);

function unsupported(reason: string): CreateTransformation {
  return (params) => {
    throw new PipelineUnsupported(reason, params.path);
  };
}
