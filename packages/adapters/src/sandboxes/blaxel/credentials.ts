import type { initialize } from "@blaxel/core";
import { badOption, unavailable } from "../engine/sandbox-errors.ts";

/** A workspace of Blaxel and the key to it; where there is no key, the library looks for what `bl login` has stored. */
export interface Credentials {
  apiKey: string | undefined;
  workspace: string | undefined;
}

let inUse: Credentials | undefined;

/**
 * Tells the library which credentials to use. It keeps them for the whole process, so there can only be one pair.
 *
 * @throws SandboxError `SANDBOX_BAD_OPTIONS` when another pair is in use, `SANDBOX_UNAVAILABLE` when there is a key
 *   without a workspace.
 */
export function useCredentials(
  sandbox: string,
  sdk: { initialize: typeof initialize },
  { apiKey, workspace }: Credentials,
): void {
  if (!apiKey) {
    if (workspace) sdk.initialize({ workspace });
    return;
  }
  if (!workspace) {
    throw unavailable(sandbox, "Blaxel needs a workspace: set the option workspace or the variable BL_WORKSPACE");
  }
  if (inUse && (inUse.apiKey !== apiKey || inUse.workspace !== workspace)) {
    const advice = "use one pair for all sandboxes, or another process";
    throw badOption(sandbox, `Blaxel's library knows one workspace and key in a process: ${advice}`);
  }
  if (!inUse) sdk.initialize({ apiKey, workspace });
  inUse = { apiKey, workspace };
}
