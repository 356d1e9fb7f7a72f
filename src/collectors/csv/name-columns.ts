/** What the columns of a table are. */
export interface CsvColumns {
  /** As the header has them; `Message` where the last has no name. */
  readonly names: readonly string[];
  /** Whether records may have one cell more than the header: Event Viewer's message. */
  readonly hasMessageColumn: boolean;
  /** Column → the name that the readers of flat records know it by. */
  readonly aliases: readonly (readonly [from: string, to: string])[];
  /** Text of the column that says when the event was. */
  timeOf(row: ReadonlyMap<string, string | string[]>): string | undefined;
}

// Event Viewer in English, German, French and Spanish; PowerShell's Get-WinEvent; Plaso; Hayabusa; Chainsaw; Splunk.
const ALIASES: Readonly<Record<string, string>> = {
  'event id': 'EventID',
  eventid: 'EventID',
  'ereignis-id': 'EventID',
  'id de l’événement': 'EventID',
  "id de l'événement": 'EventID',
  'id. del evento': 'EventID',
  event_identifier: 'EventID',
  'event.system.eventid': 'EventID',
  'event.system.provider': 'Provider_Name',
  'event.system.channel': 'Channel',
  'event.system.computer': 'Computer',
  'event source': 'Provider_Name',
  source_name: 'Provider_Name',
  providername: 'Provider_Name',
  quelle: 'Provider_Name',
  origen: 'Provider_Name',
  logname: 'Channel',
  'log name': 'Channel',
  computer_name: 'Computer',
  'computer name': 'Computer',
  machinename: 'Computer',
  'date and time': 'TimeCreated',
  'datum und uhrzeit': 'TimeCreated',
  'date et heure': 'TimeCreated',
  'fecha y hora': 'TimeCreated',
  datetime: 'TimeCreated',
};

// These mean something else in other tables.
const ALIASES_BESIDE: readonly (readonly [column: string, to: string, beside: string])[] = [
  ['source', 'Provider_Name', 'event id'],
  ['source', 'Provider_Name', "id de l'événement"],
  ['source', 'Provider_Name', 'id de l’événement'],
  ['id', 'EventID', 'providername'],
  ['id', 'EventID', 'logname'],
];

/** Columns that say when, the most telling first. */
const TIME_COLUMNS = [
  'timecreated',
  'systemtime',
  '@timestamp',
  'eventtime',
  'event.system.timecreated_attributes.systemtime',
  'date and time',
  'datum und uhrzeit',
  'date et heure',
  'fecha y hora',
  'datetime',
  'timegenerated',
  'creationtime',
  'timestamp',
  '_time',
  'time',
  'date',
  'ts',
];

export function nameColumns(header: readonly string[]): CsvColumns {
  const trimmed = header.map((cell) => cell.trim());
  const lower = trimmed.map((name) => name.toLowerCase());
  const isEventViewer =
    lower.some((name) => ALIASES[name] === 'EventID') && !lower.includes('message');
  const named = trimmed.map((name, index) => name || unnamed(index, isEventViewer));
  const names = isEventViewer && !named.includes('Message') ? [...named, 'Message'] : named;
  const find = (name: string): string | undefined => trimmed[lower.indexOf(name)];
  const date = find('date');
  const clock = find('time');
  return {
    names,
    hasMessageColumn: names.length > header.length,
    aliases: aliasesOf(trimmed, lower),
    timeOf(row) {
      const text = (name: string | undefined): string | undefined => {
        const cell = name === undefined ? undefined : row.get(name);
        return typeof cell === 'string' ? cell : undefined;
      };
      const [day, hour] = [text(date), text(clock)];
      if (day !== undefined && hour !== undefined && /^[\d:.,]+$/.test(hour.trim()))
        return `${day.trim()} ${hour.trim()} ${text(find('timezone')) ?? ''}`.trim();
      return TIME_COLUMNS.map(find)
        .map(text)
        .find((cell) => cell !== undefined);
    },
  };
}

function unnamed(index: number, isEventViewer: boolean): string {
  return isEventViewer ? 'Message' : `column ${index + 1}`;
}

function aliasesOf(
  names: readonly string[],
  lower: readonly string[],
): readonly (readonly [string, string])[] {
  const aliases: (readonly [string, string])[] = [];
  for (const [index, name] of names.entries()) {
    const key = lower[index] ?? '';
    const to = Object.hasOwn(ALIASES, key) ? ALIASES[key] : undefined;
    if (to !== undefined && to !== name) aliases.push([name, to]);
    for (const [column, other, beside] of ALIASES_BESIDE)
      if (column === key && lower.includes(beside)) aliases.push([name, other]);
  }
  return aliases;
}
