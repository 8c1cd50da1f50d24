import { openReadable } from "../../access/open-repo.ts";
import { HubServerError } from "../../hub-server-error.ts";
import { repoKeyOf } from "../../http/request/hub-request.ts";
import { json } from "../../http/reply/reply.ts";
import type { RequestBody } from "../../http/request/request-body.ts";
import type { Route } from "../../http/router.ts";
import type { Entry } from "../../storage/hub-storage.ts";
import { entryItems } from "./entry-items.ts";
import { resolveOrThrow } from "../split-revision.ts";

/** Most paths that one request asks for. */
const maxPaths = 1_000;

/** Says what is at some paths; missing ones are left out. Protocol section 1.7. */
export const pathsInfoRoutes: readonly Route[] = [
  {
    method: "POST",
    path: "/api/:type/:namespace/:name/paths-info/*",
    handle: async (request, hub) => {
      const repo = await openReadable(hub, request.viewer, repoKeyOf(request));
      const { paths, expand } = await readQuestion(request.body, hub.limits.maxBodyBytes);
      if (paths.length > maxPaths) {
        throw new HubServerError("HUB_BAD_REQUEST", `${paths.length} paths are too many: at most ${maxPaths}.`);
      }
      const commit = await resolveOrThrow(repo, request.rest.join("/"));
      const entries: Entry[] = [];
      for (const path of paths) {
        const entry = await repo.entry(commit, path.replace(/\/+$/, ""));
        if (entry && entry.path !== "") entries.push(entry);
      }
      return json(await entryItems(repo, commit, entries, expand));
    },
  },
];

/** The JavaScript client sends JSON, the Python client a form. */
async function readQuestion(body: RequestBody, maxBytes: number): Promise<{ paths: string[]; expand: boolean }> {
  if (body.isForm) {
    const form = new URLSearchParams((await body.bytes(maxBytes)).toString("utf8"));
    return { paths: form.getAll("paths"), expand: form.get("expand")?.toLowerCase() === "true" };
  }
  const { paths, expand } = await body.json(maxBytes);
  const list: unknown[] = Array.isArray(paths) ? paths : [paths];
  if (list.every((path) => typeof path === "string")) return { paths: list, expand: expand === true };
  throw new HubServerError("HUB_BAD_REQUEST", 'The field "paths" is not a list of texts.');
}
