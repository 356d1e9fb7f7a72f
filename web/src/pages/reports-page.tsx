import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { Link } from 'wouter';
import type { ReportDetail } from '../../../src/server/api-types.js';
import { readApi } from '../api/api-client.js';
import { AnswerOf } from './answer-of.js';
import { countOf } from './format-values.js';

/** Threat reports that were read. */
export function ReportsPage(): ReactNode {
  const reports = useQuery({
    queryKey: ['reports'],
    queryFn: ({ signal }) => readApi('/api/reports', { query: { limit: 500 }, signal }),
  });
  return (
    <main className="page">
      <h1>Threat reports</h1>
      <AnswerOf query={reports} what="the reports">
        {({ items }) =>
          items.length === 0 ? (
            <p className="muted">
              No report was read yet. <Link href="/imports">Bring in</Link> a PDF, Word file or web
              page: its sentences become evidence that an adversary does something.
            </p>
          ) : (
            <div className="scroll">
              <table className="plain">
                <thead>
                  <tr>
                    <th scope="col">Report</th>
                    <th scope="col">Source</th>
                    <th scope="col" className="number">
                      Techniques
                    </th>
                  </tr>
                </thead>
                <tbody>
                  {items.map(({ id, title, source, techniques }) => (
                    <tr key={id}>
                      <td>
                        <Link href={`/reports/${encodeURIComponent(id)}`}>{title}</Link>
                      </td>
                      <td className="mono">{source}</td>
                      <td className="number">{techniques}</td>
                    </tr>
                  ))}
                </tbody>
              </table>
            </div>
          )
        }
      </AnswerOf>
    </main>
  );
}

function Report({ report }: { readonly report: ReportDetail }): ReactNode {
  return (
    <>
      <h1>{report.title}</h1>
      <p className="mono small">{report.source}</p>
      <p className="row">
        {countOf(report.techniques, 'technique')}
        <Link
          className="button"
          href={`/investigation?subject=${encodeURIComponent(report.title)}`}
        >
          Review its mappings
        </Link>
      </p>
      <ul className="plain-list stack">
        {report.mentions.map(({ techniqueId, techniqueName, confidence, sentences }) => (
          <li key={techniqueId} className="panel stack tight">
            <h2>
              <Link href={`/techniques/${techniqueId}`}>{techniqueId}</Link> {techniqueName}{' '}
              <span className="chip">{confidence.toFixed(2)}</span>
            </h2>
            {sentences.map((sentence) => (
              <blockquote key={sentence}>{sentence}</blockquote>
            ))}
          </li>
        ))}
      </ul>
    </>
  );
}

/** A report: its techniques, each with the sentences that say so. */
export function ReportPage({ id }: { readonly id: string }): ReactNode {
  const report = useQuery({
    queryKey: ['reports', id],
    queryFn: ({ signal }) => readApi('/api/reports/{id}', { names: { id }, signal }),
  });
  return (
    <main className="page">
      <AnswerOf query={report} what="the report">
        {(answer) => <Report report={answer} />}
      </AnswerOf>
    </main>
  );
}
