import { HubServerError } from "../../hub-server-error.ts";
import { optionalText } from "../../http/request/fields.ts";

/**
 * Whether a repo is to be private: `visibility`, or `private` as older clients send it.
 *
 * @returns `undefined` where the body says nothing of it.
 * @throws HubServerError `HUB_BAD_REQUEST`, or `HUB_NOT_IMPLEMENTED` for what the hub cannot do.
 */
export function readVisibility(fields: Record<string, unknown>): boolean | undefined {
  const visibility = optionalText(fields, "visibility");
  if (visibility === "public" || visibility === "private") return visibility === "private";
  if (visibility !== undefined) {
    throw new HubServerError("HUB_NOT_IMPLEMENTED", `Repos of this hub are public or private, not ${visibility}.`);
  }
  const hidden = fields["private"] ?? undefined;
  if (hidden === undefined || typeof hidden === "boolean") return hidden;
  throw new HubServerError("HUB_BAD_REQUEST", 'The field "private" is neither true nor false.');
}
