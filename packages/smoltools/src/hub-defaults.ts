import type { SandboxProvider } from "@smoltools/core";
import type { LoadOptions, LoadWarning } from "@smoltools/hub";
import { defaultSandbox } from "./default-sandbox.ts";
import { environmentToken } from "./environment-token.ts";
import { publicHubUrl } from "./public-hub.ts";
import { defaultRuntimes } from "./sandboxes/default-runtimes.ts";
import { startMcpProgram } from "./start-mcp-program.ts";

/** Options of loading, with sandboxes by default. */
export type HubLoadOptions = Omit<LoadOptions, "sandbox"> & { sandbox?: SandboxProvider };

/**
 * Fills in what the environment says, with the names that the official clients use: `HF_ENDPOINT` for the hub, and
 * for the token `HF_TOKEN`, else `HUGGING_FACE_HUB_TOKEN`, else the file of `hf auth login`.
 *
 * Warnings go to `process.emitWarning`, unless the caller listens.
 *
 * The token of the environment belongs to the hub of the environment: a hub that the caller names gets only the
 * token that the caller gives.
 */
export function hubDefaults(
  options: HubLoadOptions,
  env: Readonly<Record<string, string | undefined>> = process.env,
): LoadOptions {
  const environmentHub = env["HF_ENDPOINT"] || undefined;
  const hubUrl = options.hubUrl ?? environmentHub;
  const isNamedByCaller =
    options.hubUrl !== undefined && withoutSlash(options.hubUrl) !== withoutSlash(environmentHub ?? publicHubUrl);
  const token = options.token ?? (isNamedByCaller ? undefined : environmentToken(env)?.token);
  return {
    sandbox: defaultSandbox,
    mcp: startMcpProgram,
    onWarning: emitWarning,
    ...options,
    runtimes: { ...defaultRuntimes, ...options.runtimes },
    ...(hubUrl !== undefined && { hubUrl }),
    ...(token !== undefined && { token }),
  };
}

/** Where nobody asks to hear of warnings, they go where those of Node.js go. */
function emitWarning({ message, code }: LoadWarning): void {
  process.emitWarning(message, { type: "SmoltoolsWarning", code });
}

function withoutSlash(url: string | undefined): string | undefined {
  return url?.replace(/\/+$/, "");
}
