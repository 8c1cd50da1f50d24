import { stat } from "node:fs/promises";
import { HubServerError } from "./hub-server-error.ts";
import { DiskStorage } from "./storage/disk/disk-storage.ts";
import { unlessMissing } from "../shared/has-code.ts";

/**
 * Copies the folder of a hub, while servers work on it: repos, users and tokens (as hashes), collections, logs. The
 * copy is a folder like any other: a hub can be started on it.
 *
 * @param root - The folder of the hub.
 * @param target - A folder that does not exist yet. It appears when the copy is complete.
 * @throws HubServerError `HUB_BAD_OPTIONS` when there is no such hub, `HUB_ALREADY_EXISTS`.
 */
export async function backUpHub(root: string, target: string): Promise<void> {
  if (!(await unlessMissing(stat(root)))) throw new HubServerError("HUB_BAD_OPTIONS", `There is no folder ${root}.`);
  const storage = await DiskStorage.open(root);
  await storage.backUp(target);
}
