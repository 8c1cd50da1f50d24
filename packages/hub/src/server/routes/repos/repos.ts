import { checkWriter, openWritable } from "../../access/open-repo.ts";
import type { Viewer } from "../../access/viewer.ts";
import type { Hub } from "../../hub.ts";
import { HubServerError } from "../../hub-server-error.ts";
import { optionalText, textField } from "../../http/request/fields.ts";
import type { HubRequest } from "../../http/request/hub-request.ts";
import { json, type Reply } from "../../http/reply/reply.ts";
import type { Route } from "../../http/router.ts";
import { checkRepoKey, type RepoKey, repoId, repoPath, type RepoType, repoTypes } from "../../repo/repo-key.ts";
import { authorOf } from "../commits/author.ts";
import { initialFiles } from "./initial-files.ts";
import { readVisibility } from "./visibility.ts";

const sdks: readonly string[] = ["static", "gradio", "docker", "streamlit"];

/** Makes, moves and deletes repos. Protocol sections 1.2 and 1.4. */
export const repoRoutes: readonly Route[] = [
  { method: "POST", path: "/api/repos/create", action: "repo.create", handle: createRepo },
  { method: "DELETE", path: "/api/repos/delete", action: "repo.delete", handle: deleteRepo },
  { method: "POST", path: "/api/repos/move", action: "repo.move", handle: moveRepo },
];

async function createRepo(request: HubRequest, hub: Hub): Promise<Reply> {
  const fields = await request.body.json(hub.limits.maxBodyBytes);
  const key = readKey(fields, request.viewer);
  request.notes.target = repoPath(key);
  checkRepoKey(key);
  const viewer = checkWriter(request.viewer, key.namespace);
  const url = `${hub.publicUrl}/${repoPath(key)}`;
  const sdk = key.type === "space" ? readSdk(fields) : undefined;
  const isPrivate = readVisibility(fields) ?? false;
  const files = initialFiles(key, sdk, fields, hub.limits);
  const repo = { ...key, private: isPrivate, createdBy: viewer.name, files };
  request.notes.facts["visibility"] = isPrivate ? "private" : "public";
  try {
    const { record } = await hub.storage.createRepo(
      sdk === undefined ? repo : { ...repo, sdk },
      authorOf(hub, viewer),
      request.signal,
    );
    return json({ url, name: repoId(key), id: record.id });
  } catch (error) {
    if (!(error instanceof HubServerError) || error.code !== "HUB_ALREADY_EXISTS") throw error;
    // The Python client reads the address from here when it was told that the repo may exist.
    throw new HubServerError(error.code, error.message, { body: { url }, cause: error });
  } finally {
    hub.index.changed(key);
  }
}

async function deleteRepo(request: HubRequest, hub: Hub): Promise<Reply> {
  const key = readKey(await request.body.json(hub.limits.maxBodyBytes), request.viewer);
  request.notes.target = repoPath(key);
  const { viewer } = await openWritable(hub, request.viewer, key);
  try {
    await hub.storage.deleteRepo(key, { released: viewer.role === "admin", signal: request.signal });
  } finally {
    hub.index.changed(key);
  }
  return json({});
}

async function moveRepo(request: HubRequest, hub: Hub): Promise<Reply> {
  const fields = await request.body.json(hub.limits.maxBodyBytes);
  const type = readType(fields);
  const from = splitId(type, textField(fields, "fromRepo"));
  const to = splitId(type, textField(fields, "toRepo"));
  request.notes.target = repoPath(from);
  request.notes.facts["to"] = repoPath(to);
  checkRepoKey(to);
  const { viewer } = await openWritable(hub, request.viewer, from);
  checkWriter(request.viewer, to.namespace);
  try {
    await hub.storage.moveRepo(from, to, { released: viewer.role === "admin", signal: request.signal });
  } finally {
    hub.index.changed(from);
    hub.index.changed(to);
  }
  return json({ url: `${hub.publicUrl}/${repoPath(to)}` });
}

/** Without an organization the repo is the user's own. */
function readKey(fields: Record<string, unknown>, viewer: Viewer | undefined): RepoKey {
  const type = readType(fields);
  const name = textField(fields, "name");
  const organization = optionalText(fields, "organization");
  if (organization !== undefined) return { type, namespace: organization, name };
  return name.includes("/") ? splitId(type, name) : { type, namespace: viewer?.name ?? "", name };
}

/** The key of `namespace/name`. */
export function splitId(type: RepoType, id: string): RepoKey {
  const [namespace = "", name = ""] = id.split(/\/(.*)/s);
  return { type, namespace, name };
}

/** The Python client leaves it out for models. */
function readType(fields: Record<string, unknown>): RepoType {
  const text = optionalText(fields, "type") ?? "model";
  const type = [...repoTypes.values()].find((known) => known === text);
  if (!type) throw new HubServerError("HUB_BAD_REQUEST", `This hub has models, datasets and spaces, but no ${text}.`);
  return type;
}

function readSdk(fields: Record<string, unknown>): string {
  const sdk = optionalText(fields, "sdk") ?? "static";
  if (sdks.includes(sdk)) return sdk;
  throw new HubServerError("HUB_BAD_REQUEST", `${JSON.stringify(sdk)} is not an sdk: use one of ${sdks.join(", ")}.`);
}
