import { isSmoltoolsError } from "@smoltools/core";
import { HubClient, type PackInput, pushPackage, type PushOptions, type SecretFinding } from "@smoltools/hub";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { packageOf, testHub } from "../flows/hub-fixture.ts";

let hub: Awaited<ReturnType<typeof testHub>>;
let count = 0;
beforeAll(async () => {
  hub = await testHub();
});
afterAll(async () => {
  await hub[Symbol.asyncDispose]();
});

// Made here, so that no tool takes this file for one with a secret in it.
const secret = ["hf", "QwErTyUiOpAsDfGhJkLzXcVbNmQaZwSxEd"].join("_");

function push(more: Partial<PackInput>, options: PushOptions = {}, client: HubClient = hub.client()) {
  return pushPackage(client, packageOf("return 1", { name: `acme/secretive${count++}`, ...more }), options);
}

async function refusal(more: Partial<PackInput>, options?: PushOptions) {
  const error: unknown = await push(more, options).catch((thrown: unknown) => thrown);
  if (!isSmoltoolsError(error, "SECRET_FOUND")) throw new Error("it was published", { cause: error });
  return { error, findings: (error.data as { findings: SecretFinding[] }).findings };
}

const tool = { name: "act", description: "Acts.", inputSchema: { type: "object" as const } };

describe("a secret in a package", () => {
  it.each<[where: string, more: Partial<PackInput>, path: string]>([
    ["the source", { sources: { "act.ts": `\nconst token = "${secret}";\n` } }, "src/act.ts"],
    ["the bundle", { code: `export const tools = { act: () => "${secret}" };\n` }, "dist/tool.mjs"],
    ["the README", { readme: `Use ${secret}.` }, "README.md"],
    ["an example", { tools: [{ ...tool, examples: [{ input: { token: secret } }] }] }, "tool.json"],
    ["the notes", { notes: `Now with ${secret}` }, "tool.json"],
    ["a file of variables", { sources: { ".env": "DEBUG=1\n" } }, "src/.env"],
    ["a file with a key", { sources: { "keys/id_ed25519": "x" } }, "src/keys/id_ed25519"],
  ])("in %s keeps it from being published", async (_where, more, path) => {
    const { findings } = await refusal(more);
    expect(findings.map((finding) => finding.path)).toContain(path);
    const repo = { repoType: "space" as const, repo: `acme/secretive${count - 1}` };
    await expect(hub.client().refs(repo)).rejects.toMatchObject({ code: "HUB_REPO_NOT_FOUND" });
  });

  it("is named by file, line and kind, and never repeated", async () => {
    const { error } = await refusal({ sources: { "act.ts": `\n\nconst token = "${secret}";\n` } });
    expect(error.message).toContain("- src/act.ts:3 huggingface-token: hf_Q… (37 characters) [");
    expect(`${JSON.stringify(error)}${error.stack}${JSON.stringify(error.data)}`).not.toContain(secret.slice(5, 20));
  });

  it("is found word for word where it is a value of the environment", async () => {
    const sources = { "act.ts": 'const key = "correct-horse-battery";\n' };
    const { error } = await refusal({ sources }, { env: { WEATHER_API_KEY: "correct-horse-battery" } });
    expect(error.message).toContain("- src/act.ts:1 known-secret: the value of WEATHER_API_KEY [");
    expect(error.message).not.toContain("correct-horse");
  });

  it("is found where it is the token that publishes, whatever it looks like", async () => {
    const client = new HubClient({ hubUrl: hub.server.url, token: "hf_writer", retries: 0 });
    const pushed = push({ sources: { "act.ts": '"hf_writer"' } }, { env: {} }, client);
    await expect(pushed).rejects.toMatchObject({ code: "SECRET_FOUND" });
  });

  it("is found in the reason of an override", async () => {
    const { findings } = await refusal({}, { allow: { "input-narrowed": `because of ${secret}` } });
    expect(findings).toEqual([expect.objectContaining({ path: "the reasons given", rule: "huggingface-token" })]);
  });

  it("that is none is published when it is allowed by its fingerprint, and no other one is", async () => {
    const sources = { "act.ts": `const token = "${secret}";\n` };
    const { findings } = await refusal({ sources });
    const allowSecrets = findings.map(({ fingerprint }) => fingerprint);
    expect(await push({ sources }, { allowSecrets })).toMatchObject({ tag: "v1.0.0" });
    await refusal({ sources: { "act.ts": `"${secret.slice(0, -1)}Z"` } }, { allowSecrets });
  });

  it("is found in a dry run too", async () => {
    const { findings } = await refusal({ sources: { "act.ts": secret } }, { dryRun: true });
    expect(findings).toHaveLength(1);
  });
});
