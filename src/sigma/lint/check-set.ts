import { isRecord } from '../../model/index.js';
import type { LintNote } from './lint-finding.js';
import { type LintSubject, show } from './lint-subject.js';

/** Where else something is: `rules/a.yml`. */
type Seen = Map<string, LintSubject>;

/** A finding about a document in the light of the others. */
export interface SetNote extends LintNote {
  readonly subject: LintSubject;
}

/** What only the whole set shows: ids, names, titles and detections that are there twice, references that lead nowhere. */
export function checkSet(subjects: readonly LintSubject[]): readonly SetNote[] {
  const notes: SetNote[] = [];
  const ids: Seen = new Map();
  const names: Seen = new Map();
  const titles: Seen = new Map();
  const detections: Seen = new Map();
  for (const subject of subjects) {
    const { document, kind } = subject;
    const twin = (seen: Seen, key: string | undefined): LintSubject | undefined => {
      const other = key === undefined ? undefined : seen.get(key);
      if (key !== undefined && other === undefined) seen.set(key, subject);
      return other;
    };
    const add = (code: LintNote['code'], message: string, rest: Pick<LintNote, 'fix' | 'path'>) =>
      notes.push({ subject, code, message, ...rest });
    const { id, name, title } = document;
    const sameId = twin(ids, textKey(id)?.toLowerCase());
    if (sameId !== undefined)
      add('ID_DUPLICATE', `the id is that of a rule in ${sameId.source}`, {
        fix: 'give one of them a new random UUID',
        path: ['id'],
      });
    const sameName = twin(names, textKey(name));
    if (sameName !== undefined)
      add('NAME_DUPLICATE', `the name is that of a rule in ${sameName.source}`, {
        fix: 'give one of them another name',
        path: ['name'],
      });
    const sameTitle = twin(titles, textKey(title)?.trim().toLowerCase());
    if (sameTitle !== undefined)
      add('TITLE_DUPLICATE', `the title is that of a rule in ${sameTitle.source}`, {
        fix: 'say in both titles what tells them apart',
        path: ['title'],
      });
    const sameDetection = twin(detections, kind === 'rule' ? detectionKey(document) : undefined);
    if (sameDetection !== undefined)
      add('DETECTION_DUPLICATE', `a rule in ${sameDetection.source} detects the same`, {
        fix: 'leave one of them out',
        path: ['detection'],
      });
  }
  return [...notes, ...checkReferences(subjects, { ids, names })];
}

function textKey(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}

function detectionKey({ logsource, detection }: LintSubject['document']): string | undefined {
  if (!isRecord(logsource) || !isRecord(detection)) return undefined;
  const { definition: _, ...source } = logsource;
  return stableText([source, detection]);
}

/** JSON with keys in order, so that two maps with the same entries give the same text. */
function stableText(value: unknown): string {
  return JSON.stringify(value, (_, one: unknown) =>
    typeof one === 'object' && one !== null && !Array.isArray(one)
      ? Object.fromEntries(Object.entries(one).sort(([a], [b]) => (a < b ? -1 : 1)))
      : one,
  );
}

function checkReferences(
  subjects: readonly LintSubject[],
  { ids, names }: { readonly ids: Seen; readonly names: Seen },
): readonly SetNote[] {
  return subjects.flatMap((subject) => {
    const { read } = subject;
    if (read === undefined || read.kind === 'rule' || read.rules === 'any') return [];
    return read.rules
      .filter((reference) => !names.has(reference) && !ids.has(reference.toLowerCase()))
      .map(
        (reference): SetNote => ({
          subject,
          code: 'REFERENCE_UNKNOWN',
          message: `${show(reference)} is the id or name of no rule among the files`,
          fix: 'check the folder that has the rule as well, or correct the reference',
          path: [read.kind, 'rules'],
        }),
      );
  });
}
