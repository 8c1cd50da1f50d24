import { PackageError } from "../errors/package-error.ts";
import { parseRef } from "../ref/parse-ref.ts";
import type { HubRef } from "../ref/ref.ts";

/**
 * Reads a ref of a package on a hub: what can be locked.
 *
 * @throws PackageError `REF_INVALID`, for folders as well.
 */
export function hubRef(text: string, hubUrl: string): HubRef {
  const ref = parseRef(text, { hubUrl });
  if (ref.kind === "hub") return ref;
  throw new PackageError(`${text} is on this machine: only packages of a hub are locked and installed`, {
    code: "REF_INVALID",
    data: { ref: text },
  });
}
