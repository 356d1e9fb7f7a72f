import type { ApiRoute } from '../api-route.js';
import type { ServerContext } from '../server-context.js';
import { accountRoutes } from './account-routes.js';
import { attackObjectRoutes } from './attack-object-routes.js';
import { documentRoutes } from './document-routes.js';
import { eventRoutes } from './event-routes.js';
import { evidenceRoutes } from './evidence-routes.js';
import { importRoutes } from './import-routes.js';
import { knowledgeRoutes } from './knowledge-routes.js';
import { layerStoreRoutes } from './layer-store-routes.js';
import { layerVerbRoutes } from './layer-verb-routes.js';
import { matrixRoutes } from './matrix-routes.js';
import { reportRoutes } from './report-routes.js';
import { reviewRoutes } from './review-routes.js';
import { ruleRoutes } from './rule-routes.js';
import { sessionRoutes } from './session-routes.js';
import { workspaceRoutes } from './workspace-routes.js';

/** Every route of the API. A route whose path has a word where another has a parameter comes first. */
export function apiRoutes(context: ServerContext): readonly ApiRoute[] {
  const version = context.settings.portolanVersion ?? '';
  const routes: readonly ApiRoute[] = [
    ...workspaceRoutes(context),
    ...sessionRoutes(context),
    ...matrixRoutes(context),
    ...attackObjectRoutes(context),
    ...knowledgeRoutes(context),
    ...evidenceRoutes(context),
    ...reviewRoutes(context),
    ...layerVerbRoutes(context),
    ...layerStoreRoutes(context),
    ...ruleRoutes(context),
    ...reportRoutes(context),
    ...importRoutes(context),
    ...eventRoutes(context),
    ...accountRoutes(context),
    ...documentRoutes(() => routes, version),
  ];
  return routes;
}
