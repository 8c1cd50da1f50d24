import { timingSafeEqual } from "node:crypto";
import type { Hub } from "../../hub.ts";
import { HubServerError } from "../../hub-server-error.ts";
import type { HubRequest } from "../../http/request/hub-request.ts";
import { isLfsOid } from "../../repo/lfs-oid.ts";
import { repoPath } from "../../repo/repo-key.ts";
import type { LfsObject, RepoStore } from "../../storage/hub-storage.ts";
import { gitRepoKey } from "./git-repo-key.ts";

/** What an address is good for. */
export type LfsVerb = "upload" | "download" | "verify";

/** A request with a signed address. */
export interface SignedRequest {
  repo: RepoStore;
  object: LfsObject;
  /** Who was given the address; empty for somebody without a token. */
  user: string;
}

/**
 * An address for one Git LFS object, to be used without a token: clients send none with the bytes. It is good for one
 * thing, one object of one repo and a limited time.
 */
export async function signedUrl(
  hub: Hub,
  repo: RepoStore,
  verb: LfsVerb,
  { oid, size }: LfsObject,
  user: string,
): Promise<string> {
  const expires = Date.now() + hub.limits.lfsUrlLifetimeMs;
  const signature = await sign(hub, repo, verb, { oid, size, expires, user });
  const query = new URLSearchParams({ size: String(size), expires: String(expires), user, signature });
  return `${hub.publicUrl}/${repoPath(repo.record)}.git/info/lfs/${verb}/${oid}?${query}`;
}

/**
 * Checks the address of a request.
 *
 * @throws HubServerError `HUB_FORBIDDEN` for one that this hub did not give out, that was given out for something else,
 * or that has expired.
 */
export async function checkSignedUrl(request: HubRequest, hub: Hub, verb: LfsVerb): Promise<SignedRequest> {
  const { params, query } = request;
  const oid = params.get("oid") ?? "";
  const [size, expires] = [Number(query.get("size")), Number(query.get("expires"))];
  const user = query.get("user") ?? "";
  const repo = await hub.storage.openRepo(gitRepoKey(request));
  if (!repo || !isLfsOid(oid) || !Number.isSafeInteger(size) || !Number.isSafeInteger(expires)) throw notSigned();
  const expected = Buffer.from(await sign(hub, repo, verb, { oid, size, expires, user }));
  const given = Buffer.from(query.get("signature") ?? "");
  if (given.length !== expected.length || !timingSafeEqual(given, expected)) throw notSigned();
  if (expires < Date.now()) {
    throw new HubServerError("HUB_FORBIDDEN", "This address has expired: ask for a new one.");
  }
  return { repo, object: { oid, size }, user };
}

/** The id of the repo's record stays when the repo is moved, and is another one when it is made again. */
function sign(
  hub: Hub,
  { record }: RepoStore,
  verb: LfsVerb,
  { oid, size, expires, user }: LfsObject & { expires: number; user: string },
): Promise<string> {
  return hub.storage.sign(JSON.stringify(["lfs", verb, record.id, oid, size, expires, user]));
}

function notSigned(): HubServerError {
  return new HubServerError("HUB_FORBIDDEN", "This address was not given out by this hub, or not for this.");
}
