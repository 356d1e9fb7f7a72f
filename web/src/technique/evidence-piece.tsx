import { type ReactNode, useState } from 'react';
import { Link } from 'wouter';
import type { EvidenceItem } from '../../../src/server/api-types.js';
import { formatTime } from '../pages/format-values.js';
import { ReviewControls } from '../review/review-controls.js';

type Sentence = NonNullable<EvidenceItem['sentence']>;

function MarkedSentence({ sentence }: { readonly sentence: Sentence }): ReactNode {
  const { text, start, end, reportId, reportTitle, page } = sentence;
  const quote =
    start === undefined || end === undefined ? (
      text
    ) : (
      <>
        {text.slice(0, start)}
        <mark>{text.slice(start, end)}</mark>
        {text.slice(end)}
      </>
    );
  const place = page === undefined ? '' : `, page ${page}`;
  return (
    <>
      <blockquote>{quote}</blockquote>
      {reportTitle === undefined ? null : (
        <p className="small muted">
          {reportId === undefined ? (
            reportTitle
          ) : (
            <Link href={`/reports/${encodeURIComponent(reportId)}`}>{reportTitle}</Link>
          )}
          {place}
        </p>
      )}
    </>
  );
}

function EventFields({ event }: { readonly event: NonNullable<EvidenceItem['event']> }): ReactNode {
  const [isWhole, setWhole] = useState(false);
  const matched = event.fields.filter((field) => field.matched);
  const shown = isWhole || matched.length === 0 ? event.fields : matched;
  const place = event.record === undefined ? '' : `, record ${event.record}`;
  return (
    <>
      <dl className="fields">
        {shown.map(({ name, value, matched: isMatched }) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd className="mono">{isMatched ? <mark>{value}</mark> : value}</dd>
          </div>
        ))}
      </dl>
      <p className="small muted">
        {event.file}
        {place}
        {event.fields.length > shown.length || isWhole ? (
          <>
            {' · '}
            <button
              type="button"
              className="link"
              aria-expanded={isWhole}
              onClick={() => setWhole(!isWhole)}
            >
              {isWhole ? 'matched fields alone' : `all ${event.fields.length} fields`}
            </button>
          </>
        ) : null}
      </p>
    </>
  );
}

function Words({ item }: { readonly item: EvidenceItem }): ReactNode {
  const { event, sentence, quote } = item;
  if (sentence !== undefined) return <MarkedSentence sentence={sentence} />;
  if (event !== undefined) return <EventFields event={event} />;
  return quote === undefined ? null : <blockquote>{quote}</blockquote>;
}

function Title({ item }: { readonly item: EvidenceItem }): ReactNode {
  const { rule, reference, source } = item;
  if (rule === undefined) return reference ?? source;
  return <Link href={`/rules/${encodeURIComponent(rule.id)}`}>{rule.title}</Link>;
}

/** One piece of evidence: what says so, where and when, the words or fields, and what people decided. */
export function EvidencePiece({ item }: { readonly item: EvidenceItem }): ReactNode {
  const { rule, kind, subject, time, confidence, status, decision } = item;
  return (
    <li className={`evidence status-${decision ?? status}`}>
      <p>
        <span className="chip">{kind}</span>{' '}
        {rule?.level === undefined ? null : <span className="chip">{rule.level}</span>}{' '}
        <strong>
          <Title item={item} />
        </strong>
      </p>
      <p className="muted small">
        {subject} · {formatTime(time)} · confidence {confidence.toFixed(2)} · {decision ?? status} ·
        ATT&amp;CK {item.attackVersion}
        {item.import === undefined ? '' : ` · from ${item.import.name}`}
      </p>
      <Words item={item} />
      <ReviewControls item={item} />
    </li>
  );
}
