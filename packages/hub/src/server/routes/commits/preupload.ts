import { openWritable } from "../../access/open-repo.ts";
import type { HubLimits } from "../../hub-limits.ts";
import { HubServerError } from "../../hub-server-error.ts";
import { objectList, optionalText, textField } from "../../http/request/fields.ts";
import { repoKeyOf } from "../../http/request/hub-request.ts";
import { json } from "../../http/reply/reply.ts";
import type { Route } from "../../http/router.ts";
import { checkFilePath } from "../../repo/file-path.ts";
import { ignoredPaths, maxRulesLength } from "../../repo/ignored-paths.ts";
import type { RepoStore } from "../../storage/hub-storage.ts";
import { refusePullRequest } from "./commit.ts";
import { resolveOrThrow } from "../split-revision.ts";
import { readText } from "../../storage/read-text.ts";

/** Most files of one question: several times as many as the official clients ask about at once. */
const maxFiles = 1_000;

/**
 * Says how each file is to be sent: in the commit itself (`regular`) up to a limit that is larger than the Hugging Face
 * Hub's, and by Git LFS beyond it. The Python client sends what is not regular by Xet, which this hub has not, unless
 * it is told `HF_HUB_DISABLE_XET=1`. Protocol section 1.5, step 1, and fact 2.
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
      const asked = objectList(fields, "files");
      if (asked.length > maxFiles) {
        throw new HubServerError("HUB_BAD_REQUEST", `${asked.length} files are too many: at most ${maxFiles}.`);
      }
      const sent = asked.map((file) => readFile(file, hub.limits));
      const paths = sent.map(({ path }) => path);
      const sentRules = optionalText(fields, "gitIgnore");
      const rules = sentRules ?? (await readText(repo, commit, ".gitignore", maxRulesLength)) ?? "";
      const ignored = ignoredPaths(rules, paths);
      const files: object[] = [];
      for (const { path, uploadMode } of sent) {
        const oid = await presentId(repo, commit, path, uploadMode);
        files.push({ path, uploadMode, shouldIgnore: ignored.has(path), oid });
      }
      return json({ files });
    },
  },
];

type UploadMode = "regular" | "lfs";

/** @throws HubServerError `HUB_TOO_LARGE` for a file that can be sent in neither way. */
function readFile(file: Record<string, unknown>, limits: HubLimits): { path: string; uploadMode: UploadMode } {
  const path = textField(file, "path");
  checkFilePath(path);
  const { size } = file;
  if (typeof size !== "number" || size <= limits.maxRegularFileBytes) return { path, uploadMode: "regular" };
  if (size <= limits.maxLfsFileBytes) return { path, uploadMode: "lfs" };
  throw new HubServerError(
    "HUB_TOO_LARGE",
    `${path} has ${size} bytes: this hub takes files of at most ${limits.maxLfsFileBytes} bytes.`,
  );
}

/** What the Python client compares with the file that it is about to send, to leave out what has not changed. */
async function presentId(repo: RepoStore, commit: string, path: string, mode: UploadMode): Promise<string | null> {
  const entry = await repo.entry(commit, path);
  if (entry?.type !== "file") return null;
  return mode === "regular" ? entry.oid : ((await repo.lfsObject(entry.oid))?.oid ?? null);
}
