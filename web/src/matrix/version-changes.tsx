import type { ReactNode } from 'react';
import type { DiffObject, VersionDiff } from '../../../src/attack/lookup.js';

const MAX_LINES = 40;

const nameOf = ({ attackId, name, parentName }: DiffObject): string =>
  `${attackId ?? ''} ${parentName === undefined ? '' : `${parentName}: `}${name}`.trim();

function Section({
  title,
  lines,
}: {
  readonly title: string;
  readonly lines: readonly string[];
}): ReactNode {
  if (lines.length === 0) return null;
  return (
    <details>
      <summary>
        {lines.length} {title}
      </summary>
      <ul className="issue-list">
        {lines.slice(0, MAX_LINES).map((line) => (
          <li key={line}>{line}</li>
        ))}
      </ul>
      {lines.length > MAX_LINES ? <p className="muted">{lines.length - MAX_LINES} more.</p> : null}
    </details>
  );
}

/** What changed in techniques and tactics from one version of ATT&CK to another. */
export function VersionChanges({ diff }: { readonly diff: VersionDiff }): ReactNode {
  return (
    <section className="stack tight">
      <h3>
        From {diff.from.version} to {diff.to.version}
      </h3>
      <Section title="new" lines={diff.added.map(nameOf)} />
      <Section
        title="revoked"
        lines={diff.revoked.map(
          ({ object, successors }) =>
            `${nameOf(object)}, now ${successors.map(nameOf).join(', ') || 'nothing'}`,
        )}
      />
      <Section title="deprecated" lines={diff.deprecated.map(nameOf)} />
      <Section title="renamed" lines={diff.renamed.map(({ from, to }) => `${from} → ${to}`)} />
      <Section
        title="in other tactics"
        lines={diff.movedTactic.map(
          ({ object, lost, gained }) =>
            `${nameOf(object)}: ${lost.join(', ') || 'none'} → ${gained.join(', ') || 'none'}`,
        )}
      />
      <Section
        title="with other platforms"
        lines={diff.changedPlatforms.map(
          ({ object, lost, gained }) =>
            `${nameOf(object)}: ${[...gained.map((g) => `+${g}`), ...lost.map((l) => `−${l}`)].join(', ')}`,
        )}
      />
    </section>
  );
}
