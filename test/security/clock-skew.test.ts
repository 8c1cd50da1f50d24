import { readFile, rm, utimes, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { addPackages, auditPackages, installPackages, loadTool } from "@smoltools/hub";
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import { testHub } from "../flows/hub-fixture.ts";
import { serveLocal } from "./lying-hub.ts";

let hub: Awaited<ReturnType<typeof testHub>>;
beforeAll(async () => {
  hub = await testHub();
  await hub.publish("act", "return 1");
});
afterAll(async () => {
  await hub[Symbol.asyncDispose]();
});
afterEach(() => {
  vi.useRealTimers();
});

const years = 365 * 24 * 60 * 60 * 1000;

describe.each([
  ["thirty years behind", -30 * years],
  ["thirty years ahead", 30 * years],
])("a clock that is %s", (title, skew) => {
  it("changes nothing of what is resolved, locked, cached and found", async () => {
    const lockFile = join(hub.folder, `${title}.lock`);
    const options = { ...hub.coldOptions(), lockFile };
    vi.useFakeTimers({ toFake: ["Date"], now: Date.now() + skew });
    await addPackages(["acme/act@^1"], options);
    const locked = await readFile(lockFile, "utf8");
    await installPackages(undefined, { ...options, frozen: true });
    expect((await auditPackages(undefined, options)).findings).toEqual([]);
    await using tool = await loadTool("acme/act@^1", options);
    expect(await tool.call({})).toBe(1);
    vi.useRealTimers();
    await addPackages(["acme/act@^1"], options);
    expect(await readFile(lockFile, "utf8")).toBe(locked);
    expect(locked).not.toMatch(/20\d\d-/);
  });

  it("does not take the guard of a lock file away from another process that is at work", async () => {
    const lockFile = join(hub.folder, `${title}-guarded.lock`);
    const guard = `${lockFile}.guard`;
    const made = new Date(Date.now() + skew);
    await writeFile(guard, JSON.stringify({ host: "elsewhere.invalid", pid: 1, started: "", nonce: "n" }));
    await utimes(guard, made, made);
    const adding = addPackages(["acme/act@^1"], { ...hub.options(), lockFile });
    await new Promise((resolve) => setTimeout(resolve, 500));
    expect(await readFile(guard, "utf8")).toContain("elsewhere.invalid");
    await rm(guard);
    await adding;
  });

  it("does not make a hub wait long that asks to be asked again later", async () => {
    let count = 0;
    await using busy = await serveLocal((_request, response) => {
      count++;
      const later = new Date(Date.now() - skew).toUTCString();
      response.writeHead(503, { "retry-after": later }).end();
    });
    const options = { ...hub.options(), hubUrl: busy.url, retries: 1, maxDelayMs: 50 };
    await expect(loadTool("acme/act", options)).rejects.toMatchObject({ code: "HUB_UNAVAILABLE" });
    expect(count).toBeGreaterThanOrEqual(2);
  });
});
