import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './app.js';
import { warmKnowledgeBase } from './attack/use-knowledge-base.js';
import { startTheme } from './shell/theme.js';
import './styles/base.css';
import './styles/shell.css';
import './styles/matrix.css';
import './styles/panels.css';
import './styles/pages.css';

const queryClient = new QueryClient({
  defaultOptions: {
    queries: { staleTime: 15_000, retry: 1, refetchOnWindowFocus: false },
  },
});

const root = document.getElementById('root');
if (root !== null) {
  startTheme();
  if (/^\/(matrix)?$/.test(location.pathname)) void warmKnowledgeBase();
  createRoot(root).render(
    <StrictMode>
      <QueryClientProvider client={queryClient}>
        <App />
      </QueryClientProvider>
    </StrictMode>,
  );
}
