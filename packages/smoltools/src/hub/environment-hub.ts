import type { HubConnection } from "@smoltools/hub";
import { environmentToken } from "./environment-token.ts";
import { isSameHub } from "./public-hub.ts";

/**
 * Fills in the hub and the token of the environment, by the names that the official clients use: `HF_ENDPOINT` for the
 * hub, and for the token `HF_TOKEN`, else `HUGGING_FACE_HUB_TOKEN`, else the file of `hf auth login`.
 *
 * The token of the environment belongs to the hub of the environment: another hub that the caller names gets only the
 * token that the caller gives.
 */
export function environmentHub<Options extends HubConnection>(
  options: Options,
  env: Readonly<Record<string, string | undefined>> = process.env,
): Options & HubConnection {
  const ownHub = env["HF_ENDPOINT"] || undefined;
  const hubUrl = options.hubUrl ?? ownHub;
  const token = options.token ?? (isSameHub(hubUrl, ownHub) ? environmentToken(env)?.token : undefined);
  return { ...options, ...(hubUrl !== undefined && { hubUrl }), ...(token !== undefined && { token }) };
}
