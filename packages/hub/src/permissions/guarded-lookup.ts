import { lookup as systemLookup, type LookupAddress, type LookupOptions } from "node:dns";
import type { LookupFunction } from "node:net";
import { PermissionError } from "../errors/permission-error.ts";
import { isPrivateAddress } from "./private-address.ts";

/** Resolves a name to all its addresses. */
type Resolve = (
  hostname: string,
  options: LookupOptions & { all: true },
  callback: (error: NodeJS.ErrnoException | null, addresses: LookupAddress[]) => void,
) => void;

/**
 * Resolves a name for one connection and lets public addresses through only.
 *
 * The connection is made to what this returns, so a name cannot lead elsewhere between the check and the connection.
 * One private address among several refuses the name: which of them is taken is not up to us.
 *
 * @param resolve - What asks the name servers.
 */
export function guardedLookup(resolve: Resolve = systemLookup): LookupFunction {
  return (hostname, options, callback) => {
    resolve(hostname, { ...options, all: true }, (error, addresses) => {
      if (error) return callback(error, "");
      const [first] = addresses;
      const bad = addresses.find(({ address }) => isPrivateAddress(address));
      if (bad || !first) return callback(refused(hostname, bad?.address), "");
      return options.all ? callback(null, addresses) : callback(null, first.address, first.family);
    });
  };
}

function refused(hostname: string, address: string | undefined): PermissionError {
  const why = address === undefined ? "it has no address" : `it leads to the private address ${address}`;
  return new PermissionError(`The tool may not reach ${hostname}: ${why}`, {
    code: "PERMISSION_DENIED",
    data: { kind: "net", host: hostname },
  });
}
