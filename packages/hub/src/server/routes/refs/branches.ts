import { openWritable } from "../../access/open-repo.ts";
import { optionalText } from "../../http/request/fields.ts";
import { repoKeyOf } from "../../http/request/hub-request.ts";
import { json } from "../../http/reply/reply.ts";
import type { Route } from "../../http/router.ts";
import { defaultBranch } from "../../repo/ref-name.ts";
import { authorOf } from "../commits/author.ts";
import { resolveOrThrow } from "../split-revision.ts";

/** Makes and deletes branches. Protocol section 1.9. */
export const branchRoutes: readonly Route[] = [
  {
    method: "POST",
    path: "/api/:type/:namespace/:name/branch/*",
    action: "branch.create",
    handle: async (request, hub) => {
      const { repo, viewer } = await openWritable(hub, request.viewer, repoKeyOf(request));
      const fields = await request.body.json(hub.limits.maxBodyBytes);
      const name = request.rest.join("/");
      request.notes.facts["branch"] = name;
      const startingPoint = optionalText(fields, "startingPoint");
      const overwrite = fields["overwrite"] === true;
      const empty = fields["emptyBranch"] === true;
      // `overwrite` alone says "make sure that there is one", not "throw away what is there".
      if (overwrite && !empty && startingPoint === undefined && (await repo.resolve(`refs/heads/${name}`)))
        return json({});
      const branch = { name, overwrite, author: authorOf(hub, viewer) };
      const start = empty ? {} : { commit: await resolveOrThrow(repo, startingPoint ?? defaultBranch) };
      await repo.createBranch({ ...branch, ...start }, request.signal);
      return json({});
    },
  },
  {
    method: "DELETE",
    path: "/api/:type/:namespace/:name/branch/*",
    action: "branch.delete",
    handle: async (request, hub) => {
      const { repo } = await openWritable(hub, request.viewer, repoKeyOf(request));
      request.notes.facts["branch"] = request.rest.join("/");
      await repo.deleteBranch(request.rest.join("/"), request.signal);
      return json({});
    },
  },
];
