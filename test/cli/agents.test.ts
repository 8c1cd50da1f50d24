import { join } from "node:path";
import { packAgent, pushAgent } from "@smoltools/hub";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { testHub, writeToken } from "../flows/hub-fixture.ts";
import { smoltoolsHere } from "./run-here.ts";

let hub: Awaited<ReturnType<typeof testHub>>;
let env: Record<string, string>;
beforeAll(async () => {
  hub = await testHub();
  env = { HF_ENDPOINT: hub.server.url, HF_TOKEN: writeToken, HF_HOME: join(hub.folder, "home"), HOME: hub.folder };
  await pushAgent(hub.client(), researcher("1.0.0"));
});
afterAll(() => hub[Symbol.asyncDispose]());

const researcher = (version: string, instructions = "Be brief.") =>
  packAgent({
    name: "acme/researcher",
    version,
    description: "Looks into archives.",
    permissions: { net: ["*"], env: [], read: [], write: [], run: [] },
    agent: {
      class: "CodeAgent",
      model: { provider: "openai", id: "some-model" },
      tools: [{ kind: "built-in", name: "visit_webpage", settings: {} }],
      managedAgents: [],
      options: { instructions, sandbox: { name: "quickjs", language: "javascript" } },
    },
  });

const smoltools = (...args: string[]) => smoltoolsHere(args, { env, cwd: hub.folder });

describe("an agent on the command line", () => {
  it("is found, and told from packages of tools", async () => {
    const { stdout } = await smoltools("search", "archives");
    expect(stdout).toMatch(/acme\/researcher +1\.0\.0 .*Looks into archives\.\n +an agent with visit_webpage\n/);
  });

  it("is looked at without being loaded", async () => {
    const { stdout } = await smoltools("info", "acme/researcher");
    expect(stdout).toMatch(/^acme\/researcher 1\.0\.0\nLooks into archives\.\n/);
    expect(stdout).toMatch(
      /agent +CodeAgent\nmodel +some-model \(openai\)\ntools +visit_webpage\npermissions +net \*\n/,
    );
    const json = await smoltools("info", "acme/researcher", "--json");
    expect(JSON.parse(json.stdout)).toMatchObject({ agent: { class: "CodeAgent" }, versions: ["1.0.0"] });
  });

  it("is locked, installed, updated and audited like a package of tools", async () => {
    const lock = ["--lock-file", join(hub.folder, "agents.lock")];
    const added = await smoltools("add", "acme/researcher@^1", "--yes", ...lock);
    expect([added.code, added.stdout]).toEqual([0, expect.stringContaining("acme/researcher 1.0.0 locked in")]);
    const installed = await smoltools("install", "--frozen", ...lock);
    expect([installed.code, installed.stdout]).toEqual([0, "installed acme/researcher 1.0.0 (1 file)\n"]);
    await pushAgent(hub.client(), researcher("1.1.0", "Be thorough."));
    const updated = await smoltools("update", ...lock);
    expect([updated.code, updated.stdout]).toEqual([0, expect.stringContaining("acme/researcher@^1: 1.0.0 → 1.1.0")]);
    const audited = await smoltools("audit", ...lock);
    expect([audited.code, audited.stdout]).toEqual([0, "nothing wrong with 1 ref\n"]);
  });

  it("is packed into a file, and published from it as it is", async () => {
    const file = join(hub.folder, "researcher.tgz");
    expect((await smoltools("pack", "acme/researcher@1.0.0", "--out", file)).code).toBe(0);
    await using other = await testHub();
    const elsewhere = { ...env, HF_ENDPOINT: other.server.url };
    const pushed = await smoltoolsHere(["push", file, "acme/researcher", "--yes"], { env: elsewhere });
    expect([pushed.code, pushed.stdout]).toEqual([0, expect.stringMatching(/permissions: net \*\n[\s\S]*published/)]);
    const again = await smoltoolsHere(["info", "acme/researcher", "--json"], { env: elsewhere });
    expect(JSON.parse(again.stdout)).toMatchObject({ integrity: researcher("1.0.0").manifest.integrity });
  });
});
