import { lookup } from "node:dns/promises";
import { isIP, type LookupFunction } from "node:net";
import { callbackify } from "node:util";
import { FetchError } from "../../errors/fetch-error.ts";
import type { Reach } from "./reach.ts";

/** Resolves a name to all its addresses. */
export type ResolveName = (hostname: string) => Promise<readonly string[]>;

/** Asks as every program of this machine does. */
async function systemResolve(hostname: string): Promise<string[]> {
  const addresses = await lookup(hostname, { all: true });
  return addresses.map(({ address }) => address);
}

/** Options of {@link pinnedLookup}. */
export interface PinnedLookupOptions {
  reach: Reach;
  resolve?: ResolveName | undefined;
  /** Most names that may be looked up at the same time. */
  maxPending: number;
}

/**
 * Resolves a name for one connection, and judges where it leads.
 *
 * The connection is made to the addresses that this returns, so a name cannot lead elsewhere between the judgement and
 * the connection.
 *
 * A lookup cannot be ended: a name server that never answers would keep the system's few threads for lookups busy,
 * long after the requests that it was for were given up. Hence the limit.
 */
export function pinnedLookup({ reach, resolve = systemResolve, maxPending }: PinnedLookupOptions): LookupFunction {
  let pending = 0;
  const judged = async (hostname: string): Promise<readonly string[]> => {
    if (pending >= maxPending) throw failed(`too many names are being looked up to look up ${hostname}`, hostname);
    pending += 1;
    try {
      const addresses = await resolve(hostname);
      if (addresses.length === 0) throw failed(`${hostname} has no address`, hostname);
      reach.judgeAddresses(hostname, addresses);
      return addresses;
    } finally {
      pending -= 1;
    }
  };
  const ask = callbackify(judged);
  return (hostname, { all }, callback) =>
    ask(hostname, (error, addresses = []) => {
      const list = addresses.map((address) => ({ address, family: isIP(address) }));
      const [first] = list;
      if (error || all || !first) callback(error, list);
      else callback(null, first.address, first.family);
    });
}

function failed(message: string, host: string): FetchError {
  return new FetchError(message, { code: "FETCH_FAILED", data: { host } });
}
