import type { JsonSchema } from "@smoltools/core";
import { defaultHubUrl, HubClient } from "@smoltools/hub";
import type { ConvertOptions } from "../convert-options.ts";

const answer: JsonSchema = {
  type: "object",
  properties: { host: { type: "string", pattern: "^https?://", maxLength: 1000 } },
  required: ["host"],
};

/** Where the hub of a Space is, by the environment. */
export function hubOf({ environment }: ConvertOptions): string {
  return (environment["HF_ENDPOINT"] || defaultHubUrl).replace(/\/+$/, "");
}

/**
 * Where the paths of an app begin, without a slash at the end: its own address, or that which the hub gives for it.
 *
 * Source: `/api/spaces/{id}/host` of the Hugging Face Hub, https://huggingface.co/docs/hub/api.
 *
 * @param space - `owner/name`, or an address.
 * @throws HubError when the hub knows no host of it: it does not exist, runs no app, or is private.
 */
export async function spaceBase(
  space: string,
  hubUrl: string,
  token: string | undefined,
  signal: AbortSignal,
): Promise<string> {
  if (/^https?:/i.test(space)) return withoutSlash(new URL(space));
  const client = new HubClient({ hubUrl, retries: 1, ...(token !== undefined && { token }) });
  const what = `the host of the Space ${space}`;
  const { host } = await client.json<{ host: string }>(`/api/spaces/${space}/host`, what, answer, { signal });
  return withoutSlash(new URL(host));
}

function withoutSlash({ origin, pathname }: URL): string {
  return `${origin}${pathname.replace(/\/+$/, "")}`;
}
