import { useQuery } from '@tanstack/react-query';
import { Fragment, type ReactNode } from 'react';
import { Link } from 'wouter';
import type { ApiMapping } from '../../../src/server/api-types.js';
import { readApi } from '../api/api-client.js';
import { EvidencePiece } from '../technique/evidence-piece.js';
import { AnswerOf } from './answer-of.js';
import { formatTime } from './format-values.js';

interface MappingTableProps {
  readonly mappings: readonly ApiMapping[];
  readonly chosen: ReadonlySet<string>;
  /** The mapping whose evidence is shown. */
  readonly opened: string | undefined;
  readonly onToggle: (id: string) => void;
  readonly onToggleAll: (all: boolean) => void;
  readonly onOpen: (mapping: ApiMapping) => void;
}

function EvidenceOfMapping({ id }: { readonly id: string }): ReactNode {
  const query = { mapping: id, limit: 20 };
  const evidence = useQuery({
    queryKey: ['evidence', query],
    queryFn: ({ signal }) => readApi('/api/evidence', { query, signal }),
  });
  return (
    <AnswerOf query={evidence} what="the evidence">
      {({ items }) => (
        <ul className="plain-list evidence-list">
          {items.map((item) => (
            <EvidencePiece key={item.id} item={item} />
          ))}
        </ul>
      )}
    </AnswerOf>
  );
}

function MappingRow({
  mapping,
  isChosen,
  isOpen,
  onToggle,
  onOpen,
}: {
  readonly mapping: ApiMapping;
  readonly isChosen: boolean;
  readonly isOpen: boolean;
  readonly onToggle: () => void;
  readonly onOpen: () => void;
}): ReactNode {
  const { techniqueId, techniqueName = '', subject, kind, confidence, status, rules } = mapping;
  const label = `${techniqueId} ${techniqueName} on ${subject}`;
  return (
    <Fragment>
      <tr id={`mapping-${mapping.id}`} data-open={isOpen || undefined}>
        <td>
          <input
            type="checkbox"
            checked={isChosen}
            aria-label={`Choose ${label}`}
            onChange={onToggle}
          />
        </td>
        <td className="mono nowrap">{formatTime(mapping.firstSeen)}</td>
        <td>{subject}</td>
        <td>
          <Link href={`/techniques/${techniqueId}`}>{techniqueId}</Link> {techniqueName}
          {mapping.isStale ? (
            <span className="chip">ATT&amp;CK {mapping.attackVersion}</span>
          ) : null}
        </td>
        <td>{kind}</td>
        <td className="number">{confidence.toFixed(2)}</td>
        <td>
          <span className={`chip status-${status}`}>{status}</span>
        </td>
        <td>{rules.join(' · ')}</td>
        <td>
          <button
            type="button"
            className="button"
            aria-expanded={isOpen}
            aria-label={`${mapping.evidenceCount}: evidence of ${label}`}
            onClick={onOpen}
          >
            {mapping.evidenceCount}
          </button>
        </td>
      </tr>
      {isOpen ? (
        <tr>
          <td colSpan={9}>
            <EvidenceOfMapping id={mapping.id} />
          </td>
        </tr>
      ) : null}
    </Fragment>
  );
}

/** Mappings row by row; a row opens to its evidence. */
export function MappingTable(props: MappingTableProps): ReactNode {
  const { mappings, chosen, opened, onToggle, onToggleAll, onOpen } = props;
  return (
    <div className="scroll">
      <table className="plain">
        <thead>
          <tr>
            <th scope="col">
              <input
                type="checkbox"
                aria-label="Choose all that are shown"
                checked={mappings.length > 0 && mappings.every(({ id }) => chosen.has(id))}
                onChange={(event) => onToggleAll(event.target.checked)}
              />
            </th>
            <th scope="col">First seen</th>
            <th scope="col">Where</th>
            <th scope="col">Technique</th>
            <th scope="col">Kind</th>
            <th scope="col" className="number">
              Confidence
            </th>
            <th scope="col">Status</th>
            <th scope="col">Rules</th>
            <th scope="col">Evidence</th>
          </tr>
        </thead>
        <tbody>
          {mappings.map((mapping) => (
            <MappingRow
              key={mapping.id}
              mapping={mapping}
              isChosen={chosen.has(mapping.id)}
              isOpen={opened === mapping.id}
              onToggle={() => onToggle(mapping.id)}
              onOpen={() => onOpen(mapping)}
            />
          ))}
        </tbody>
      </table>
    </div>
  );
}
