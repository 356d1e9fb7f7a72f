import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { Link } from 'wouter';
import type {
  AttackKind,
  AttackObjectDetail,
  EvidenceSummary,
  ObjectReference,
} from '../../../src/server/api-types.js';
import { readApi } from '../api/api-client.js';
import { AnswerOf } from './answer-of.js';
import { countOf, formatTime } from './format-values.js';
import { TechniqueEvidence } from './technique-evidence.js';

/** Kinds that have a page, by the first part of its address. */
export const OBJECT_PAGES = {
  techniques: 'technique',
  tactics: 'tactic',
  groups: 'group',
  software: 'software',
  campaigns: 'campaign',
  mitigations: 'mitigation',
  detections: 'detection-strategy',
  'log-sources': 'data-component',
} as const satisfies Readonly<Record<string, AttackKind>>;
export type ObjectPageName = keyof typeof OBJECT_PAGES;

function pageOf(kind: AttackKind): ObjectPageName | undefined {
  return (Object.keys(OBJECT_PAGES) as ObjectPageName[]).find(
    (name) => OBJECT_PAGES[name] === kind,
  );
}

function ObjectLink({ object }: { readonly object: ObjectReference }): ReactNode {
  const { attackId, kind, name } = object;
  const page = pageOf(kind);
  const text = `${attackId === undefined ? '' : `${attackId} `}${name}`;
  return page === undefined || attackId === undefined ? (
    text
  ) : (
    <Link href={`/${page}/${attackId}`}>{text}</Link>
  );
}

function EvidenceChip({ summary }: { readonly summary: EvidenceSummary | undefined }): ReactNode {
  if (summary === undefined) return null;
  const { counts, maxConfidence } = summary;
  const named = Object.entries(counts).filter(([, count]) => count > 0);
  return (
    <span className="chip good" title={summary.why}>
      {named.map(([kind, count]) => `${kind} ${count}`).join(', ')} · {maxConfidence.toFixed(2)}
    </span>
  );
}

function Related({ detail }: { readonly detail: AttackObjectDetail }): ReactNode {
  return detail.related
    .filter(({ objects }) => objects.length > 0)
    .map(({ title, objects }) => (
      <details key={title} className="panel" open={objects.length <= 12}>
        <summary>
          <h2>
            {title} <span className="muted">({objects.length})</span>
          </h2>
        </summary>
        <ul className="columns">
          {objects.map((object) => (
            <li key={object.stixId}>
              <ObjectLink object={object} />{' '}
              <EvidenceChip summary={detail.evidenceOf?.[object.attackId ?? '']} />
            </li>
          ))}
        </ul>
      </details>
    ));
}

/** What we have and lack of the techniques that a group or piece of software uses. */
function OurGaps({ detail }: { readonly detail: AttackObjectDetail }): ReactNode {
  const { kind, name } = detail.object;
  if (kind !== 'group' && kind !== 'software' && kind !== 'campaign') return null;
  const techniques = new Map(
    detail.related
      .flatMap(({ objects }) => objects)
      .filter((object) => object.kind === 'technique' && object.attackId !== undefined)
      .map((object) => [object.attackId ?? '', object]),
  );
  if (techniques.size === 0) return null;
  const missing = [...techniques].filter(([id]) => detail.evidenceOf?.[id] === undefined);
  return (
    <section className="panel stack tight">
      <h2>Our evidence, our gaps</h2>
      <p>
        Of {countOf(techniques.size, 'technique')} of {name} this workspace has evidence of{' '}
        {techniques.size - missing.length}; of {missing.length} it has none.
      </p>
      {missing.length > 0 ? (
        <details>
          <summary>Without any evidence ({missing.length})</summary>
          <ul className="columns">
            {missing.map(([id, object]) => (
              <li key={id}>
                <ObjectLink object={object} />
              </li>
            ))}
          </ul>
        </details>
      ) : null}
    </section>
  );
}

function Facts({ detail }: { readonly detail: AttackObjectDetail }): ReactNode {
  const { object } = detail;
  const rows: readonly (readonly [string, string | undefined])[] = [
    ['Also called', object.aliases.filter((one) => one !== object.name).join(', ')],
    ['Tactics', object.tactics?.join(', ')],
    ['Platforms', object.platforms.join(', ')],
    [
      'Seen',
      object.firstSeen && `${formatTime(object.firstSeen)} to ${formatTime(object.lastSeen)}`,
    ],
    [
      'Log sources',
      object.logSources?.map(({ name, channel }) => `${name} ${channel}`.trim()).join(' · '),
    ],
    ['Version', `${object.version ?? '–'} in ATT&CK ${detail.attackVersion}`],
  ];
  return (
    <dl className="facts">
      {rows
        .filter(([, value]) => value !== undefined && value !== '')
        .map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
    </dl>
  );
}

function ObjectDetail({ detail }: { readonly detail: AttackObjectDetail }): ReactNode {
  const { object, successors, text, url } = detail;
  return (
    <>
      <h1>
        {object.attackId} {object.name}
      </h1>
      {object.status === 'active' ? null : (
        <p className="notice">
          {object.status} in ATT&amp;CK {detail.attackVersion}
          {successors.length === 0 ? '' : '; now '}
          {successors.map((successor) => (
            <span key={successor.stixId}>
              <ObjectLink object={successor} />{' '}
            </span>
          ))}
        </p>
      )}
      <Facts detail={detail} />
      {object.kind === 'technique' ? (
        <>
          <p className="row">
            <Link className="button" href={`/matrix?cell=${object.attackId}`}>
              Show in the matrix
            </Link>
            <Link className="button" href={`/investigation?technique=${object.attackId}`}>
              Investigate
            </Link>
          </p>
          <TechniqueEvidence techniqueId={object.attackId ?? ''} summary={detail.evidence} />
        </>
      ) : null}
      <OurGaps detail={detail} />
      {text.description === undefined ? null : (
        <section className="panel">
          <h2>Description</h2>
          <p className="prose">{text.description}</p>
        </section>
      )}
      {text.detection === undefined ? null : (
        <section className="panel">
          <h2>Detection</h2>
          <p className="prose">{text.detection}</p>
        </section>
      )}
      <Related detail={detail} />
      {url === undefined ? null : (
        <p className="small">
          <a href={url} rel="noreferrer noopener" target="_blank">
            {object.attackId} at attack.mitre.org
          </a>
        </p>
      )}
    </>
  );
}

/** Page of a technique, group, piece of software …: what ATT&CK says, our evidence, our gaps. */
export function ObjectPage({
  page,
  id,
}: {
  readonly page: ObjectPageName;
  readonly id: string;
}): ReactNode {
  const detail = useQuery({
    queryKey: ['object', page, id],
    queryFn: ({ signal }) => readApi(`/api/${page}/{id}`, { names: { id }, signal }),
  });
  return (
    <main className="page">
      <AnswerOf query={detail} what={id}>
        {(answer) => <ObjectDetail detail={answer} />}
      </AnswerOf>
    </main>
  );
}
