import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { createRepo } from "@huggingface/hub";
import { ScriptedModel } from "@smoltools/core/testing";
import {
  addPackages,
  auditPackages,
  inspectAgent,
  installPackages,
  LockFile,
  PackageCache,
  updatePackages,
} from "@smoltools/hub";
import { type AgentLoadOptions, CodeAgent, Tool, ToolCallingAgent } from "smoltools";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { countingFetch, testHub, writeToken } from "./hub-fixture.ts";

let hub: Awaited<ReturnType<typeof testHub>>;
let locks = 0;
beforeAll(async () => {
  hub = await testHub();
  await hub.publish("act", "return input.n * 2", {
    code: "export const tools = { act: async (input) => input.n * 2 };\n",
    permissions: { env: ["KEY"] },
    tools: [
      {
        name: "act",
        description: "Doubles.",
        inputSchema: { type: "object", properties: { n: { type: "number" } }, required: ["n"] },
      },
    ],
  });
  await pushHelper();
  await pushManager("1.0.0", "Count.");
});
afterAll(() => hub[Symbol.asyncDispose]());

const common = () => ({ hubUrl: hub.server.url, cacheDir: join(hub.folder, "cache"), retries: 0, env: {} });
const push = () => ({ hubUrl: hub.server.url, token: writeToken, cacheDir: join(hub.folder, "cache") });

/** An agent with a tool of the hub, which another one manages. */
async function pushHelper(): Promise<void> {
  await using act = await Tool.fromHub("acme/act", { ...common(), permissions: "declared" });
  const helper = new ToolCallingAgent({
    name: "helper",
    description: "Doubles.",
    model: new ScriptedModel([], "small"),
    tools: [act],
  });
  await helper.push("acme/helper", { ...push(), version: "1.0.0" });
}

async function pushManager(version: string, instructions: string): Promise<void> {
  await using helper = await ToolCallingAgent.fromHub("acme/helper@1.0.0", {
    ...common(),
    permissions: "declared",
    model: new ScriptedModel([], "small"),
  });
  const manager = new CodeAgent({ model: new ScriptedModel([], "big"), managedAgents: [helper], instructions });
  await manager.push("acme/manager", { ...push(), version });
}

function installOptions(more: object = {}) {
  return { ...hub.coldOptions(), lockFile: join(hub.folder, `agents-${locks++}.lock`), env: {}, ...more };
}

describe("an agent", () => {
  it("is installed with the packages of its tools and with the agents that it manages, and needs no hub then", async () => {
    const options = installOptions({ permissions: "declared" });
    const { installed } = await installPackages(["acme/manager@^1"], options);
    expect(installed).toMatchObject([
      { ref: "acme/manager@^1", kind: "agent", version: "1.0.0", wasLocked: false, permissions: { env: ["KEY"] } },
    ]);
    // Its README, that of the helper, and the files of the tool's package.
    expect(installed[0]?.files).toBeGreaterThan(4);

    const { urls, fetch } = countingFetch();
    const code = "<code>\nfinalAnswer(await helper('Double 8.'))\n</code>";
    const load: AgentLoadOptions = {
      hubUrl: hub.server.url,
      cacheDir: options.cacheDir ?? "",
      lockFile: options.lockFile,
      frozen: true,
      env: {},
      fetch,
      model: ({ id }) =>
        id === "big"
          ? new ScriptedModel([code])
          : new ScriptedModel([
              { calls: [{ name: "act", input: { n: 8 } }] },
              { calls: [{ name: "final_answer", input: { answer: "16" } }] },
            ]),
    };
    await using agent = await CodeAgent.fromHub("acme/manager@^1", load);
    expect(String(await agent.run("Go."))).toContain("16");
    expect(urls).toEqual([]);
  });

  it("is locked by the same command as a package of tools, and installed from the lock file", async () => {
    const options = installOptions();
    await expect(addPackages(["acme/manager"], options)).rejects.toMatchObject({ code: "PERMISSION_NOT_GRANTED" });
    const added = await addPackages(["acme/manager", "acme/act"], { ...options, permissions: "declared" });
    expect(added.map(({ ref, kind }) => [ref, kind])).toEqual([
      ["acme/manager", "agent"],
      ["acme/act", undefined],
    ]);
    const before = await readFile(options.lockFile, "utf8");
    const { installed } = await installPackages(undefined, { ...options, frozen: true });
    expect(installed.map(({ ref, wasLocked }) => [ref, wasLocked])).toEqual([
      ["acme/act", true],
      ["acme/manager", true],
    ]);
    expect(await readFile(options.lockFile, "utf8")).toBe(before);
  });

  it("is looked at without anything being granted, with its versions", async () => {
    const { manifest, resolved, versions } = await inspectAgent("acme/manager@^1", hub.coldOptions());
    expect(manifest.agent).toMatchObject({
      class: "CodeAgent",
      managedAgents: [{ agent: { options: { name: "helper" } } }],
    });
    expect([resolved?.version, versions.map(({ version }) => version)]).toEqual(["1.0.0", ["1.0.0"]]);
    await expect(inspectAgent("acme/act", hub.coldOptions())).rejects.toMatchObject({ code: "AGENT_FILE_MISSING" });
  });

  it("is mended where its copy is damaged", async () => {
    const options = installOptions({ permissions: "declared" });
    const [added] = await addPackages(["acme/manager"], options);
    await installPackages(undefined, options);
    const at = { repoType: "space", repo: "acme/manager", commit: added?.commit ?? "" } as const;
    const readme = new PackageCache(options.cacheDir, hub.server.url).snapshotPath(at, "README.md");
    const text = await readFile(readme, "utf8");
    await writeFile(readme, "other");
    await installPackages(undefined, options);
    expect(await readFile(readme, "utf8")).toBe(text);
  });

  it("that is neither an agent nor a package is said to be neither", async () => {
    const repo = { type: "space" as const, name: "acme/empty" };
    await createRepo({ repo, hubUrl: hub.server.url, accessToken: writeToken });
    await expect(addPackages(["acme/empty@main"], installOptions())).rejects.toMatchObject({
      code: "MANIFEST_MISSING",
    });
  });

  it("is updated, with what changes for those who load it; a dry run changes nothing", async () => {
    const options = installOptions({ permissions: "declared" });
    await addPackages(["acme/manager@^1"], options);
    expect((await updatePackages(undefined, options)).unchanged).toEqual(["acme/manager@^1"]);
    await pushManager("1.1.0", "Count twice.");
    const rehearsal = await updatePackages(undefined, { ...options, dryRun: true });
    expect(rehearsal.updated).toMatchObject([
      { ref: "acme/manager@^1", before: { version: "1.0.0" }, after: { version: "1.1.0" } },
    ]);
    expect((await new LockFile(options.lockFile).entry("acme/manager@^1"))?.version).toBe("1.0.0");
    const { updated } = await updatePackages(undefined, options);
    expect(updated[0]?.compatibility).toMatchObject({ bump: "patch", findings: [{ rule: "content-changed" }] });
    expect(await new LockFile(options.lockFile).entry("acme/manager@^1")).toMatchObject({
      kind: "agent",
      version: "1.1.0",
    });
  });

  it("is audited: nothing is wrong with what is whole, and what the hub gives in its place is found", async () => {
    const options = installOptions({ permissions: "declared" });
    await addPackages(["acme/manager@1.0.0"], options);
    expect((await auditPackages(undefined, options)).findings).toEqual([]);
    const text = await readFile(options.lockFile, "utf8");
    const { integrity } = (await new LockFile(options.lockFile).entry("acme/manager@1.0.0")) ?? { integrity: "" };
    await writeFile(options.lockFile, text.replace(integrity, `sha512-${"A".repeat(86)}==`));
    expect((await auditPackages(undefined, options)).findings).toMatchObject([{ code: "CONTENT_CHANGED" }]);
  });
});
