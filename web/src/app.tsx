import { type ReactNode, Suspense } from 'react';
import { Redirect, Route, Switch } from 'wouter';
import { MatrixPage } from './matrix/matrix-page.js';
import { AppFrame } from './shell/app-frame.js';

/** Every page of Portolan by its address. */
export function App(): ReactNode {
  return (
    <AppFrame>
      <Suspense fallback={<p className="loading muted">Loading …</p>}>
        <Switch>
          <Route path="/matrix">
            <MatrixPage />
          </Route>
          <Route path="/">
            <Redirect to="/matrix" replace />
          </Route>
          <Route>
            <main className="page">
              <h1>No such page</h1>
              <p>
                Nothing is at this address. <a href="/matrix">Open the matrix</a>.
              </p>
            </main>
          </Route>
        </Switch>
      </Suspense>
    </AppFrame>
  );
}
