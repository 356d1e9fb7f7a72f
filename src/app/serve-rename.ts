import type { Issue } from '../model/index.js';
import type { ClaimInput, EvidenceInput, Store } from '../store/index.js';
import type { StagedFile } from './serve-import.js';

/** What a path of the server's machine is called for people. */
export type Renamer = (text: string) => string;

/** Names of staged files, and of what lies in them, in place of their paths. */
export function createRenamer(files: readonly StagedFile[]): Renamer {
  const names = new Map(files.map(({ path, name }) => [path, name]));
  // Longest first: a folder may be the start of another's path.
  const paths = [...names.keys()].sort((a, b) => b.length - a.length);
  const known = new Map<string, string>();
  return (text) => {
    const found = known.get(text);
    if (found !== undefined) return found;
    const path = paths.find((one) => text.includes(one));
    const renamed = path === undefined ? text : text.replaceAll(path, names.get(path) ?? '');
    if (known.size > 10_000) known.clear();
    known.set(text, renamed);
    return renamed;
  };
}

export function renameIssue(issue: Issue, rename: Renamer): Issue {
  const { at, message } = issue;
  const source = at?.source;
  return {
    ...issue,
    message: rename(message),
    ...(source === undefined ? {} : { at: { ...at, source: rename(source) } }),
  };
}

/** A store that is told the names of files in place of their paths, and which job an import belongs to. */
export function renamingStore(store: Store, rename: Renamer, jobId: number): Store {
  const { imports } = store;
  const claims = new WeakMap<ClaimInput, ClaimInput>();
  const renameClaim = (claim: ClaimInput): ClaimInput => {
    // The store is fastest when the same claim is the same object.
    const known = claims.get(claim);
    if (known !== undefined) return known;
    const { subject, reference } = claim;
    const renamed = {
      ...claim,
      subject: { ...subject, name: rename(subject.name) },
      reference: { ...reference, title: rename(reference.title) },
    };
    claims.set(claim, renamed);
    return renamed;
  };
  const renameEvidence = (evidence: EvidenceInput): EvidenceInput => ({
    ...evidence,
    claim: renameClaim(evidence.claim),
    source: rename(evidence.source),
  });
  return {
    ...store,
    imports: {
      ...imports,
      begin: (input) =>
        imports.begin({
          ...input,
          name: rename(input.name),
          files: input.files.map((file) => ({ ...file, source: rename(file.source) })),
          options: { ...input.options, job: jobId },
        }),
      addBatch: (importId, batch) => imports.addBatch(importId, batch.map(renameEvidence)),
      addJointConfidences: (importId, joint) =>
        imports.addJointConfidences(
          importId,
          joint.map((one) => ({
            ...one,
            subject: { ...one.subject, name: rename(one.subject.name) },
          })),
        ),
      end: (importId, end) =>
        imports.end(importId, {
          ...end,
          issues: end.issues.map((issue) => renameIssue(issue, rename)),
          failure: end.failure === undefined ? undefined : rename(end.failure),
        }),
    },
  };
}
