// Types of every resource, for the browser: `import type { … } from '../../src/server/api-types.js'`. No runtime code.
//
// There is no generated client: write one `fetch` wrapper over these types (ApiReads and ApiWrites name the answer of each
// path). Answers that are not 2xx are `Problem`. Send `X-CSRF-Token` (from GET /api/session) with every POST, PUT, PATCH and
// DELETE. Fields that do not apply are absent, never null, unless the type says null. Times are ISO 8601 UTC. Every list is
// `{ items, next }`; ask again with `?cursor=<next>` until `next` is null.
import type { ApiToken, ApiTokenCreated, AuditEntry, User } from './schemas/accounts.js';
import type { AttackList, AttackObjectDetail } from './schemas/attack-objects.js';
import type { ApiIssue } from './schemas/common.js';
import type { EvidencePage, MappingFacets, MappingPage } from './schemas/evidence.js';
import type { ApiImport, ImportPage } from './schemas/imports.js';
import type {
  LayerDiff,
  LayerPage,
  LayerResult,
  LayerUpload,
  StoredLayer,
} from './schemas/layers.js';
import type { MatrixAggregate, MatrixTimeline } from './schemas/matrix.js';
import type { ReportDetail, ReportPage } from './schemas/reports.js';
import type { ReviewOutcome, ReviewPage } from './schemas/reviews.js';
import type { RuleCheck, RuleDetail, RuleExplanation, RulePage } from './schemas/rules.js';
import type { SearchAnswer } from './schemas/search.js';
import type { Session } from './schemas/session.js';
import type { AttackVersion, VersionDiff } from './schemas/versions.js';
import type { Workspace } from './schemas/workspace.js';

export type { ApiToken, ApiTokenCreated, AuditEntry, User } from './schemas/accounts.js';
export type {
  AttackKind,
  AttackList,
  AttackObject,
  AttackObjectDetail,
  EvidenceSummary,
  ObjectReference,
} from './schemas/attack-objects.js';
export type { ApiIssue, EvidenceKind, MappingStatus, Problem } from './schemas/common.js';
export type {
  ApiMapping,
  EvidenceItem,
  EvidencePage,
  MappingFacets,
  MappingPage,
} from './schemas/evidence.js';
export type { ApiImport, ImportKind, ImportPage, ImportState } from './schemas/imports.js';
export type {
  LayerCombine,
  LayerDiff,
  LayerPage,
  LayerResult,
  LayerSummary,
  LayerUpload,
  MigrationStep,
  StoredLayer,
} from './schemas/layers.js';
export type { LiveEvent } from './schemas/live-events.js';
export type { MatrixAggregate, MatrixCell, MatrixTimeline } from './schemas/matrix.js';
export type { ReportDetail, ReportPage, ReportSummary } from './schemas/reports.js';
export type {
  Review,
  ReviewDecision,
  ReviewInput,
  ReviewOutcome,
  ReviewPage,
} from './schemas/reviews.js';
export type {
  RuleCheck,
  RuleDetail,
  RuleExplanation,
  RulePage,
  RuleSummary,
} from './schemas/rules.js';
export type { SearchAnswer } from './schemas/search.js';
export type { Role, Session, SignIn } from './schemas/session.js';
export type { AttackVersion, VersionDiff } from './schemas/versions.js';
export type { Workspace } from './schemas/workspace.js';

/** A stretch of a list. */
export interface ListPage<T> {
  readonly items: readonly T[];
  readonly next: string | null;
  readonly total?: number | undefined;
}

/** Answers of GET, by path; the query of each is in `/api/openapi.json`. */
export interface ApiReads {
  '/api/workspace': Workspace;
  '/api/session': Session;
  '/api/techniques': AttackList;
  '/api/techniques/{id}': AttackObjectDetail;
  '/api/tactics': AttackList;
  '/api/tactics/{id}': AttackObjectDetail;
  '/api/groups': AttackList;
  '/api/groups/{id}': AttackObjectDetail;
  '/api/software': AttackList;
  '/api/software/{id}': AttackObjectDetail;
  '/api/campaigns': AttackList;
  '/api/campaigns/{id}': AttackObjectDetail;
  '/api/mitigations': AttackList;
  '/api/mitigations/{id}': AttackObjectDetail;
  '/api/detections': AttackList;
  '/api/detections/{id}': AttackObjectDetail;
  '/api/log-sources': AttackList;
  '/api/log-sources/{id}': AttackObjectDetail;
  '/api/search': SearchAnswer;
  '/api/versions': ListPage<AttackVersion>;
  '/api/versions/diff': VersionDiff;
  '/api/matrix': MatrixAggregate;
  '/api/matrix/timeline': MatrixTimeline;
  '/api/evidence': EvidencePage;
  '/api/mappings': MappingPage;
  '/api/mappings/facets': MappingFacets;
  '/api/reviews': ReviewPage;
  '/api/layers': LayerPage;
  '/api/layers/{id}': StoredLayer;
  '/api/rules': RulePage;
  '/api/rules/{id}': RuleDetail;
  '/api/reports': ReportPage;
  '/api/reports/{id}': ReportDetail;
  '/api/imports': ImportPage;
  '/api/imports/{id}': ApiImport;
  '/api/imports/{id}/issues': ListPage<ApiIssue>;
  '/api/users': ListPage<User>;
  '/api/tokens': ListPage<ApiToken>;
  '/api/audit': ListPage<AuditEntry>;
}

/** Answers of writes, by method and path. Bodies are JSON but for the uploads of files. */
export interface ApiWrites {
  /** `{ name, password }` → the new session. */
  'POST /api/session': Session;
  'DELETE /api/session': Session;
  /** `{ token, name, password }`: makes the first admin and signs in. */
  'POST /api/session/setup': Session;
  'POST /api/session/password': Session;
  /** `ReviewInput`. */
  'POST /api/reviews': ReviewOutcome;
  /** `{ id }` of the review. */
  'POST /api/reviews/undo': ReviewOutcome;
  /** `{ layer }`. */
  'POST /api/layers': StoredLayer;
  /** `{ layer, revision }`; 409 when someone else saved meanwhile. */
  'PUT /api/layers/{id}': StoredLayer;
  'DELETE /api/layers/{id}': { done: true };
  /** The body is the bytes of a layer file, plain or gzip, one layer or a list; `?save=false` only reads it. */
  'POST /api/layers/upload': LayerUpload;
  /** `{ url }`: the server fetches, guarded. */
  'POST /api/layers/from-url': LayerUpload;
  'POST /api/layers/combine': LayerResult;
  'POST /api/layers/diff': LayerDiff;
  'POST /api/layers/migrate': LayerResult;
  /** `{ layer, format, options }` → the file itself; of a saved layer: GET /api/layers/{id}/export?format=…. */
  'POST /api/layers/export': Blob;
  'POST /api/rules/check': RuleCheck;
  'POST /api/rules/explain': RuleExplanation;
  /** multipart/form-data, files under `files` (their names may hold folders); options in the query. */
  'POST /api/imports': ApiImport;
  'POST /api/imports/example': ApiImport;
  /** `{ url, kind }`. */
  'POST /api/imports/url': ApiImport;
  'POST /api/imports/{id}/cancel': ApiImport;
  'POST /api/users': User;
  'PATCH /api/users/{id}': User;
  'DELETE /api/users/{id}': { done: true };
  'POST /api/tokens': ApiTokenCreated;
  'DELETE /api/tokens/{id}': { done: true };
}
