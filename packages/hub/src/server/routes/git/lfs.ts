import { openReadable, openWritable } from "../../access/open-repo.ts";
import type { Hub } from "../../hub.ts";
import { HubServerError } from "../../hub-server-error.ts";
import { parseByteRange } from "../../http/reply/byte-range.ts";
import { isRefusal } from "../../http/reply/error-forms.ts";
import { objectList, textField } from "../../http/request/fields.ts";
import type { HubRequest } from "../../http/request/hub-request.ts";
import { json, type Reply } from "../../http/reply/reply.ts";
import type { Route } from "../../http/router.ts";
import { isLfsOid } from "../../repo/lfs-oid.ts";
import { repoPath } from "../../repo/repo-key.ts";
import type { LfsObject, RepoStore } from "../../storage/hub-storage.ts";
import { gitRepoKey, gitRoutePair } from "./git-repo-key.ts";
import { checkSignedUrl, signedUrl } from "./lfs-urls.ts";

const mediaType = "application/vnd.git-lfs+json";
/** Most objects of one request. */
const maxObjects = 1_000;

/**
 * Git LFS with the transfer `basic`: one request for each object, streamed both ways. Protocol section 1.5, step 2.
 *
 * Source: https://github.com/git-lfs/git-lfs/blob/main/docs/api/batch.md
 */
export const lfsRoutes: readonly Route[] = [
  lfsRoute({ method: "POST", path: "info/lfs/objects/batch", basicAuth: true, handle: sendActions }),
  lfsRoute({
    method: "PUT",
    path: "info/lfs/upload/:oid",
    upload: true,
    unlimited: true,
    action: "lfs.upload",
    handle: receive,
  }),
  lfsRoute({ method: "GET", path: "info/lfs/download/:oid", unlimited: true, handle: send }),
  lfsRoute({ method: "POST", path: "info/lfs/verify/:oid", unlimited: true, handle: verify }),
].flat();

async function sendActions(request: HubRequest, hub: Hub): Promise<Reply> {
  // No page of another origin can send this type without asking first.
  if (!/^application\/(vnd\.git-lfs\+)?json\b/i.test(request.headers["content-type"] ?? "")) {
    throw new HubServerError("HUB_BAD_REQUEST", `A Git LFS request has the content type ${mediaType}.`);
  }
  const fields = await request.body.json(hub.limits.maxBodyBytes);
  const operation = textField(fields, "operation");
  if (operation !== "upload" && operation !== "download") {
    throw new HubServerError("HUB_BAD_REQUEST", `Git LFS has no operation ${JSON.stringify(operation.slice(0, 40))}.`);
  }
  const asked = objectList(fields, "objects").map(readObject);
  if (asked.length > maxObjects) {
    throw new HubServerError("HUB_BAD_REQUEST", `${asked.length} objects are too many: at most ${maxObjects}.`);
  }
  const key = gitRepoKey(request);
  const repo =
    operation === "upload"
      ? (await openWritable(hub, request.viewer, key)).repo
      : await openReadable(hub, request.viewer, key);
  const user = request.viewer?.name ?? "";
  const objects: object[] = [];
  for (const object of asked) {
    const answer =
      operation === "upload" ? uploadActions(hub, repo, object, user) : downloadActions(hub, repo, object, user);
    objects.push({ ...object, authenticated: true, ...(await answer) });
  }
  return json({ transfer: "basic", objects }, { "Content-Type": mediaType });
}

/** No actions: the object is there. */
async function uploadActions(hub: Hub, repo: RepoStore, object: LfsObject, user: string): Promise<object> {
  const { maxLfsFileBytes, lfsUrlLifetimeMs } = hub.limits;
  const { oid, size } = object;
  if (size > maxLfsFileBytes) return refused(413, `This hub takes files of at most ${maxLfsFileBytes} bytes.`);
  await repo.lfs.refresh(oid);
  const present = await repo.lfs.size(oid);
  if (present === size) return {};
  if (present !== undefined) return refused(422, `${oid} has ${present} bytes, not ${size}.`);
  const expires_in = Math.floor(lfsUrlLifetimeMs / 1000);
  const [upload, verify] = [
    await signedUrl(hub, repo, "upload", object, user),
    await signedUrl(hub, repo, "verify", object, user),
  ];
  return { actions: { upload: { href: upload, expires_in }, verify: { href: verify, expires_in } } };
}

async function downloadActions(hub: Hub, repo: RepoStore, object: LfsObject, user: string): Promise<object> {
  const present = await repo.lfs.committedSize(object.oid);
  if (present === undefined) return refused(404, "This repo has no such object.");
  if (present !== object.size) return refused(422, `${object.oid} has ${present} bytes, not ${object.size}.`);
  const href = await signedUrl(hub, repo, "download", object, user);
  return { actions: { download: { href, expires_in: Math.floor(hub.limits.lfsUrlLifetimeMs / 1000) } } };
}

async function receive(request: HubRequest, hub: Hub): Promise<Reply> {
  const { repo, object, user } = await checkSignedUrl(request, hub, "upload");
  request.notes.target = repoPath(repo.record);
  Object.assign(request.notes.facts, { oid: object.oid, user });
  const announced = request.headers["content-length"];
  if (announced !== undefined && Number(announced) !== object.size) {
    throw new HubServerError("HUB_BAD_REQUEST", `The upload has ${announced} bytes, not ${object.size}.`);
  }
  await repo.lfs.receive(object, () => request.body.next(), request.signal);
  return { status: 200, headers: { ETag: `"${object.oid}"` }, body: "" };
}

async function send(request: HubRequest, hub: Hub): Promise<Reply> {
  const { repo, object } = await checkSignedUrl(request, hub, "download");
  const { oid, size } = object;
  if ((await repo.lfs.committedSize(oid)) !== size) {
    throw new HubServerError("HUB_ENTRY_NOT_FOUND", "This repo has no such object.");
  }
  const headers: Record<string, string> = {
    ETag: `"${oid}"`,
    "Accept-Ranges": "bytes",
    "Cache-Control": "private, no-store",
    "Content-Type": "application/octet-stream",
    "Content-Disposition": "attachment",
  };
  if (request.head || size === 0) return { status: 200, headers: { ...headers, "Content-Length": String(size) } };
  const range = parseByteRange(request.headers.range, size);
  if (range === "unsatisfiable") return { status: 416, headers: { ...headers, "Content-Range": `bytes */${size}` } };
  headers["Content-Length"] = String(range ? range.end - range.start + 1 : size);
  if (range) headers["Content-Range"] = `bytes ${range.start}-${range.end}/${size}`;
  return { status: range ? 206 : 200, headers, body: repo.lfs.stream(oid, range) };
}

/** The Python client asks whether its upload has come. */
async function verify(request: HubRequest, hub: Hub): Promise<Reply> {
  const { repo, object } = await checkSignedUrl(request, hub, "verify");
  if ((await repo.lfs.size(object.oid)) === object.size) return json({}, { "Content-Type": mediaType });
  throw new HubServerError("HUB_ENTRY_NOT_FOUND", `The object ${object.oid} was not uploaded.`);
}

function readObject(fields: Record<string, unknown>): LfsObject {
  const oid = textField(fields, "oid");
  const { size } = fields;
  if (isLfsOid(oid) && typeof size === "number" && Number.isSafeInteger(size) && size >= 0) return { oid, size };
  throw new HubServerError("HUB_BAD_REQUEST", "A Git LFS object has a SHA-256 in lower case as oid, and a size.");
}

function refused(code: number, message: string): object {
  return { error: { code, message } };
}

/** git-lfs shows its user what an error says in `message`. */
function lfsRoute(route: Route): Route[] {
  const handle: Route["handle"] = async (request, hub) => {
    try {
      return await route.handle(request, hub);
    } catch (error) {
      if (!isRefusal(error)) throw error;
      const { code, message, data } = error;
      throw new HubServerError(code, message, { ...data, body: { ...data.body, message }, cause: error });
    }
  };
  return gitRoutePair({ ...route, handle });
}
