import type { ReactNode } from 'react';
import { useLiveEvents } from '../live/use-live-events.js';
import { AnswerOf } from './answer-of.js';
import { SignIn } from './sign-in.js';
import { useSession } from './use-session.js';

function Live({ children }: { readonly children: ReactNode }): ReactNode {
  useLiveEvents();
  return children;
}

/** Shows pages to those who may read, and the sign-in to others. */
export function SessionGate({ children }: { readonly children: ReactNode }): ReactNode {
  const session = useSession();
  return (
    <AnswerOf query={session} what="who is signed in">
      {(answer) =>
        answer.user === null && (answer.signInRequired || answer.setupRequired) ? (
          <SignIn session={answer} />
        ) : (
          <Live>{children}</Live>
        )
      }
    </AnswerOf>
  );
}
