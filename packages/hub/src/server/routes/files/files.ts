import type { Readable } from "node:stream";
import { openReadable } from "../../access/open-repo.ts";
import type { Hub } from "../../hub.ts";
import { HubServerError } from "../../hub-server-error.ts";
import { parseByteRange } from "../../http/reply/byte-range.ts";
import { type HubRequest, repoKeyOf } from "../../http/request/hub-request.ts";
import { mediaType } from "../../http/reply/media-type.ts";
import type { Reply } from "../../http/reply/reply.ts";
import type { Route } from "../../http/router.ts";
import type { ByteRange, RepoStore } from "../../storage/hub-storage.ts";
import { splitRevision } from "../split-revision.ts";

/** Up to this size a file is read at once: streaming it costs more than it saves. */
const smallBytes = 128 * 1024;

/**
 * Sends the bytes of files, never a redirect: clients demand `X-Repo-Commit` of every hop. `raw` sends the pointers of
 * Git LFS files. Protocol section 1.8.
 */
export const fileRoutes: readonly Route[] = ["resolve", "raw"].flatMap((verb) => {
  const handle = (request: HubRequest, hub: Hub) => sendFile(request, hub, verb === "resolve");
  return [
    { method: "GET", path: `/:type/:namespace/:name/${verb}/*`, handle },
    { method: "GET", path: `/:namespace/:name/${verb}/*`, handle },
  ];
});

/** What is sent for a file. */
interface Content {
  size: number;
  etag: string;
  /** Its bytes, or a part of them. */
  read(range?: ByteRange): Promise<Readable | Uint8Array>;
  /** What else is said of a Git LFS file. */
  headers: Record<string, string>;
}

async function sendFile(request: HubRequest, hub: Hub, resolve: boolean): Promise<Reply> {
  const repo = await openReadable(hub, request.viewer, repoKeyOf(request));
  const { revision, commit, path } = await splitRevision(repo, request.rest);
  const entry = await repo.entry(commit, path);
  if (entry?.type !== "file") {
    throw new HubServerError("HUB_ENTRY_NOT_FOUND", `There is no file ${path} at ${revision}.`, { commit });
  }
  const content = (resolve && (await lfsContent(repo, entry.oid))) || (await gitContent(repo, entry.oid));
  const { size, etag } = content;
  const open = !repo.record.private && hub.anonymousRead;
  const headers: Record<string, string> = {
    "X-Repo-Commit": commit,
    ETag: etag,
    ...content.headers,
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
  if (range) headers["Content-Range"] = `bytes ${range.start}-${range.end}/${size}`;
  headers["Content-Length"] = String(range ? range.end - range.start + 1 : size);
  return { status: range ? 206 : 200, headers, body: await content.read(range) };
}

async function lfsContent(repo: RepoStore, blob: string): Promise<Content | undefined> {
  const object = await repo.lfsObject(blob);
  if (!object) return undefined;
  const { oid, size } = object;
  const etag = `"${oid}"`;
  const headers = { "X-Linked-ETag": etag, "X-Linked-Size": String(size) };
  return { size, etag, headers, read: async (range) => repo.lfs.stream(oid, range) };
}

async function gitContent(repo: RepoStore, blob: string): Promise<Content> {
  const size = await repo.blobSize(blob);
  const read = async (range?: ByteRange): Promise<Readable | Uint8Array> => {
    if (size > smallBytes) return repo.blobStream(blob, range);
    const bytes = await repo.blob(blob);
    return range ? bytes.subarray(range.start, range.end + 1) : bytes;
  };
  return { size, etag: `"${blob}"`, headers: {}, read };
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
