import type { Authenticator } from "./access/authenticator.ts";
import type { AuditLog } from "./audit/audit-log.ts";
import type { CollectionStore } from "./collections/collection-store.ts";
import type { RateLimiter } from "./http/limits/rate-limiter.ts";
import type { RunningRequests } from "./http/limits/running-requests.ts";
import type { RequestLogEntry } from "./http/record-exchange.ts";
import type { HubLimits } from "./hub-limits.ts";
import type { KeyedSemaphore } from "./keyed-semaphore.ts";
import type { LruMap } from "./lru-map.ts";
import type { Card } from "./repo/card.ts";
import type { SpaceHosts } from "./repo/space-hosts.ts";
import type { RepoIndex } from "./search/repo-index.ts";
import type { HubStorage } from "./storage/hub-storage.ts";

/** What every route works with. */
export interface Hub {
  /** The folder that holds everything. */
  root: string;
  storage: HubStorage;
  /** What there is, for lists and searches. */
  index: RepoIndex;
  collections: CollectionStore;
  spaces: SpaceHosts;
  tokens: Authenticator;
  limits: HubLimits;
  /** The base of all addresses that the hub gives out, its path prefix included; no `/` at the end. */
  publicUrl: string;
  /** Whether public repos are for everybody. */
  anonymousRead: boolean;
  /** Whether a proxy in front of the hub says where requests come from. */
  trustProxy: boolean;
  /** Absent: requests are not counted. */
  rateLimiter?: RateLimiter;
  /** Absent: anyone may have any number of requests running. */
  running?: RunningRequests;
  audit: AuditLog;
  /** Is told of every request. */
  onRequest?: (entry: RequestLogEntry) => void;
  /** Tells whoever runs the hub of a failure that no request is answered with. */
  report: (error: unknown) => void;
  /** True from the moment at which the hub begins to shut down. */
  draining: boolean;
  /** Bounds the commits that are received for one repo at a time. */
  commitGate: KeyedSemaphore;
  /** Bounds the large files that are in memory at the same time while they are received in commits. */
  largeFileGate: KeyedSemaphore;
  /** Bounds the git processes. */
  gitGate: KeyedSemaphore;
  /** Cards that were read, by the id of the repo's record and of the README.md's blob. */
  cards: LruMap<Card>;
}
