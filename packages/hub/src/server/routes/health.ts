import { randomUUID } from "node:crypto";
import { rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { errorMessage } from "@smoltools/core";
import type { Hub } from "../hub.ts";
import { json } from "../http/reply/reply.ts";
import type { Route } from "../http/router.ts";

/**
 * For whoever watches the hub. `GET /healthz`: it runs. `GET /readyz`: it can take requests, so it is not shutting
 * down, it has looked through its repos, and it can write to its folder; 503 otherwise.
 */
export const healthRoutes: readonly Route[] = [
  { method: "GET", path: "/healthz", unlimited: true, handle: () => json({ status: "ok" }) },
  {
    method: "GET",
    path: "/readyz",
    unlimited: true,
    handle: async (_request, hub) => {
      const storage = await recentWriteProblem(hub);
      const checks = {
        running: !hub.draining,
        index: hub.index.isReady,
        storage: storage === undefined,
      };
      const ready = Object.values(checks).every(Boolean);
      return json({ status: ready ? "ready" : "not ready", checks }, {}, ready ? 200 : 503);
    },
  },
];

/** How long what was found holds: whoever asks all the time shall not keep the disk busy. */
const holdsMs = 1_000;

const known = new WeakMap<Hub, { at: number; problem: Promise<string | undefined> }>();

function recentWriteProblem(hub: Hub): Promise<string | undefined> {
  const last = known.get(hub);
  if (last && performance.now() - last.at < holdsMs) return last.problem;
  const problem = writeProblem(hub.root);
  known.set(hub, { at: performance.now(), problem });
  return problem.then((text) => {
    if (text !== undefined) hub.report(new Error(`The folder of the hub cannot be written: ${text}`));
    return text;
  });
}

/** What keeps the hub from writing a file; `undefined` when nothing does. */
async function writeProblem(root: string): Promise<string | undefined> {
  // The mark at the start is that of unfinished files: one that a crash leaves is no repo's.
  const path = join(root, `tmp_obj_ready_${randomUUID()}`);
  try {
    await writeFile(path, "ready", { flag: "wx" });
    return undefined;
  } catch (error) {
    return errorMessage(error);
  } finally {
    await rm(path, { force: true }).catch(() => {});
  }
}
