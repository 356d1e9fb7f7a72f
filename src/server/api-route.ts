import type { z } from '@hono/zod-openapi';
import type { Context } from 'hono';
import type { Caller } from './auth/caller.js';
import type { Role } from './schemas/session.js';
import type { RateClass } from './server-settings.js';

/** Who may call a route: everyone, or people and tokens of at least this role. */
export type Access = 'public' | Role;

/**
 * How long an answer holds. `release`: as long as the installed versions of ATT&CK; `workspace`: until the workspace
 * changes. Such answers are made once for all callers, so they must not depend on who asks.
 */
export type Caching = 'release' | 'workspace';

/** What a request asks, validated. */
export interface Asked<P, Q, B> {
  readonly params: P;
  readonly query: Q;
  readonly body: B;
  readonly caller: Caller;
  readonly c: Context;
  /** What the write was done to, for the audit log: `layer 12`. */
  readonly audit: { target: string };
}

/** A route as it is declared: what it takes, gives and demands. */
export interface RouteSpec<
  P extends z.ZodType,
  Q extends z.ZodType,
  B extends z.ZodType,
  A extends z.ZodType,
> {
  /** `layer.change`: operation id, and action of the audit log. */
  readonly name: string;
  readonly method: 'get' | 'post' | 'put' | 'patch' | 'delete';
  /** `/api/layers/{id}` */
  readonly path: string;
  readonly access: Access;
  /** Default `read` for GET, else `write`. */
  readonly rate?: RateClass | undefined;
  readonly summary: string;
  readonly params?: P | undefined;
  readonly query?: Q | undefined;
  /** JSON. */
  readonly body?: B | undefined;
  /** Media type of a body that the handler reads itself, bounded. */
  readonly rawBody?: string | undefined;
  /** Of a JSON body. Default 1 MiB. */
  readonly maxBodyBytes?: number | undefined;
  /** Schema of the JSON answer; undefined when the handler answers itself. */
  readonly answer?: A | undefined;
  /** Media types of an answer that is not JSON. */
  readonly produces?: readonly string[] | undefined;
  /** Status of success. Default 200. */
  readonly status?: number | undefined;
  readonly caching?: Caching | undefined;
  /** A write that changes nothing (it computes): not in the audit log. Default false. */
  readonly isPure?: boolean | undefined;
  /** Objects of the route belong to who made them; others are refused as if they were not there, admins are not. */
  readonly isOwned?: boolean | undefined;
}

/** A route without the types of its parts, as the server keeps it. */
export interface ApiRoute extends RouteSpec<z.ZodType, z.ZodType, z.ZodType, z.ZodType> {
  readonly serve: (asked: Asked<never, never, never>) => unknown;
}

/**
 * A route and what serves it.
 *
 * @param serve gives the JSON value, or a Response.
 */
export function defineRoute<
  P extends z.ZodType = z.ZodType,
  Q extends z.ZodType = z.ZodType,
  B extends z.ZodType = z.ZodType,
  A extends z.ZodType = z.ZodType,
>(
  spec: RouteSpec<P, Q, B, A>,
  serve: (
    asked: Asked<z.output<P>, z.output<Q>, z.output<B>>,
  ) => z.input<A> | Response | Promise<z.input<A> | Response>,
): ApiRoute {
  return { ...spec, serve: serve as ApiRoute['serve'] };
}
