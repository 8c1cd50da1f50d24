import type { ConvertOptions } from "../convert-options.ts";
import { ConvertError } from "../convert-error.ts";

/** The public hub, where no other one is named. */
const publicHub = "https://huggingface.co";

/** Where the hub of a Space is, by the environment. */
export function hubOf({ environment }: ConvertOptions): string {
  return (environment["HF_ENDPOINT"] || publicHub).replace(/\/+$/, "");
}

/**
 * Where the paths of an app begin, without a slash at the end: its own address, or that which the hub gives for it.
 *
 * Source: `/api/spaces/{id}/host` of the Hugging Face Hub, https://huggingface.co/docs/hub/api.
 *
 * @param space - `owner/name`, or an address.
 */
export async function spaceBase(
  space: string,
  hubUrl: string,
  token: string | undefined,
  signal: AbortSignal,
): Promise<string> {
  if (/^https?:/i.test(space)) return withoutSlash(new URL(space));
  const headers: Record<string, string> = token === undefined ? {} : { authorization: `Bearer ${token}` };
  const response = await fetch(`${hubUrl}/api/spaces/${space}/host`, { headers, signal, redirect: "error" });
  const answer = response.ok ? ((await response.json()) as { host?: unknown }) : {};
  if (typeof answer.host === "string" && /^https?:\/\//.test(answer.host)) return withoutSlash(new URL(answer.host));
  throw new ConvertError(
    `The hub knows no host of the Space ${space} (HTTP ${response.status}): it does not exist, runs no app, or is private`,
    { code: "CONVERT_SOURCE_UNREACHABLE", data: { source: space } },
  );
}

function withoutSlash({ origin, pathname }: URL): string {
  return `${origin}${pathname.replace(/\/+$/, "")}`;
}
