import type { HostFetch } from "@smoltools/core";
import type { Agent } from "undici";
import { PermissionError } from "../../errors/permission-error.ts";
import { Semaphore } from "../../shared/semaphore.ts";
import { fetchLimits } from "./fetch-limits.ts";
import { readGuestRequest } from "./guest-request.ts";
import { makeAgent, performRequest } from "./perform-request.ts";
import { pinnedLookup, type ResolveName } from "./pinned-lookup.ts";
import { Reach } from "./reach.ts";
import { withTimeLimit } from "./time-limit.ts";

/** Options of {@link hostFetch}. */
export interface HostFetchOptions {
  /**
   * Hosts that may be reached, by `https:` on port 443: `api.example.org`, `*.example.org` for every name below it.
   * With a port, `api.example.org:8080`, by `https:` and `http:` on that port alone. `*` and `*:80` stand for every
   * public host. An address or `localhost` with its port, such as `127.0.0.1:8080`, grants a private address.
   */
  hosts: readonly string[];
  /** Methods that may be used, after redirects too. Without them all but `CONNECT`, `TRACE` and `TRACK`. */
  methods?: readonly string[] | undefined;
  /**
   * Addresses that may be reached although they are not public, or are those of this machine: `10.1.2.3`,
   * `10.0.0.0/8`, `fd00::/8`. For the network of a company, say, with names under `hosts`. None by default.
   */
  privateAddresses?: readonly string[] | undefined;
  /** Longest time for a request, redirects and body included, in milliseconds. @default 30_000 */
  timeoutMs?: number | undefined;
  /** Largest body of a request, in bytes. @default 5 MiB, what the default limits of sandboxes let through */
  maxRequestBytes?: number | undefined;
  /** Largest body of an answer, in bytes, decompressed. @default 5 MiB, what the default limits of sandboxes let through */
  maxResponseBytes?: number | undefined;
  /** Most requests at the same time; further ones wait, and their time does not count. @default 8 */
  maxConcurrent?: number | undefined;
  /** Resolves names to addresses, which are judged afterwards. @default that of the system */
  resolve?: ResolveName | undefined;
  /** Told of each refused request. */
  onDenied?: ((error: PermissionError) => void) | undefined;
}

/**
 * Performs the requests of code in sandboxes and of tools, to the hosts that are named and to no other.
 *
 * Each hop of a redirect is judged anew. Names are resolved once for each connection, and the connection is made to the
 * address that was judged, so that a name cannot point elsewhere a moment later. Private addresses are refused, and those
 * of this machine. The host's own cookies, credentials and proxies (`HTTPS_PROXY`) take no part: a proxy would resolve
 * the names itself. Code may send `authorization` and `cookie` of its own; they do not follow a redirect to another
 * origin.
 *
 * @example
 * const fetch = hostFetch({ hosts: ["api.example.org"], methods: ["GET"] });
 *
 * @returns For `fetch` of the options of a sandbox or a tool. Its calls throw PermissionError `PERMISSION_DENIED`, and
 *   FetchErrors for requests that fail.
 * @throws PermissionError `PERMISSION_INVALID` for a host or an address that is written wrongly; FetchError
 *   `FETCH_BAD_OPTIONS` for a number that cannot be.
 */
export function hostFetch(options: HostFetchOptions): HostFetch {
  const { timeoutMs, maxRequestBytes, maxResponseBytes, maxConcurrent } = fetchLimits(options);
  const reach = new Reach(options);
  const slots = new Semaphore(maxConcurrent);
  const { resolve, onDenied } = options;
  const lookup = pinnedLookup({ reach, resolve, maxPending: maxConcurrent });
  let dispatcher: Promise<Agent> | undefined;
  return async (request, { signal }) => {
    try {
      const asked = readGuestRequest(request, maxRequestBytes, reach.limitsMethods);
      // Before the wait for a slot: what may not be done is said at once.
      const { url, method } = asked.first;
      reach.judge(url, method);
      return await slots.run(async () => {
        // The library is loaded by the first request: most tools make none.
        dispatcher ??= makeAgent(lookup);
        const agent = await dispatcher;
        return withTimeLimit({ timeoutMs, signal, host: url.host }, (ended) =>
          performRequest(asked, { reach, agent, signal: ended, maxResponseBytes }),
        );
      }, signal);
    } catch (error) {
      if (error instanceof PermissionError) onDenied?.(error);
      throw error;
    }
  };
}
