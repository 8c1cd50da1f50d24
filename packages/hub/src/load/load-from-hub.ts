import type { ToolOrigin } from "@smoltools/core";
import { startToolFile } from "./python/start-tool-file.ts";
import type { HubRef } from "../ref/ref.ts";
import type { LoadedPackage } from "./loaded-package.ts";
import type { LoadOptions } from "./load-options.ts";
import { openFromHub } from "./open/open-from-hub.ts";
import { startPackage } from "./engine/start-package.ts";

/** Loads a package of a hub: at the lock file's commit where it holds the ref, else in the version that fits. */
export async function loadFromHub(ref: HubRef, options: LoadOptions): Promise<LoadedPackage> {
  const opened = await openFromHub(ref, options);
  const { key, client, resolved, manifest, permissions } = opened;
  const origin: ToolOrigin = {
    kind: "hub",
    hub: client.hubUrl,
    ref: key,
    repo: resolved.repo,
    ...(resolved.version !== undefined && { version: resolved.version }),
    commit: resolved.commit,
    integrity: manifest.integrity,
  };
  const start = opened.requirements === undefined ? startPackage : startToolFile;
  return { ...(await start(opened, permissions, origin, options)), resolved };
}
