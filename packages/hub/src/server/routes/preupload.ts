import { openWritable } from "../access/open-repo.ts";
import { HubServerError } from "../hub-server-error.ts";
import { objectList, optionalText, textField } from "../http/fields.ts";
import { repoKeyOf } from "../http/hub-request.ts";
import { json } from "../http/reply.ts";
import type { Route } from "../http/router.ts";
import { checkFilePath } from "../repo/file-path.ts";
import { ignoredPaths } from "../repo/ignored-paths.ts";
import type { RepoStore } from "../storage/hub-storage.ts";
import { refusePullRequest } from "./commit.ts";
import { resolveOrThrow } from "./split-revision.ts";

/** Largest .gitignore that is looked at. */
const maxIgnoreBytes = 256 * 1024;

/**
 * Says how each file is to be sent: always in the commit itself (`regular`), so that no client turns to LFS or Xet.
 * Protocol section 1.5, step 1.
 */
export const preuploadRoutes: readonly Route[] = [
  {
    method: "POST",
    path: "/api/:type/:namespace/:name/preupload/*",
    handle: async (request, hub) => {
      refusePullRequest(request);
      const { repo } = await openWritable(hub, request.viewer, repoKeyOf(request));
      const fields = await request.body.json(hub.limits.maxBodyBytes);
      const commit = await resolveOrThrow(repo, request.rest.join("/"));
      const sent = objectList(fields, "files").map((file) => ({ path: textField(file, "path"), size: file["size"] }));
      for (const { path, size } of sent) {
        checkFilePath(path);
        if (typeof size === "number" && size > hub.limits.maxFileBytes) {
          throw new HubServerError(
            "HUB_TOO_LARGE",
            `${path} has ${size} bytes: this hub takes files of at most ${hub.limits.maxFileBytes} bytes.`,
          );
        }
      }
      const paths = sent.map(({ path }) => path);
      const rules = optionalText(fields, "gitIgnore") ?? (await presentRules(repo, commit));
      const ignored = await ignoredPaths(rules, paths);
      const files: object[] = [];
      for (const path of paths) {
        const entry = await repo.entry(commit, path);
        const oid = entry?.type === "file" ? entry.oid : null;
        files.push({ path, uploadMode: "regular", shouldIgnore: ignored.has(path), oid });
      }
      return json({ files });
    },
  },
];

/** The rules of the repo's own .gitignore, which hold when the client is not about to send another one. */
async function presentRules(repo: RepoStore, commit: string): Promise<string> {
  const entry = await repo.entry(commit, ".gitignore");
  if (entry?.type !== "file" || (await repo.blobSize(entry.oid)) > maxIgnoreBytes) return "";
  return Buffer.from(await repo.blob(entry.oid)).toString("utf8");
}
