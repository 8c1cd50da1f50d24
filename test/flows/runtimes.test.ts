import { readdir, readFile, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { processSandbox } from "@smoltools/adapters/sandboxes/process";
import { type LoadOptions, loadTool, PackageCache } from "@smoltools/hub";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { testHub } from "./hub-fixture.ts";

let hub: Awaited<ReturnType<typeof testHub>>;
beforeAll(async () => {
  hub = await testHub();
});
afterAll(async () => {
  await hub[Symbol.asyncDispose]();
});

const node = processSandbox();
const withNode = (more: Partial<LoadOptions> = {}) => hub.coldOptions({ runtimes: { node }, ...more });

/** A bundle that imports modules of Node.js. */
const nodeCode = `import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
export const tools = {
  act: async ({ n = 0 }) => ({ hash: createHash("sha256").update(String(n)).digest("hex"), host: exists("/etc/shadow") }),
};
const exists = (path) => { try { readFileSync(path); return true } catch { return false } };
`;

describe("a package with the runtime node", () => {
  it("runs in the sandbox for Node, from which nothing of this machine is seen", async () => {
    await hub.publish("node", "", { runtime: "node", code: nodeCode });
    await using tool = await loadTool("acme/node", withNode());
    expect(await tool.call({ n: 1 })).toEqual({
      hash: "6b86b273ff34fce19d6b804eff5a3f5747ada4eaa22f1d49c01e52ddb7875b4b",
      host: false,
    });
  });

  it("is refused where no such sandbox was named", async () => {
    await expect(loadTool("acme/node", hub.coldOptions())).rejects.toMatchObject({
      code: "RUNTIME_UNSUPPORTED",
      message: expect.stringContaining("runtimes.node"),
    });
  });

  it.each([["read"], ["write"], ["run"]] as const)("is refused when it wants to %s, by name", async (kind) => {
    const permissions = { [kind]: ["data"] };
    await hub.publish(`host-${kind}`, "", { runtime: "node", code: nodeCode, permissions });
    await expect(loadTool(`acme/host-${kind}`, withNode({ permissions }))).rejects.toMatchObject({
      code: "RUNTIME_UNSUPPORTED",
      message: expect.stringContaining(`it needs ${kind} data, which no sandbox gives`),
    });
  });
});

describe("a package that is trusted in this process", () => {
  const trusting = (more: Partial<LoadOptions> = {}) => hub.coldOptions({ trust: "in-process", ...more });

  it("runs here, with what is here", async () => {
    const permissions = { read: ["."] };
    const code = `import { pid } from "node:process"; export const tools = { act: async () => pid };\n`;
    await hub.publish("here", "", { runtime: "node", code, permissions });
    await using tool = await loadTool("acme/here", trusting({ permissions }));
    expect(await tool.call({})).toBe(process.pid);
  });

  it("is asked for its permissions as ever", async () => {
    await expect(loadTool("acme/here", trusting())).rejects.toMatchObject({ code: "PERMISSION_NOT_GRANTED" });
  });

  it("never runs bytes that are not those that were published, also out of the cache", async () => {
    await hub.publish("kept", "globalThis.wasTampered = false; return 'good'");
    const options = trusting();
    await using first = await loadTool("acme/kept@1.0.0", options);
    await first.call({});
    const cache = new PackageCache(options.cacheDir, options.hubUrl);
    const { commit } = first.origin as { commit: string };
    const path = cache.snapshotPath({ repoType: "space", repo: "acme/kept", commit }, "dist/tool.mjs");
    const changed = (await readFile(path, "utf8")).replace("= false", "= true");
    await writeFile(path, changed);
    await using second = await loadTool("acme/kept@1.0.0", options);
    expect(await second.call({})).toBe("good");
    expect((globalThis as { wasTampered?: boolean }).wasTampered).toBe(false);
  });

  it("tells what it threw, and what it does not have", async () => {
    await hub.publish("throws", "throw new RangeError('too far')");
    await using tool = await loadTool("acme/throws", trusting());
    const error: unknown = await tool.call({}).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code: "TOOL_FAILED", message: expect.stringContaining("too far") });
    expect((error as Error).cause).toBeInstanceOf(RangeError);
    await hub.publish("empty", "", { code: "export const tools = {};\n" });
    await using empty = await loadTool("acme/empty", trusting());
    await expect(empty.call({})).rejects.toMatchObject({ code: "TOOL_FAILED" });
  });

  it("leaves a call that is aborted, and one that is over, to itself", async () => {
    await hub.publish("waits", "await new Promise(() => {})");
    await using tool = await loadTool("acme/waits", trusting());
    const signal = AbortSignal.timeout(20);
    await expect(tool.call({}, { signal })).rejects.toMatchObject({ name: "TimeoutError" });
    await tool[Symbol.asyncDispose]();
    await expect(tool.call({})).rejects.toMatchObject({ code: "SANDBOX_DISPOSED" });
  });

  it("leaves no file behind", async () => {
    await hub.publish("traceless", "return 1");
    const before = await readdir(tmpdir());
    await using tool = await loadTool("acme/traceless", trusting());
    await tool.call({});
    const after = (await readdir(tmpdir())).filter((name) => name.startsWith("smoltools-in-process-"));
    expect(after.filter((name) => !before.includes(name))).toEqual([]);
  });
});
