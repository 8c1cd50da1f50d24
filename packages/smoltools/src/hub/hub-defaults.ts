import type { SandboxProvider } from "@smoltools/core";
import type { LoadOptions } from "@smoltools/hub";
import { defaultRuntimes } from "../sandboxes/default-runtimes.ts";
import { defaultSandbox } from "../sandboxes/default-sandbox.ts";
import { emitWarning } from "./emit-warning.ts";
import { environmentHub } from "./environment-hub.ts";
import { startMcpProgram } from "./start-mcp-program.ts";

/** Options of loading, with sandboxes by default. */
export type HubLoadOptions = Omit<LoadOptions, "sandbox"> & { sandbox?: SandboxProvider };

/**
 * Fills in what loading needs: sandboxes, and the hub and the token of the environment, by the names that the official
 * clients use: `HF_ENDPOINT` for the hub, and for the token `HF_TOKEN`, else `HUGGING_FACE_HUB_TOKEN`, else the file of
 * `hf auth login`.
 *
 * Warnings go to `process.emitWarning`, unless the caller listens.
 *
 * The token of the environment belongs to the hub of the environment: another hub that the caller names gets only the
 * token that the caller gives.
 */
export function hubDefaults(
  options: HubLoadOptions,
  env: Readonly<Record<string, string | undefined>> = process.env,
): LoadOptions {
  return {
    sandbox: defaultSandbox,
    mcp: startMcpProgram,
    onWarning: emitWarning,
    ...environmentHub(options, env),
    runtimes: { ...defaultRuntimes, ...options.runtimes },
  };
}
