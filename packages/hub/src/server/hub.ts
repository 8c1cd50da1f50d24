import type { TokenRegistry } from "./access/token-registry.ts";
import type { HubLimits } from "./hub-limits.ts";
import type { KeyedSemaphore } from "./keyed-semaphore.ts";
import type { LruMap } from "./lru-map.ts";
import type { Card } from "./repo/card.ts";
import type { HubStorage } from "./storage/hub-storage.ts";

/** What every route works with. */
export interface Hub {
  storage: HubStorage;
  tokens: TokenRegistry;
  limits: HubLimits;
  /** The base of all addresses that the hub gives out, its path prefix included; no `/` at the end. */
  publicUrl: string;
  /** Whether public repos are for everybody. */
  anonymousRead: boolean;
  /** Bounds the commits that are received for one repo at a time. */
  commitGate: KeyedSemaphore;
  /** Cards that were read, by the id of the repo's record and of the README.md's blob. */
  cards: LruMap<Card>;
}
