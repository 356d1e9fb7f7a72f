import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { Link } from 'wouter';
import { readApi } from '../api/api-client.js';
import { AnswerOf } from './answer-of.js';
import { LoadExample } from './home-page.js';

interface Step {
  readonly title: string;
  readonly text: ReactNode;
  /** Whether the workspace shows that it was done. */
  readonly isDone: boolean;
}

function StepItem({ step, place }: { readonly step: Step; readonly place: number }): ReactNode {
  return (
    <li className="panel stack tight" data-done={step.isDone || undefined}>
      <h2>
        {place}. {step.title} {step.isDone ? <span className="chip good">done</span> : null}
      </h2>
      {step.text}
    </li>
  );
}

/** A first investigation, step by step, on the example. */
export function GuidePage(): ReactNode {
  const workspace = useQuery({
    queryKey: ['workspace'],
    queryFn: ({ signal }) => readApi('/api/workspace', { signal }),
  });
  const reviews = useQuery({
    queryKey: ['reviews', 'guide'],
    queryFn: ({ signal }) => readApi('/api/reviews', { query: { limit: 1 }, signal }),
  });
  return (
    <main className="page">
      <h1>A first investigation, in ten minutes</h1>
      <AnswerOf query={workspace} what="the workspace">
        {({ isEmpty }) => {
          const steps: readonly Step[] = [
            {
              title: 'Bring in the logs',
              isDone: !isEmpty,
              text: (
                <>
                  <p>
                    A finance workstation, two servers, a Linux host and a cloud account were broken
                    into one morning. These are their logs: ordinary work, and the attack in it.
                  </p>
                  <p className="row">
                    <LoadExample isFirst={isEmpty} />
                  </p>
                </>
              ),
            },
            {
              title: 'See what happened',
              isDone: false,
              text: (
                <p>
                  Open the <Link href="/matrix">matrix</Link>. Each coloured cell is a technique
                  that some event shows; the number is how sure that is. Hatched cells have no
                  evidence, which does not mean that nothing happened there.
                </p>
              ),
            },
            {
              title: 'Ask why',
              isDone: false,
              text: (
                <p>
                  Click a cell, such as <Link href="/techniques/T1003.001">T1003.001</Link>. One
                  sentence says why it has its colour; below it is the rule that fired, the event,
                  and the fields that matched.
                </p>
              ),
            },
            {
              title: 'Follow the attacker',
              isDone: false,
              text: (
                <p>
                  In the <Link href="/investigation">investigation</Link> every host has a line of
                  time. Which was first? Which account was used on the next one?
                </p>
              ),
            },
            {
              title: 'Decide',
              isDone: (reviews.data?.items.length ?? 0) > 0,
              text: (
                <p>
                  Accept what is right and reject what is not; the colours follow, and what you
                  decided can be taken back. Your name stays beside it.
                </p>
              ),
            },
            {
              title: 'Tell others',
              isDone: false,
              text: (
                <p>
                  In the <Link href="/matrix">matrix</Link>, Export writes a picture, a spreadsheet
                  or a Navigator layer; a link carries a layer without any server.
                </p>
              ),
            },
          ];
          return (
            <ol className="plain-list stack">
              {steps.map((step, place) => (
                <StepItem key={step.title} step={step} place={place + 1} />
              ))}
            </ol>
          );
        }}
      </AnswerOf>
    </main>
  );
}
