import { openWritable } from "../../access/open-repo.ts";
import { bodyLines } from "../../http/request/body-lines.ts";
import { HubServerError } from "../../hub-server-error.ts";
import { type HubRequest, repoKeyOf } from "../../http/request/hub-request.ts";
import { json } from "../../http/reply/reply.ts";
import type { Route } from "../../http/router.ts";
import { repoPath } from "../../repo/repo-key.ts";
import { authorOf } from "./author.ts";
import { readCommitChanges } from "./commit-changes.ts";

/** What a line has beside the content of its file: the path, the names of the fields. */
const lineOverheadBytes = 16 * 1024;

/** Makes a commit. Protocol section 1.5, step 3. */
export const commitRoutes: readonly Route[] = [
  {
    method: "POST",
    path: "/api/:type/:namespace/:name/commit/*",
    action: "commit",
    handle: async (request, hub) => {
      refusePullRequest(request);
      const { repo, viewer } = await openWritable(hub, request.viewer, repoKeyOf(request));
      using _place = await hub.commitGate.enter(repo.record.id, request.signal);
      const lines = bodyLines(request.body, {
        maxLineBytes: Math.ceil(hub.limits.maxRegularFileBytes / 3) * 4 + lineOverheadBytes,
        gate: hub.largeFileGate,
        signal: request.signal,
      });
      const { header, changes } = await readCommitChanges(lines, repo, hub.limits);
      const branch = request.rest.join("/");
      const commit = await repo.makeCommit(
        { ...header, branch, changes, author: authorOf(hub, viewer) },
        request.signal,
      );
      Object.assign(request.notes.facts, { branch, commit: commit.oid });
      const commitUrl = `${hub.publicUrl}/${repoPath(repo.record)}/commit/${commit.oid}`;
      return json({ success: true, commitOid: commit.oid, commitUrl, hookOutput: "" });
    },
  },
];

/** @throws HubServerError `HUB_NOT_IMPLEMENTED` for a commit that is to become a pull request. */
export function refusePullRequest(request: HubRequest): void {
  const asked = request.query.get("create_pr") ?? "";
  if (asked === "" || asked === "0" || asked.toLowerCase() === "false") return;
  throw new HubServerError("HUB_NOT_IMPLEMENTED", "This hub has no pull requests: commit to a branch instead.");
}
