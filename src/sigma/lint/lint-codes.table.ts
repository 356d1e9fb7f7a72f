/** How much a finding matters: `error` keeps a rule from running or makes it wrong, `warning` most likely does, `note` is advice. */
export type LintSeverity = 'error' | 'warning' | 'note';

/** Every finding of `portolan rules check`. Compared with docs/reference/rule-checks.md by a test. */
export const LINT_CODES = {
  YAML_INVALID: { severity: 'error', meaning: 'the file is not YAML, or has a key twice' },
  DOCUMENT_UNKNOWN: {
    severity: 'error',
    meaning: 'the document has no detection, correlation or filter',
  },
  RULE_UNUSABLE: { severity: 'error', meaning: 'the rule cannot be run; the message says why' },
  COLLECTION_OLD: {
    severity: 'warning',
    meaning: '`action: global`, `repeat` and `reset` left Sigma with version 2',
  },
  AGGREGATION_OLD: {
    severity: 'error',
    meaning: '`| count()`, `| near` and other aggregations left Sigma with version 2',
  },
  TIMEFRAME_OLD: { severity: 'warning', meaning: '`timeframe` left Sigma with version 2' },
  TITLE_MISSING: { severity: 'error', meaning: 'a rule needs a title' },
  TITLE_TOO_LONG: { severity: 'warning', meaning: 'a title has at most 256 characters' },
  TITLE_DUPLICATE: { severity: 'warning', meaning: 'several rules have the same title' },
  ID_MISSING: { severity: 'note', meaning: 'without an id nothing can refer to the rule for good' },
  ID_INVALID: { severity: 'error', meaning: 'an id is a UUID' },
  ID_DUPLICATE: { severity: 'error', meaning: 'several rules have the same id' },
  NAME_DUPLICATE: {
    severity: 'error',
    meaning: 'several rules have the same name, so that a correlation cannot mean one',
  },
  DETECTION_DUPLICATE: {
    severity: 'warning',
    meaning: 'several rules have the same logsource and the same detection',
  },
  STATUS_INVALID: { severity: 'error', meaning: 'the status is none of the specification' },
  STATUS_MISSING: { severity: 'note', meaning: 'without a status the rule counts as `test`' },
  LEVEL_INVALID: { severity: 'error', meaning: 'the level is none of the specification' },
  LEVEL_MISSING: { severity: 'note', meaning: 'without a level the rule counts as `medium`' },
  DATE_INVALID: { severity: 'warning', meaning: 'a date is YYYY-MM-DD and in the calendar' },
  DATE_ORDER: { severity: 'warning', meaning: '`modified` is before `date`' },
  DESCRIPTION_MISSING: { severity: 'note', meaning: 'the rule does not say what it finds' },
  KEY_TYPE: { severity: 'error', meaning: 'a key has another type than the specification says' },
  KEY_MISSPELT: { severity: 'warning', meaning: 'a key resembles one of the specification' },
  RELATED_INVALID: {
    severity: 'warning',
    meaning: 'an entry of `related` needs a UUID and a known type',
  },
  REFERENCE_DUPLICATE: { severity: 'note', meaning: 'a reference is there twice' },
  LOGSOURCE_MISSING: {
    severity: 'error',
    meaning: 'a rule needs a logsource with a product, category or service',
  },
  LOGSOURCE_KEY: {
    severity: 'warning',
    meaning: 'a logsource has product, category, service and definition; the rest says nothing',
  },
  LOGSOURCE_UNKNOWN: {
    severity: 'warning',
    meaning: 'the logsource is none of the taxonomy or of SigmaHQ',
  },
  LOGSOURCE_TOO_SPECIFIC: {
    severity: 'note',
    meaning: 'a Sysmon event id is asked for where a category says the same for every product',
  },
  CONDITION_MISSING: { severity: 'error', meaning: 'a detection needs a condition' },
  CONDITION_INVALID: { severity: 'error', meaning: 'the condition cannot be read' },
  SELECTION_UNDEFINED: {
    severity: 'error',
    meaning: 'the condition names a selection that is not there',
  },
  SELECTION_UNUSED: { severity: 'warning', meaning: 'no condition uses the selection' },
  SELECTION_INVALID: { severity: 'error', meaning: 'the selection cannot be read' },
  THEM_SINGLE: { severity: 'note', meaning: '`of them` stands for one selection only' },
  MODIFIER_UNKNOWN: { severity: 'error', meaning: 'no modifier has this name' },
  MODIFIER_MISUSED: { severity: 'error', meaning: 'the modifier does not fit the value' },
  MODIFIER_REPEATED: { severity: 'warning', meaning: 'a modifier is there twice' },
  MODIFIER_ALL_SINGLE: { severity: 'note', meaning: '`all` with one value says nothing' },
  MODIFIER_ALL_EQUALS: {
    severity: 'warning',
    meaning: 'a field cannot be equal to several different values',
  },
  MODIFIER_OFFSET_EQUALS: {
    severity: 'warning',
    meaning: '`base64offset` finds parts of encoded text, so it needs `contains`',
  },
  PLACEHOLDER_USED: {
    severity: 'note',
    meaning: 'the rule runs only where its placeholders have values',
  },
  VALUE_ANY: { severity: 'note', meaning: '`*` alone asks only whether the field has a value' },
  VALUE_WILDCARD_PLAIN: {
    severity: 'note',
    meaning: 'a wildcard at an end is better written as a modifier',
  },
  VALUE_WILDCARD_REDUNDANT: {
    severity: 'warning',
    meaning: 'the modifier leaves this end open already',
  },
  VALUE_WILDCARD_DOUBLE: { severity: 'warning', meaning: 'several `*` in a row are one' },
  VALUE_WILDCARD_ESCAPED: {
    severity: 'note',
    meaning: 'an escaped wildcard is the character itself; `\\\\*` is a backslash and a wildcard',
  },
  VALUE_EMPTY: { severity: 'warning', meaning: 'every text contains the empty text' },
  VALUE_DUPLICATE: { severity: 'note', meaning: 'a value is there twice' },
  VALUE_CONTROL_CHARACTER: {
    severity: 'warning',
    meaning: 'a value has a control character, mostly from an escape in double quotes',
  },
  REGEX_UNSUPPORTED: {
    severity: 'error',
    meaning: 'the expression cannot be read, or has no match in linear time',
  },
  REGEX_BACKTRACKS: {
    severity: 'warning',
    meaning: 'the expression is matched in linear time here and can hang engines that backtrack',
  },
  TAG_FORM: { severity: 'error', meaning: 'a tag is a namespace, a dot and a name in lower case' },
  TAG_NAMESPACE: { severity: 'warning', meaning: 'the namespace is none of the specification' },
  TAG_NAME: { severity: 'warning', meaning: 'the name is not of the form that its namespace has' },
  TAG_DUPLICATE: { severity: 'warning', meaning: 'a tag is there twice' },
  ATTACK_UNKNOWN: { severity: 'error', meaning: 'no version of ATT&CK has this id or tactic' },
  ATTACK_OTHER_VERSION: {
    severity: 'warning',
    meaning: 'the id or tactic is of another version of ATT&CK than the tags of the set',
  },
  ATTACK_REVOKED: { severity: 'warning', meaning: 'ATT&CK has revoked the technique' },
  ATTACK_DEPRECATED: { severity: 'warning', meaning: 'ATT&CK has deprecated the technique' },
  ATTACK_TACTIC_MISSING: {
    severity: 'note',
    meaning: 'no tactic of a technique is tagged',
  },
  ATTACK_TACTIC_MISMATCH: {
    severity: 'note',
    meaning: 'a tactic is tagged that no technique of the rule has',
  },
  ATTACK_MISSING: { severity: 'note', meaning: 'the rule names no technique' },
  REFERENCE_UNKNOWN: {
    severity: 'error',
    meaning: 'a correlation or filter refers to a rule that is not among the files',
  },
} as const satisfies Record<string, { severity: LintSeverity; meaning: string }>;

export type LintCode = keyof typeof LINT_CODES;
