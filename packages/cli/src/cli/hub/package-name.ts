import { type HubRef, parseRef } from "@smoltools/hub";
import { UsageError } from "../errors/usage-error.ts";

/**
 * Reads the name of a package that is to be changed.
 *
 * @throws UsageError for a folder, which no hub has; PackageError `REF_INVALID`.
 */
export function packageName(text: string): HubRef {
  const ref = parseRef(text);
  if (ref.kind === "hub") return ref;
  throw new UsageError(`${text} is a folder: name a package of a hub, such as acme/weather@1.2.0`);
}

/**
 * Reads the name of a package and one of its versions.
 *
 * @throws UsageError when there is no version, or a range.
 */
export function packageVersion(text: string): { ref: HubRef; version: string } {
  const ref = packageName(text);
  const version = ref.revision?.replace(/^v/, "") ?? "";
  if (/^\d+\.\d+\.\d+(?:-[0-9A-Za-z.-]+)?$/.test(version)) return { ref, version };
  throw new UsageError(`${text} names no version: write it in full, such as ${ref.repo}@1.2.0`);
}
