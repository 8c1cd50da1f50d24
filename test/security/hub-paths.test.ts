import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { HubClient, installPackages, loadPackage, PackageCache } from "@smoltools/hub";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { packageOf, sandbox } from "../flows/hub-fixture.ts";
import { lyingHub, serveLocal } from "./lying-hub.ts";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "smoltools-paths-"));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const commit = "a".repeat(40);

describe("a hub that names paths outside of where its files belong", () => {
  it.each(["../x", "a/../../x", "/etc/passwd", "a//b", "./x", "a/.", "", "a\0b"])(
    "is not believed that a repo has the file %j",
    async (path) => {
      await using hub = await serveLocal((_request, response) => {
        response.end(JSON.stringify([{ type: "file", path, size: 1, oid: "x" }]));
      });
      const client = new HubClient({ hubUrl: hub.url, retries: 0 });
      const tree = client.tree({ repoType: "space", repo: "acme/act" }, "main");
      await expect(tree).rejects.toMatchObject({ code: "HUB_RESPONSE_INVALID" });
    },
  );

  it.each(["../../../../precious", "..", "a/../../../../../precious", "/etc/x", "a\\..\\..\\x"])(
    "cannot lead out of the cache by the name of the branch %j",
    async (name) => {
      const precious = join(folder, "precious");
      await writeFile(precious, "mine");
      await using liar = await lyingHub({ branches: [name], tags: [], packed: packageOf("return 1") });
      const cacheDir = join(folder, "x", "cache");
      const load = loadPackage(`acme/act@${name}`, { hubUrl: liar.url, sandbox, cacheDir, retries: 0 });
      await expect(load).rejects.toMatchObject({ code: "REF_INVALID" });
      // Whatever asks the cache directly gets no further.
      await new PackageCache(cacheDir, liar.url).writeRef({ repoType: "space", repo: "acme/act", commit, name });
      expect(await readFile(precious, "utf8")).toBe("mine");
    },
  );

  it("leaves nothing outside of the folder of its repo", async () => {
    await using liar = await lyingHub({ branches: ["main", "feat/x"], packed: packageOf("return 1") });
    const cacheDir = join(folder, "tidy");
    const options = { hubUrl: liar.url, cacheDir, retries: 0, lockFile: join(folder, "tidy.lock") };
    await installPackages(["acme/act@feat/x", "acme/act@1.0.0"], options);
    expect(await readdir(cacheDir)).toEqual(["hubs"]);
    expect(await readdir(new PackageCache(cacheDir, liar.url).dir)).toEqual(["spaces--acme--act"]);
  });
});
