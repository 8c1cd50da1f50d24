import { readFileSync } from "node:fs";
import { globSync } from "node:fs";
import { describe, expect, it } from "vitest";

/** Every stable error code of the published packages: removing or renaming one is a breaking change. */
const codes = `
AGENT_BUSY AGENT_CONFIG AGENT_NO_CODE
BUNDLE_FAILED
HUB_BAD_REQUEST HUB_CONFLICT HUB_FILE_NOT_FOUND HUB_FORBIDDEN HUB_PAYMENT_REQUIRED HUB_RATE_LIMITED
HUB_REPO_NOT_FOUND HUB_RESPONSE_INVALID HUB_RESPONSE_TOO_LARGE HUB_REVISION_NOT_FOUND HUB_TIMEOUT HUB_UNAUTHORIZED
HUB_UNAVAILABLE
INTEGRITY_MISMATCH
LOCK_ENTRY_MISSING LOCK_INTEGRITY LOCK_INVALID LOCK_PERMISSIONS_GROWN LOCK_TAG_MOVED
MANIFEST_INVALID MANIFEST_MISMATCH MANIFEST_MISSING
MODEL_BAD_REQUEST MODEL_BROKEN_STREAM MODEL_RATE_LIMITED MODEL_RESPONSE_TOO_LARGE MODEL_TIMEOUT MODEL_UNAUTHORIZED
MODEL_UNAVAILABLE
PACKAGE_TOO_LARGE PATH_UNSAFE
PERMISSION_DENIED PERMISSION_INVALID PERMISSION_NOT_GRANTED
REF_INVALID RUNTIME_UNSUPPORTED
SANDBOX_BAD_OPTIONS SANDBOX_DISPOSED SANDBOX_UNAVAILABLE
TOOL_CRASHED TOOL_FAILED TOOL_LIMIT TOOL_NOT_FOUND TOOL_OUT_OF_MEMORY TOOL_PERMISSION_DENIED TOOL_TIMEOUT
VERSION_EXISTS VERSION_INVALID VERSION_NONE VERSION_NOT_FOUND
`
  .trim()
  .split(/\s+/);

const sources = globSync("packages/{core,hub,adapters}/src/**/*.ts", { exclude: (path) => /test|server/.test(path) })
  .map((path) => readFileSync(path, "utf8"))
  .join("\n");

describe("error codes", () => {
  it.each(codes)("%s is declared and used", (code) => {
    const uses = sources.split(`"${code}"`).length - 1;
    // Once in the union that declares it, and at least once where it is thrown.
    expect(uses).toBeGreaterThanOrEqual(2);
  });
});
