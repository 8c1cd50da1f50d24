import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { installPackages, loadTool, PackageCache } from "@smoltools/hub";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { countingFetch, testHub } from "../flows/hub-fixture.ts";

const python = join(
  import.meta.dirname,
  "..",
  "..",
  ".venv",
  process.platform === "win32" ? "Scripts" : "bin",
  "python",
);
const execute = promisify(execFile);

let hub: Awaited<ReturnType<typeof testHub>>;
beforeAll(async () => {
  hub = await testHub();
  await hub.publish("shared", "return 'one'");
});
afterAll(async () => {
  await hub[Symbol.asyncDispose]();
});

/** Runs a program of Python's client, with its cache here, and reads the JSON that it prints. */
async function huggingfaceHub(cacheDir: string, program: string): Promise<unknown> {
  const env = {
    PATH: process.env["PATH"],
    HF_ENDPOINT: hub.server.url,
    HF_HUB_CACHE: cacheDir,
    HF_HUB_DISABLE_XET: "1",
  };
  const { stdout } = await execute(python, ["-c", `import json, os\n${program}`], { env });
  return JSON.parse(stdout.trim().split("\n").at(-1) ?? "");
}

describe("the cache, and huggingface_hub", () => {
  it("looks through what smoltools has downloaded without a warning, and finds it without the network", async () => {
    const cacheDir = join(hub.folder, "ours");
    const options = { ...hub.options({ cacheDir }), lockFile: join(hub.folder, "ours.lock") };
    const { installed } = await installPackages(["acme/shared@1.0.0"], options);
    const { dir } = new PackageCache(cacheDir, hub.server.url);
    const program = `
from huggingface_hub import scan_cache_dir, snapshot_download
info = scan_cache_dir()
path = snapshot_download("acme/shared", repo_type="space", revision="v1.0.0", local_files_only=True)
print(json.dumps({
    "warnings": [str(warning) for warning in info.warnings],
    "repos": [[repo.repo_type, repo.repo_id, [sorted(each.refs) for each in repo.revisions]] for repo in info.repos],
    "commit": os.path.basename(path),
    "bundle": open(os.path.join(path, "dist", "tool.mjs")).read(),
}))`;
    expect(await huggingfaceHub(dir, program)).toEqual({
      warnings: [],
      repos: [["space", "acme/shared", [["v1.0.0"]]]],
      commit: installed[0]?.commit,
      bundle: expect.stringContaining("'one'"),
    });
  });

  it("leaves what smoltools then finds without the network", async () => {
    const cacheDir = join(hub.folder, "theirs");
    const lockFile = join(hub.folder, "theirs.lock");
    await loadTool("acme/shared@1.0.0", hub.coldOptions({ lockFile }));
    const { dir } = new PackageCache(cacheDir, hub.server.url);
    const program = `
from huggingface_hub import snapshot_download
print(json.dumps(snapshot_download("acme/shared", repo_type="space", revision="v1.0.0")))`;
    await huggingfaceHub(dir, program);
    const { urls, fetch } = countingFetch();
    await using tool = await loadTool("acme/shared@1.0.0", hub.options({ cacheDir, lockFile, fetch, frozen: true }));
    expect([await tool.call({}), urls]).toEqual(["one", []]);
  });
});
