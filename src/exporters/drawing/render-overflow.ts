import type { Issue } from '../../model/index.js';

/** Says that something did not fit a drawing. */
export function overflowIssue(message: string): Issue {
  return { kind: 'issue', code: 'RENDER_OVERFLOW', message };
}
