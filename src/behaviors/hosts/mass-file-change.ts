import { burstBehavior, MINUTE_MS } from '../burst-behavior.js';
import type { Reading } from '../reading.js';
import { programName } from './read-process.js';

const FIELDS = [
  'Image',
  'TargetFilename',
  'ProcessName',
  'ObjectName',
  'AccessMask',
  'User',
  'SubjectUserName',
];
// What people keep; archives and databases too, as they are what extortion is about.
const DOCUMENT =
  /\.(docx?|xlsx?|pptx?|pdf|odt|ods|rtf|txt|csv|jpe?g|png|tiff?|mp[34]|mov|zip|rar|7z|bak|sql|mdb|accdb|pst|ost|vhdx?|vmdk|dwg|psd|mdf|ldf)$/;
// Extensions that ordinary programs append to a whole file name.
const ORDINARY =
  /^(gz|bz2|xz|zst|zip|7z|bak|old|orig|tmp|temp|part|partial|crdownload|download|lnk|log|lock|swp|md5|sha1|sha256|sig|asc|gpg|json|xml|html?|txt|csv|pdf|map|meta|cache|url|backup)$/;
const NOTE =
  /^[^\\/]{0,60}(recover|restore|decrypt|unlock|ransom|how[_ -]?to|your[_ -]?files|instruction)[^\\/]{0,60}\.(txt|html?|hta|rtf|md)$/;

const DELETE = 0x1_0000;

interface FileChange {
  readonly kind: 'written' | 'deleted';
  readonly path: string;
  readonly name: string;
  readonly folder: string;
  /** Host and program. */
  readonly actor: string;
}

function readFileChange(reading: Reading): FileChange | undefined {
  const { event, eventId, host } = reading;
  const isSecurity = reading.has('security');
  const path = reading.folded('TargetFilename', 'ObjectName');
  if (path === '' || (isSecurity && reading.folded('ObjectType') !== 'file')) return undefined;
  const access = Number(reading.text('AccessMask'));
  const isDeleted = isSecurity
    ? (access & DELETE) !== 0
    : eventId === 23 || eventId === 26 || event.logsource.categories.includes('file_delete');
  if (isSecurity && !isDeleted && (access & 0x2) === 0) return undefined;
  const name = path.split(/[\\/]/).at(-1) ?? '';
  const program = programName(reading.text('Image', 'ProcessName'));
  return {
    kind: isDeleted ? 'deleted' : 'written',
    path,
    name,
    folder: path.slice(0, path.length - name.length),
    actor: `${host}|${program}`,
  };
}

/** T1486 and T1485: files of people renamed alike, notes left everywhere, or everything deleted. */
export const massFileChange = burstBehavior(
  {
    name: 'mass-file-change',
    title: 'Files changed, marked or deleted in bulk',
    techniqueIds: ['T1485', 'T1486'],
    level: 'critical',
    watches:
      'Files written and deleted by one program on one host: Sysmon 11/23/26, Windows 4663, file events.',
    thresholds:
      '30 documents in 1 minute that get the same new extension behind their own (0.85); a note with the same telling name in 8 folders in 2 minutes (0.75); 100 documents deleted in 1 minute (0.45). Backups and packers append extensions that are known, and are left out.',
    falsePositives:
      'A program that encrypts for its user with an extension of its own; cleaning up an old project.',
    events: [
      { category: 'file_event' },
      { category: 'file_change' },
      { category: 'file_rename' },
      { category: 'file_delete' },
      { service: 'security', eventIds: [4663] },
    ],
  },
  [
    {
      threshold: 30,
      windowMs: MINUTE_MS,
      confidence: 0.85,
      fields: FIELDS,
      pick(reading) {
        const change = readFileChange(reading);
        if (change?.kind !== 'written') return undefined;
        const dot = change.name.lastIndexOf('.');
        const extension = change.name.slice(dot + 1);
        const isMarked =
          dot > 0 && DOCUMENT.test(change.name.slice(0, dot)) && !ORDINARY.test(extension);
        return isMarked ? { key: `${change.actor}|${extension}`, item: change.path } : undefined;
      },
      techniquesOf: () => ['T1486'],
      describe: ({ items }) => `${items.length} documents with the same new extension`,
    },
    {
      threshold: 8,
      windowMs: 2 * MINUTE_MS,
      confidence: 0.75,
      fields: FIELDS,
      pick(reading) {
        const change = readFileChange(reading);
        if (change?.kind !== 'written' || !NOTE.test(change.name)) return undefined;
        return { key: `${change.actor}|${change.name}`, item: change.folder };
      },
      techniquesOf: () => ['T1486'],
      describe: ({ items }) => `the same note in ${items.length} folders`,
    },
    {
      threshold: 100,
      windowMs: MINUTE_MS,
      confidence: 0.45,
      fields: FIELDS,
      pick(reading) {
        const change = readFileChange(reading);
        if (
          change?.kind !== 'deleted' ||
          !DOCUMENT.test(change.name) ||
          /\\(temp|tmp|cache)\\|\/tmp\//.test(change.path)
        )
          return undefined;
        return { key: change.actor, item: change.path };
      },
      techniquesOf: () => ['T1485'],
      describe: ({ items }) => `${items.length} documents deleted`,
    },
  ],
);
