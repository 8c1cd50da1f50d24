import { AdapterError } from "../../shared/adapter-error.ts";

/** What names a Space: its id on a hub, or where it runs. */
export type SpaceAddress = { id: string } | { url: URL };

/**
 * Reads what a caller names a Space by.
 *
 * @param space - `owner/name`, or an address of `http:` or `https:`.
 * @throws AdapterError `ADAPTER_OPTIONS_INVALID` when it is neither.
 */
export function spaceAddress(space: string): SpaceAddress {
  if (/^[\w-][\w.-]*\/[\w-][\w.-]*$/.test(space)) return { id: space };
  const url = httpUrl(space);
  if (url && url.username === "" && url.password === "") return { url };
  throw new AdapterError(
    'A Space is named by "owner/name", or by the address of a running app without user and password: "https://…"',
    { code: "ADAPTER_OPTIONS_INVALID" },
  );
}

/** Names a Space in errors, and in lock files. What follows the path is left out: tokens stand there. */
export function spaceName(address: SpaceAddress): string {
  return `space:${"id" in address ? address.id : appUrl(address.url)}`;
}

/** Where the paths of an app begin, without a slash at the end. */
export function appUrl({ origin, pathname }: URL): string {
  return `${origin}${pathname.replace(/\/+$/, "")}`;
}

/** The address that a text is, if it is one of `http:` or `https:`. */
export function httpUrl(text: string): URL | undefined {
  if (!/^https?:\/\//i.test(text) || !URL.canParse(text)) return undefined;
  return new URL(text);
}
