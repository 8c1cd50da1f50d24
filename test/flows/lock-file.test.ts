import { readFile, readlink, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { type LockEntry, LockFile, loadTool } from "@smoltools/hub";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { editLock, testHub } from "./hub-fixture.ts";

let hub: Awaited<ReturnType<typeof testHub>>;
beforeAll(async () => {
  hub = await testHub();
});
afterAll(async () => {
  await hub[Symbol.asyncDispose]();
});

describe("a lock file", () => {
  it("says what was granted, and what it pins", async () => {
    const { pushed } = await hub.publish("pins", "return 1", { permissions: { net: ["api.example.com"] } });
    const lockFile = join(hub.folder, "pins.lock");
    await loadTool(
      "acme/pins@^1#act",
      hub.options({ lockFile, permissions: { net: ["api.example.com", "b.example"] } }),
    );
    expect(JSON.parse(await readFile(lockFile, "utf8"))).toEqual({
      lockfileVersion: 1,
      packages: {
        "acme/pins@^1": {
          hub: hub.server.url,
          repoType: "space",
          repo: "acme/pins",
          version: "1.0.0",
          commit: pushed.commit,
          integrity: pushed.integrity,
          permissions: { net: ["api.example.com"], env: [], read: [], write: [], run: [] },
          declarations: expect.stringMatching(/^sha512-/),
        },
      },
    });
  });

  it("stays byte for byte what it was when what it holds is loaded", async () => {
    await hub.publish("still", "return 1");
    const lockFile = join(hub.folder, "still.lock");
    await loadTool("acme/still@^1", hub.options({ lockFile }));
    const before = await readFile(lockFile, "utf8");
    await hub.publish("still", "return 2", { version: "1.1.0" });
    await loadTool("acme/still@^1", hub.options({ lockFile }));
    await loadTool("acme/still@^1", hub.coldOptions({ lockFile, permissions: "declared" }));
    expect(await readFile(lockFile, "utf8")).toBe(before);
  });

  it("keeps what a later version of smoltools has put there", async () => {
    await hub.publish("newer", "return 1");
    const lockFile = join(hub.folder, "newer.lock");
    await loadTool("acme/newer@^1", hub.options({ lockFile }));
    await editLock(lockFile, (data) => {
      Object.assign(data, { resolvedBy: "smoltools 9" });
      Object.assign(data.packages["acme/newer@^1"] ?? {}, { provenance: { builder: "ci" } });
    });
    await loadTool("acme/newer@1.0.0", hub.options({ lockFile }));
    expect(JSON.parse(await readFile(lockFile, "utf8"))).toMatchObject({
      resolvedBy: "smoltools 9",
      packages: { "acme/newer@^1": { provenance: { builder: "ci" } }, "acme/newer@1.0.0": { version: "1.0.0" } },
    });
  });

  it("reports permissions that the lock file does not say were granted", async () => {
    await hub.publish("greedy", "return 1", { permissions: { net: ["api.example.com"] } });
    const lockFile = join(hub.folder, "greedy.lock");
    await loadTool("acme/greedy@1", hub.options({ lockFile, permissions: "declared" }));
    await editLock(lockFile, ({ packages }) => packages["acme/greedy@1"]?.permissions.net.splice(0));
    await expect(loadTool("acme/greedy@1", hub.options({ lockFile }))).rejects.toMatchObject({
      code: "LOCK_PERMISSIONS_GROWN",
    });
  });

  it("keeps the entries of loads that happen at the same time", async () => {
    const names = ["para", "parb", "parc", "pard"];
    await Promise.all(names.map((name) => hub.publish(name, "return 1")));
    const lockFile = join(hub.folder, "parallel.lock");
    await Promise.all(names.map((name) => loadTool(`acme/${name}@1`, hub.options({ lockFile }))));
    const { packages } = await new LockFile(lockFile).read();
    expect(Object.keys(packages)).toEqual(names.map((name) => `acme/${name}@1`));
  });

  it("of two loads that lock the same ref at the same time, both hold to what is locked", async () => {
    await hub.publish("twice-locked", "return 1");
    const lockFile = join(hub.folder, "twice-locked.lock");
    const tools = await Promise.all(
      [1, 2, 3].map(() => loadTool("acme/twice-locked@1", hub.coldOptions({ lockFile }))),
    );
    const entry = await new LockFile(lockFile).entry("acme/twice-locked@1");
    expect(tools.map(({ origin }) => origin)).toEqual(
      Array(3).fill(expect.objectContaining({ commit: entry?.commit })),
    );
  });

  it("does not grant what the caller now grants less of", async () => {
    await hub.publish("narrowed", "return 1", { permissions: { env: ["KEY"] } });
    const lockFile = join(hub.folder, "narrowed.lock");
    await loadTool("acme/narrowed@1", hub.options({ lockFile, permissions: "declared" }));
    const load = loadTool("acme/narrowed@1", hub.options({ lockFile, permissions: {} }));
    await expect(load).rejects.toMatchObject({ code: "PERMISSION_NOT_GRANTED" });
  });

  it("asks at the first load and for growth, and not in between", async () => {
    await hub.publish("asks", "return 1", { permissions: { env: ["KEY"] } });
    const lockFile = join(hub.folder, "asks.lock");
    const asked: [boolean, string[]][] = [];
    const options = hub.options({
      lockFile,
      permissions: ({ isGrowth, missing }) => asked.push([isGrowth, missing.env]) > 0,
    });
    await loadTool("acme/asks@>=1", options);
    await loadTool("acme/asks@>=1", options);
    await hub.publish("asks", "return 1", { version: "2.0.0", permissions: { env: ["KEY", "OTHER"] } });
    await loadTool("acme/asks@>=1", options);
    await loadTool("acme/asks@>=1", { ...options, update: true });
    expect(asked).toEqual([
      [false, ["KEY"]],
      [true, ["OTHER"]],
    ]);
  });

  it("is not written when the answer is no", async () => {
    await hub.publish("refused", "return 1", { permissions: { env: ["KEY"] } });
    const lockFile = join(hub.folder, "refused.lock");
    const load = loadTool("acme/refused@1", hub.options({ lockFile, permissions: () => false }));
    await expect(load).rejects.toMatchObject({ code: "PERMISSION_NOT_GRANTED" });
    expect(await new LockFile(lockFile).read()).toEqual({ lockfileVersion: 1, packages: {} });
  });

  it("does not ask again on an update that wants no more than before", async () => {
    await hub.publish("modest", "return 1", { permissions: { env: ["KEY"] } });
    const lockFile = join(hub.folder, "modest.lock");
    await loadTool("acme/modest@1", hub.options({ lockFile, permissions: "declared" }));
    await hub.publish("modest", "return 2", { version: "1.0.1", permissions: { env: ["KEY"] } });
    await using tool = await loadTool("acme/modest@1", hub.options({ lockFile, update: true, env: { KEY: "x" } }));
    expect(await tool.call({})).toBe(2);
  });

  it("names the hub that a ref is locked to, where another one is asked", async () => {
    await hub.publish("elsewhere", "return 1");
    const lockFile = join(hub.folder, "elsewhere.lock");
    await loadTool("acme/elsewhere@1", hub.options({ lockFile }));
    const other = loadTool("acme/elsewhere@1", hub.options({ lockFile, hubUrl: "http://127.0.0.1:9" }));
    await expect(other).rejects.toMatchObject({ code: "LOCK_OTHER_HUB" });
  });

  it("that is frozen holds no folders", async () => {
    await expect(loadTool("./somewhere", hub.options({ frozen: true }))).rejects.toMatchObject({
      code: "LOCK_ENTRY_MISSING",
    });
  });

  it("that is frozen is not updated", async () => {
    await hub.publish("frozen", "return 1");
    const lockFile = join(hub.folder, "frozen.lock");
    await loadTool("acme/frozen@1", hub.options({ lockFile }));
    await hub.publish("frozen", "return 2", { version: "1.1.0" });
    await using tool = await loadTool("acme/frozen@1", hub.options({ lockFile, frozen: true, update: true }));
    expect(await tool.call({})).toBe(1);
  });

  it("can be replaced entry by entry, all or none", async () => {
    await hub.publish("batch", "return 1");
    const lockFile = join(hub.folder, "batch.lock");
    await loadTool("acme/batch@1", hub.options({ lockFile }));
    const lock = new LockFile(lockFile);
    const entry = (await lock.entry("acme/batch@1")) ?? fail();
    const bad: LockEntry = { ...entry, integrity: `sha512-${"A".repeat(86)}==` };
    await expect(lock.replace({ "acme/batch@^1": entry, "acme/batch@1.0.0": bad })).rejects.toMatchObject({
      code: "LOCK_INTEGRITY",
    });
    expect(Object.keys((await lock.read()).packages)).toEqual(["acme/batch@1"]);
    expect(await lock.remove(["acme/batch@1", "acme/other"])).toEqual(["acme/batch@1"]);
    expect(Object.keys((await lock.read()).packages)).toEqual([]);
  });

  it("that is a link stays one", async () => {
    await hub.publish("linked", "return 1");
    const target = join(hub.folder, "target.lock");
    const lockFile = join(hub.folder, "linked.lock");
    await writeFile(target, '{"lockfileVersion":1,"packages":{}}');
    await symlink(target, lockFile);
    await loadTool("acme/linked@1", hub.options({ lockFile }));
    expect(await readlink(lockFile)).toBe(target);
    expect(await readFile(target, "utf8")).toContain("acme/linked@1");
  });
});

function fail(): never {
  throw new Error("this should be there");
}
