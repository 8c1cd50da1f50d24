import type { Viewer } from "../access/viewer.ts";
import type { RateState } from "./limits/rate-limiter.ts";
import type { Route } from "./router.ts";

/** What a route tells the audit log beside who asks and how it ended. Never a token. */
export interface AuditNotes {
  /** The repo or collection, where the address does not name it. */
  target?: string;
  /** What else is to be known, such as the tag that was made. */
  facts: Record<string, string>;
}

/** What is known of a request while it is answered, and after. */
export interface Exchange {
  /** The `X-Request-Id` of its answer. */
  readonly id: string;
  readonly method: string;
  /** Without the query. */
  readonly path: string;
  /** The address that it comes from. */
  readonly address: string;
  /** When it came; ms of `performance.now()`. */
  readonly startedAt: number;
  readonly notes: AuditNotes;
  route?: Route;
  params?: ReadonlyMap<string, string>;
  viewer?: Viewer | undefined;
  rate?: RateState;
  /** Its place among those of the same asker, until the answer is sent. */
  place?: Disposable;
  /** Why it was not done. */
  error?: unknown;
}
