/** How many requests are answered in a window of time. Counted by each process of a hub for itself. */
export interface RateLimits {
  /** Length of a window; ms, whole seconds. */
  windowMs: number;
  /** Most requests of one user in a window, whatever tokens they use. */
  user: number;
  /** Most requests of one address in a window that come without a valid token. */
  anonymous: number;
  /** Most requests of one user, or of one address without a valid token, that run at the same time. */
  concurrent: number;
}

/** The limits that hold where none are given: a whole team behind one address downloads packages all day within them. */
export const defaultRateLimits: Readonly<RateLimits> = Object.freeze({
  windowMs: 300_000,
  user: 12_000,
  anonymous: 3_000,
  concurrent: 200,
});

/** Most askers that are counted at a time. */
const maxKeys = 50_000;

/** Where an asker stands after a request. */
export interface RateState {
  /** False: this request is over the limit. */
  allowed: boolean;
  /** Requests per window. */
  quota: number;
  remaining: number;
  /** Until the next window begins; whole seconds, at least 1. */
  resetSeconds: number;
  windowSeconds: number;
}

/** Counts requests in fixed windows. What it remembers is bounded, and forgotten with each window. */
export class RateLimiter {
  readonly #limits: RateLimits;
  readonly #now: () => number;
  #counts = new Map<string, number>();
  /** Counts of those who have not asked since the other half was begun. */
  #older = new Map<string, number>();
  #windowStart: number;

  /** @param now - A clock in ms that never goes back. */
  constructor(limits: RateLimits, now: () => number = () => performance.now()) {
    this.#limits = limits;
    this.#now = now;
    this.#windowStart = now();
  }

  /**
   * Counts a request.
   *
   * @param kind - Which limit holds.
   * @param key - Who asks: the name of a user, or an address.
   */
  take(kind: "user" | "anonymous", key: string): RateState {
    const { windowMs } = this.#limits;
    const elapsed = this.#now() - this.#windowStart;
    if (elapsed >= windowMs) {
      this.#counts.clear();
      this.#older.clear();
      this.#windowStart += Math.floor(elapsed / windowMs) * windowMs;
    }
    const quota = this.#limits[kind];
    const id = `${kind}:${key}`;
    const count = (this.#counts.get(id) ?? this.#older.get(id) ?? 0) + 1;
    this.#counts.set(id, Math.min(count, quota + 1));
    // Whoever asked lately is in the younger half. To take out one at a time would be slow: a map is long in finding
    // its first key after many were deleted.
    if (this.#counts.size > maxKeys / 2) {
      this.#older = this.#counts;
      this.#counts = new Map();
    }
    const left = this.#windowStart + windowMs - this.#now();
    return {
      allowed: count <= quota,
      quota,
      remaining: Math.max(quota - count, 0),
      resetSeconds: Math.max(Math.ceil(left / 1000), 1),
      windowSeconds: Math.round(windowMs / 1000),
    };
  }
}

/** The headers that tell a client where it stands (protocol section 1.0, and the draft of the IETF that it follows). */
export function rateHeaders({ quota, remaining, resetSeconds, windowSeconds }: RateState): Record<string, string> {
  return {
    RateLimit: `"api";r=${remaining};t=${resetSeconds}`,
    "RateLimit-Policy": `"fixed window";"api";q=${quota};w=${windowSeconds}`,
  };
}
