/** Exit codes of every verb. Source: docs/reference/exit-codes.md, compared by a test. */
export const EXIT_CODES = {
  ran: 0,
  internal: 1,
  usage: 2,
  nothingReadable: 3,
  stopped: 130,
} as const;

/** Codes of `AppError`: meaning and the exit code that the CLI ends with. */
export const ERROR_CODES = {
  INTERNAL: { exitCode: 1, meaning: 'a fault in Portolan itself; please report it' },
  USAGE: { exitCode: 2, meaning: 'the command line, or an argument of a library call, is wrong' },
  NOT_FOUND: { exitCode: 2, meaning: 'the named ATT&CK object, version or domain is not known' },
  SOURCE_UNREADABLE: {
    exitCode: 3,
    meaning: 'a file or folder cannot be read or holds nothing usable',
  },
  OUTPUT_UNWRITABLE: { exitCode: 1, meaning: 'a result cannot be written where it was asked for' },
  DOWNLOAD_FAILED: {
    exitCode: 3,
    meaning: 'a download did not arrive whole; what was there before is kept',
  },
  STORE_UNAVAILABLE: {
    exitCode: 3,
    meaning: 'the database of a workspace cannot be reached, is damaged, or is busy for too long',
  },
  STORE_NEWER: {
    exitCode: 3,
    meaning: 'a database or backup was made by a newer Portolan; nothing was changed',
  },
  CONFLICT: {
    exitCode: 2,
    meaning:
      'what was asked for does not fit what is there: it exists already or has changed since',
  },
} as const satisfies Record<string, { exitCode: number; meaning: string }>;

/** Codes of `Issue`: what is wrong with the input. */
export const ISSUE_CODES = {
  JSON_INVALID: 'the text is not JSON, or not the kind of JSON value that was wanted',
  JSON_TOO_DEEP: 'the JSON is nested deeper than 500 levels',
  INPUT_TOO_LARGE: 'the input is larger than the limit named in the message',
  GZIP_DAMAGED: 'the gzip data is cut off or damaged',
  STIX_OBJECT_INVALID: 'a STIX object lacks what every object of its type has; it is skipped',
  STIX_TYPE_SKIPPED: 'objects of a type that Portolan has no use for; counted once per type',
  STIX_DUPLICATE_ID: 'two objects share a STIX id; the one modified last is kept',
  STIX_DANGLING_REF:
    'a relationship or reference points at an object that is not there; it is skipped',
  ATTACK_CYCLE: 'subtechnique-of or revoked-by runs in a circle; the link that closes it is cut',
  CATALOGUE_INVALID: 'a line of a catalogue file is not of its form; it is skipped',
  VERSION_MISLABELLED: 'the ATT&CK version that the input names does not fit the ids in it',
  VERSION_APPROXIMATE: 'the ATT&CK version asked for is not shipped; the nearest was used',
  TECHNIQUE_UNKNOWN: 'an id is in no shipped ATT&CK version',
  ATTACK_ID_RETIRED:
    'an id that a report names is deprecated in ATT&CK and nothing takes its place; no technique is made of it',
  ATTACK_ID_OTHER_DOMAIN:
    'an id that a report names is of another ATT&CK domain than the one it is read against',
  LAYER_INVALID: 'the document is no Navigator layer',
  LAYER_FIELD: 'a field of a layer is not of its type; it is kept as it is and not used',
  LAYER_LEFT_OUT: 'a file holds several layers where one is wanted; the first is taken',
  LAYER_EXPRESSION: 'a score expression cannot be read',
  ENTRY_NOT_DRAWN:
    'an entry of a layer has no cell in the ATT&CK version that it is drawn on; it is listed beside the matrix',
  RENDER_OVERFLOW: 'something does not fit the page that was asked for, or is too small to read',
  RULE_INVALID: 'a Sigma rule breaks the specification; it is skipped',
  RULE_UNSUPPORTED: 'a Sigma rule needs something that Portolan does not do; it is skipped',
  CORRELATION_INCOMPLETE:
    'a correlation could not use every match of its rules; the message says which and why',
  PIPELINE_INVALID: 'a processing pipeline or an item of it cannot be read; it is not applied',
  PIPELINE_UNSUPPORTED:
    'an item of a processing pipeline has no meaning where rules are matched; it is not applied',
  FILE_UNREADABLE: 'a file or folder cannot be read; it is skipped',
  READING_FAILED:
    'a fault in Portolan itself ended the reading of a file; what was read before is kept; please report it',
  LOG_UNRECOGNISED: 'a file holds no log of a format that a collector reads; it is skipped',
  LOG_UNCOVERED: 'no loaded rule is about any event of a file',
  EVTX_DAMAGED: 'a part of a Windows event log is damaged; what can be read of it is kept',
  XML_INVALID: 'an event in XML is cut off or damaged; it is skipped',
  CSV_INVALID: 'a record of a CSV file is damaged, or has more or fewer cells than the header',
  TIME_ASSUMED: 'times of a log have no year or no zone; the message says what was taken instead',
  ARCHIVE_DAMAGED: 'an archive or a member of it is cut off or damaged; the rest is read',
  ARCHIVE_UNSUPPORTED:
    'an archive or a member of it is encrypted or packed in a way that is not read',
  EVENT_INVALID: 'a record is no event, or holds more fields than are read',
  REVIEW_INVALID: 'a line of a file of reviews is not of its form; it is skipped',
  SECOND_READER:
    'an answer of the second reader was refused or did not come; what it was asked about stays in review',
  MODEL_INVALID: 'bytes are no model of reports, or a damaged one',
  TEXT_NOT_UTF8: 'bytes are not UTF-8; they were read as the replacement character',
  TEXT_ENCODING_ASSUMED:
    'a text is not UTF-8 and does not say what it is; the message says what it was read as',
  REPORT_UNRECOGNISED: 'a file is of no format that reports are read from; it is skipped',
  REPORT_DAMAGED: 'a report is cut off or damaged; what can be read of it is kept',
  REPORT_ENCRYPTED: 'a report asks for a password; it is not read',
  REPORT_NO_TEXT: 'a report, or pages of it, hold pictures instead of text, as a scan does',
  REPORT_TRUNCATED: 'only a part of a report was read; the message says what was not, and why',
  ADDRESS_REFUSED: 'a URL leads to an address that is not public, or is none that is fetched',
  FETCH_FAILED: 'a URL could not be fetched; the message says why',
  WORKSPACE_INVALID: 'an entry of portolan.yaml is not of its form; it is not used',
  BACKUP_DAMAGED: 'a backup of a workspace is cut off, damaged or not of our making',
} as const satisfies Record<string, string>;

export type ErrorCode = keyof typeof ERROR_CODES;
export type IssueCode = keyof typeof ISSUE_CODES;
