import { type ComponentType, lazy, type ReactNode, Suspense } from 'react';
import { Redirect, Route, Switch } from 'wouter';
import { MatrixPage } from './matrix/matrix-page.js';
import type { ObjectPageName } from './pages/object-page.js';
import { SessionGate } from './pages/session-gate.js';
import { ReviewNotice } from './review/review-notice.js';
import { AppFrame } from './shell/app-frame.js';

const HomePage = lazy(async () => ({ default: (await import('./pages/home-page.js')).HomePage }));
const PAGES: Readonly<Record<string, ComponentType>> = {
  '/imports': lazy(async () => ({
    default: (await import('./pages/imports-page.js')).ImportsPage,
  })),
  '/investigation': lazy(async () => ({
    default: (await import('./pages/investigation-page.js')).InvestigationPage,
  })),
  '/rules': lazy(async () => ({ default: (await import('./pages/rules-page.js')).RulesPage })),
  '/reports': lazy(async () => ({
    default: (await import('./pages/reports-page.js')).ReportsPage,
  })),
  '/versions': lazy(async () => ({
    default: (await import('./pages/versions-page.js')).VersionsPage,
  })),
  '/settings': lazy(async () => ({
    default: (await import('./pages/settings-page.js')).SettingsPage,
  })),
  '/guide': lazy(async () => ({ default: (await import('./pages/guide-page.js')).GuidePage })),
};
const RulePage = lazy(async () => ({ default: (await import('./pages/rule-page.js')).RulePage }));
const ReportPage = lazy(async () => ({
  default: (await import('./pages/reports-page.js')).ReportPage,
}));
const ObjectPage = lazy(async () => ({
  default: (await import('./pages/object-page.js')).ObjectPage,
}));
const OBJECT_PAGES: readonly ObjectPageName[] = [
  'techniques',
  'tactics',
  'groups',
  'software',
  'campaigns',
  'mitigations',
  'detections',
  'log-sources',
];

function NoPage(): ReactNode {
  return (
    <main className="page">
      <h1>No such page</h1>
      <p>
        Nothing is at this address. <a href="/matrix">Open the matrix</a>.
      </p>
    </main>
  );
}

function Pages(): ReactNode {
  return (
    <Switch>
      <Route path="/">
        <Redirect to="/matrix" replace />
      </Route>
      <Route path="/home">
        <HomePage />
      </Route>
      <Route path="/matrix">
        <MatrixPage />
      </Route>
      {Object.entries(PAGES).map(([path, Page]) => (
        <Route key={path} path={path}>
          <Page />
        </Route>
      ))}
      <Route path="/rules/:id">
        {({ id }) => <RulePage key={id} id={decodeURIComponent(id)} />}
      </Route>
      <Route path="/reports/:id">
        {({ id }) => <ReportPage key={id} id={decodeURIComponent(id)} />}
      </Route>
      {OBJECT_PAGES.map((page) => (
        <Route key={page} path={`/${page}/:id`}>
          {({ id }) => <ObjectPage key={id} page={page} id={decodeURIComponent(id ?? '')} />}
        </Route>
      ))}
      <Route>
        <NoPage />
      </Route>
    </Switch>
  );
}

/** Every page of Portolan by its address. */
export function App(): ReactNode {
  return (
    <AppFrame>
      <SessionGate>
        <Suspense fallback={<p className="loading muted">Loading …</p>}>
          <Pages />
        </Suspense>
        <ReviewNotice />
      </SessionGate>
    </AppFrame>
  );
}
