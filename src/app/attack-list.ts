import {
  type AttackKind,
  type AttackObject,
  type KnowledgeBase,
  openKnowledgeBase,
} from '../attack/index.js';
import { AppError, type Domain, parseDomain } from '../model/index.js';
import { kindAsked } from './kinds-asked.js';

export interface ListOptions {
  /** Default Enterprise. */
  readonly domain?: string | undefined;
  readonly version?: string | undefined;
  /** Shortname, name or id of a tactic; techniques only. */
  readonly tactic?: string | undefined;
  /** As ATT&CK writes it, any case. */
  readonly platform?: string | undefined;
  /** Revoked and deprecated ones too. */
  readonly includeInactive?: boolean | undefined;
}

export interface AttackList {
  readonly attackVersion: string;
  readonly domain: Domain;
  readonly kind: AttackKind;
  readonly objects: readonly AttackObject[];
}

function tacticOf({ tactics, version }: KnowledgeBase, asked: string): string {
  const wanted = asked.toLowerCase();
  const tactic = tactics.find(
    ({ attackId, name, shortname }) =>
      shortname === wanted || name.toLowerCase() === wanted || attackId?.toLowerCase() === wanted,
  );
  if (tactic !== undefined) return tactic.shortname;
  const names = tactics.map(({ shortname }) => shortname).join(', ');
  throw new AppError(
    'NOT_FOUND',
    `expected a tactic of ATT&CK ${version} (${names}), found ${JSON.stringify(asked.slice(0, 60))}`,
  );
}

function platformMatcher(
  objects: readonly AttackObject[],
  asked: string,
): (object: AttackObject) => boolean {
  const wanted = asked.toLowerCase();
  const platforms = new Set(objects.flatMap((object) => object.platforms));
  if (![...platforms].some((platform) => platform.toLowerCase() === wanted)) {
    const known = [...platforms].sort().join(', ');
    throw new AppError(
      'NOT_FOUND',
      `expected a platform (${known}), found ${JSON.stringify(asked.slice(0, 60))}`,
    );
  }
  return (object) => object.platforms.some((platform) => platform.toLowerCase() === wanted);
}

/**
 * Lists the objects of a kind: tactics in matrix order, everything else by ATT&CK id.
 *
 * @throws AppError `USAGE` for an unknown kind or domain, `NOT_FOUND` for an unknown version, tactic or platform.
 */
export function listObjects(word: string, options: ListOptions = {}): AttackList {
  const kind = kindAsked(word);
  const domain = options.domain === undefined ? 'enterprise-attack' : parseDomain(options.domain);
  if (domain === undefined) {
    throw new AppError(
      'USAGE',
      `expected a domain (enterprise, mobile, ics), found ${JSON.stringify(options.domain)}`,
    );
  }
  const knowledgeBase = openKnowledgeBase({ domain, version: options.version });
  const active: readonly AttackObject[] =
    kind === 'tactic' ? knowledgeBase.tactics : knowledgeBase.ofKind(kind);
  let objects =
    options.includeInactive === true
      ? knowledgeBase.objects.filter((object) => object.kind === kind)
      : active;
  if (options.tactic !== undefined) {
    const shortname = tacticOf(knowledgeBase, options.tactic);
    objects = objects.filter(
      (object) => object.kind === 'technique' && object.tactics.includes(shortname),
    );
  }
  if (options.platform !== undefined)
    objects = objects.filter(platformMatcher(objects, options.platform));
  return { attackVersion: knowledgeBase.version, domain, kind, objects };
}
