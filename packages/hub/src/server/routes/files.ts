import { openReadable } from "../access/open-repo.ts";
import type { Hub } from "../hub.ts";
import { HubServerError } from "../hub-server-error.ts";
import { parseByteRange } from "../http/byte-range.ts";
import { type HubRequest, repoKeyOf } from "../http/hub-request.ts";
import { mediaType } from "../http/media-type.ts";
import type { Reply } from "../http/reply.ts";
import type { Route } from "../http/router.ts";
import { splitRevision } from "./split-revision.ts";

/** Sends the bytes of files, never a redirect: clients demand `X-Repo-Commit` of every hop. Protocol section 1.8. */
export const fileRoutes: readonly Route[] = ["resolve", "raw"].flatMap((verb) => [
  { method: "GET", path: `/:type/:namespace/:name/${verb}/*`, handle: sendFile },
  { method: "GET", path: `/:namespace/:name/${verb}/*`, handle: sendFile },
]);

async function sendFile(request: HubRequest, hub: Hub): Promise<Reply> {
  const repo = await openReadable(hub, request.viewer, repoKeyOf(request));
  const { revision, commit, path } = await splitRevision(repo, request.rest);
  const entry = await repo.entry(commit, path);
  if (entry?.type !== "file") {
    throw new HubServerError("HUB_ENTRY_NOT_FOUND", `There is no file ${path} at ${revision}.`, { commit });
  }
  const size = await repo.blobSize(entry.oid);
  const etag = `"${entry.oid}"`;
  const open = !repo.record.private && hub.anonymousRead;
  const headers: Record<string, string> = {
    "X-Repo-Commit": commit,
    ETag: etag,
    "Accept-Ranges": "bytes",
    // What a commit holds never changes; a branch moves, so its files are asked for each time.
    "Cache-Control": `${open ? "public" : "private"}, ${revision === commit ? "max-age=31536000, immutable" : "no-cache"}`,
    ...(open ? {} : { Vary: "Authorization" }),
    "Content-Security-Policy": "default-src 'none'; sandbox",
    "Content-Type": mediaType(path),
    "Content-Disposition": disposition(path, request.query.get("download") === "true"),
  };
  if (matches(request.headers["if-none-match"], etag)) return { status: 304, headers };
  if (request.head) return { status: 200, headers: { ...headers, "Content-Length": String(size) } };

  const condition = [request.headers["if-range"] ?? etag].flat().join(",");
  const ranged = matches(condition, etag) ? request.headers.range : undefined;
  const range = parseByteRange(ranged, size);
  // A 416 for an empty file is an error to the JavaScript client, which always asks for the first byte.
  if (size === 0) return { status: 200, headers: { ...headers, "Content-Range": "bytes */0" }, body: "" };
  if (range === "unsatisfiable") return { status: 416, headers: { ...headers, "Content-Range": `bytes */${size}` } };
  const bytes = await repo.blob(entry.oid);
  if (!range) return { status: 200, headers, body: bytes };
  const { start, end } = range;
  headers["Content-Range"] = `bytes ${start}-${end}/${size}`;
  return { status: 206, headers, body: bytes.subarray(start, end + 1) };
}

/** True when a list of entity tags has this one. */
function matches(header: string | undefined, etag: string): boolean {
  if (header === undefined) return false;
  return header.trim() === "*" || header.split(",").some((tag) => tag.trim().replace(/^W\//, "") === etag);
}

/** RFC 6266: a name in ASCII for old clients, and the true one. */
function disposition(path: string, download: boolean): string {
  const name = path.slice(path.lastIndexOf("/") + 1);
  const plain = name.replace(/[^\x20-\x7e]|["\\]/g, "_");
  const encoded = encodeURIComponent(name).replace(/['()*]/g, (char) => `%${char.charCodeAt(0).toString(16)}`);
  return `${download ? "attachment" : "inline"}; filename="${plain}"; filename*=UTF-8''${encoded}`;
}
