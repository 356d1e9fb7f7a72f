/**
 * Types of values in BinXML.
 *
 * Source: MS-EVEN6, "Type System"; libevtx, EVTX format documentation, "Value types".
 */
export const VALUE_TYPE = {
  null: 0x00,
  string: 0x01,
  ansiString: 0x02,
  int8: 0x03,
  uint8: 0x04,
  int16: 0x05,
  uint16: 0x06,
  int32: 0x07,
  uint32: 0x08,
  int64: 0x09,
  uint64: 0x0a,
  float32: 0x0b,
  float64: 0x0c,
  boolean: 0x0d,
  binary: 0x0e,
  guid: 0x0f,
  sizeT: 0x10,
  filetime: 0x11,
  systemtime: 0x12,
  sid: 0x13,
  hexInt32: 0x14,
  hexInt64: 0x15,
  eventHandle: 0x20,
  binXml: 0x21,
  eventXml: 0x23,
} as const;

/** Set in a type: the value is an array of that type. */
export const ARRAY_FLAG = 0x80;

/** Bytes of one element of an array, for the types whose size is fixed. */
export const ELEMENT_BYTES: Readonly<Record<number, number>> = {
  [VALUE_TYPE.int8]: 1,
  [VALUE_TYPE.uint8]: 1,
  [VALUE_TYPE.int16]: 2,
  [VALUE_TYPE.uint16]: 2,
  [VALUE_TYPE.int32]: 4,
  [VALUE_TYPE.uint32]: 4,
  [VALUE_TYPE.int64]: 8,
  [VALUE_TYPE.uint64]: 8,
  [VALUE_TYPE.float32]: 4,
  [VALUE_TYPE.float64]: 8,
  [VALUE_TYPE.boolean]: 4,
  [VALUE_TYPE.guid]: 16,
  [VALUE_TYPE.sizeT]: 8,
  [VALUE_TYPE.filetime]: 8,
  [VALUE_TYPE.systemtime]: 16,
  [VALUE_TYPE.hexInt32]: 4,
  [VALUE_TYPE.hexInt64]: 8,
};

/** Tokens of BinXML, without the flag `more` (0x40). Source: MS-EVEN6, "BinXml". */
export const TOKEN = {
  endOfFragment: 0x00,
  openStartElement: 0x01,
  closeStartElement: 0x02,
  closeEmptyElement: 0x03,
  endElement: 0x04,
  value: 0x05,
  attribute: 0x06,
  cdata: 0x07,
  charRef: 0x08,
  entityRef: 0x09,
  piTarget: 0x0a,
  piText: 0x0b,
  templateInstance: 0x0c,
  normalSubstitution: 0x0d,
  optionalSubstitution: 0x0e,
  fragmentHeader: 0x0f,
} as const;
