import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { SandboxProvider } from "@smoltools/core";
import { describe, expect, it } from "vitest";
import { autoSandbox } from "./auto-sandbox.ts";
import { sandboxAbilities } from "./sandbox-abilities.ts";

const keys = {
  E2B_API_KEY: "secret-1",
  MODAL_TOKEN_ID: "secret-2",
  MODAL_TOKEN_SECRET: "secret-3",
  BL_API_KEY: "secret-4",
  BL_WORKSPACE: "secret-5",
};
const nowhere = { MODAL_CONFIG_PATH: "/nowhere/modal.toml" };

/** Whether a sandbox can be created. */
async function works(provider: SandboxProvider): Promise<boolean> {
  try {
    await using _sandbox = await provider.create();
    return true;
  } catch {
    return false;
  }
}

describe("sandboxAbilities", () => {
  it("tells of each kind, once", async () => {
    const kinds = (await sandboxAbilities(nowhere)).map(({ kind }) => kind);
    expect(kinds).toEqual(["quickjs", "process", "python", "docker", "e2b", "modal", "blaxel"]);
  });

  it("tells the truth of the local ones", async () => {
    const abilities = await sandboxAbilities(nowhere);
    const told = abilities.slice(0, 3).map(({ available }) => available);
    const providers = [{}, { runtime: "node" }, { runtime: "python" }] as const;
    expect(told).toEqual(await Promise.all(providers.map((options) => works(autoSandbox(options)))));
  });

  it("gives a reason for each that cannot be had, and none for the others", async () => {
    const abilities = await sandboxAbilities(nowhere);
    expect(abilities.map(({ problem }) => problem === undefined)).toEqual(abilities.map(({ available }) => available));
  });

  it("tells versions", async () => {
    const [quickjs] = await sandboxAbilities(nowhere);
    expect(quickjs).toEqual({
      kind: "quickjs",
      languages: ["javascript"],
      available: true,
      found: { "quickjs-emscripten": expect.stringMatching(/^\d+\.\d+\.\d+$/) as string },
    });
  });

  it("finds keys, and never tells them", async () => {
    const abilities = await sandboxAbilities(keys);
    expect(abilities.slice(4)).toMatchObject([
      { kind: "e2b", available: true, found: { key: "E2B_API_KEY" } },
      { kind: "modal", available: true, found: { key: "MODAL_TOKEN_ID, MODAL_TOKEN_SECRET" } },
      { kind: "blaxel", available: true, found: { key: "BL_API_KEY, BL_WORKSPACE" } },
    ]);
    expect(JSON.stringify(abilities)).not.toContain("secret");
  });

  it.each([
    ["e2b", { ...keys, E2B_API_KEY: "" }, "E2B cannot be used yet: set its credentials: E2B_API_KEY"],
    ["modal", { ...keys, ...nowhere, MODAL_TOKEN_SECRET: undefined }, "MODAL_TOKEN_ID and MODAL_TOKEN_SECRET"],
  ])("says which key %s lacks", async (kind, environment, problem) => {
    const ability = (await sandboxAbilities(environment)).find((one) => one.kind === kind);
    expect(ability).toMatchObject({ available: false, problem: expect.stringContaining(problem) });
  });

  it("finds the file of a provider's own command", async () => {
    const folder = await mkdtemp(join(tmpdir(), "smoltools-doctor-"));
    try {
      const path = join(folder, "modal.toml");
      await writeFile(path, "[default]\ntoken_id = 'secret'\n");
      const modal = (await sandboxAbilities({ MODAL_CONFIG_PATH: path })).find(({ kind }) => kind === "modal");
      expect(modal).toMatchObject({ available: true, found: { key: path } });
    } finally {
      await rm(folder, { recursive: true });
    }
  });
});
