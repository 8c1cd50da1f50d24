import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { packPackage, type PackInput, pushPackage, readRegistry, writeArchive } from "@smoltools/hub";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { packageOf, testHub, writeToken } from "../flows/hub-fixture.ts";
import { type HereOptions, smoltoolsHere as smoltools } from "./run-here.ts";

const source = (type: string, text = "Hello") => `/**
 * Greet a person.
 * @param name - Name of the person.
 * @param times - How often.
 * @returns The greeting.
 */
export function greet(name: string, times?: ${type}): string {
  return \`${text} \${name} \${times ?? 1}\`;
}
`;

/** What `greet` declares, with another type for `times`. */
function greet(times: { type: "number" | "integer" }): PackInput["tools"] {
  const properties = {
    name: { type: "string", description: "Name of the person." },
    times: { ...times, description: "How often." },
  } as const;
  return [
    {
      name: "greet",
      description: "Greet a person. Returns: The greeting.",
      inputSchema: { type: "object", properties, required: ["name"], additionalProperties: false },
      outputSchema: { type: "string" },
    },
  ];
}

let hub: Awaited<ReturnType<typeof testHub>>;
let folder: string;
let inHub: HereOptions;
beforeAll(async () => {
  hub = await testHub();
  folder = await mkdtemp(join(tmpdir(), "smoltools-publish-"));
  const home = { HF_HOME: join(folder, "home"), SMOLTOOLS_HOME: folder };
  inHub = { cwd: folder, env: { HF_ENDPOINT: hub.server.url, HF_TOKEN: writeToken, ...home } };
});
afterAll(async () => {
  await hub[Symbol.asyncDispose]();
  await rm(folder, { recursive: true, force: true });
});

/** Publishes a version, without the command line. */
function published(
  name: string,
  version: string,
  text: string,
  times: Parameters<typeof greet>[0] = { type: "number" },
) {
  const more = { name: `acme/${name}`, version, tools: greet(times), sources: { "greet.ts": text } };
  return pushPackage(hub.client(), packageOf("return 1", more));
}

async function push(name: string, version: string, text: string, ...more: string[]) {
  await writeFile(join(folder, "greet.ts"), text);
  return smoltools(["push", "greet.ts", `acme/${name}`, "--version", version, ...more], inHub);
}

describe("smoltools push", () => {
  it("says what changed in a dry run: files, rules, text", async () => {
    await published("shown", "1.0.0", source("number"));
    const { code, stdout } = await push("shown", "1.1.0", source("number", "Hi"), "--dry-run");
    expect(code).toBe(0);
    expect(stdout).toMatch(/^~ src\/greet\.ts +\d+ {2}[0-9a-f]{12}$/m);
    expect(stdout).toContain("changes since 1.0.0");
    expect(stdout).toContain("-  return `Hello ${name} ${times ?? 1}`;\n+  return `Hi ${name} ${times ?? 1}`;");
    expect(stdout).toContain("nothing was published: acme/shown 1.1.0 would be");
  });

  it("refuses a version that is too low, names the rules, and records an override", async () => {
    await published("gated", "1.0.0", source("number"));
    const { code, stderr } = await push("gated", "1.1.0", source('"1" | "2"'));
    expect(code).toBe(1);
    expect(stderr).toMatch(/at least 2\.0\.0[\s\S]*- major input-narrowed greet \/inputSchema\/properties\/times/);
    expect(stderr).toContain('--allow <rule>="<reason>"');
    const allowed = await push("gated", "1.1.0", source('"1" | "2"'), "--allow", "input-narrowed=nobody used it");
    expect(allowed.stdout).toContain("allowed: input-narrowed, because nobody used it");
    expect(allowed.stdout).toContain("published acme/gated 1.1.0");
  });

  it("tells when an override was not needed, and then that the version is published already", async () => {
    const { stderr, code } = await push("eager", "1.0.0", source("number"), "--allow", "input-narrowed=just in case");
    expect([code, stderr]).toEqual([0, expect.stringContaining("--allow input-narrowed was not needed")]);
    const again = await push("eager", "1.0.0", source("number"));
    expect([again.code, again.stdout]).toEqual([0, expect.stringContaining("already published acme/eager 1.0.0")]);
  });

  it("refuses an override without a reason", async () => {
    const { code, stderr } = await push("eager", "1.0.1", source("number"), "--allow", "input-narrowed");
    expect([code, stderr]).toEqual([2, expect.stringContaining("does not say why")]);
  });

  it("refuses a secret, and publishes it when it is allowed by its fingerprint", async () => {
    const text = source("number", `hf_${"QwErTyUiOpAsDfGhJkLzXcVbNmQaZwSxEd"}`);
    const refused = await push("secret", "1.0.0", text);
    expect(refused.stderr).toMatch(/src\/greet\.ts:8 huggingface-token: hf_Q… .*\[SECRET_FOUND\]/s);
    const [, fingerprint = ""] = /src\/greet\.ts:8 .*\[([0-9a-f]{16})\]/.exec(refused.stderr) ?? [];
    const allowed = await push("secret", "1.0.0", text, "--allow-secret", fingerprint);
    expect(allowed.stdout).toContain("published acme/secret");
  });

  it("publishes notes", async () => {
    const { stdout } = await push("noted", "1.0.0", source("number"), "--notes=- greets", "--json");
    const { commit } = JSON.parse(stdout) as { commit: string };
    const { bytes } = await hub.client().file({ repoType: "space", repo: "acme/noted" }, commit, "tool.json", 1e6);
    expect(JSON.parse(String(Buffer.from(bytes)))).toMatchObject({ notes: "- greets" });
  });

  it("signs with a key of this machine, and says when there is none", async () => {
    expect((await push("signed", "1.0.0", source("number"), "--sign", "release")).stderr).toContain("KEY_NOT_FOUND");
    await smoltools(["keys", "create", "release"], inHub);
    const { stdout } = await push("signed", "1.0.0", source("number"), "--sign", "release");
    expect(stdout).toMatch(/^signed: +yes$/m);
  });

  it("publishes an archive as it is", async () => {
    const { manifest, files } = packPackage({
      name: "acme/packed",
      version: "3.0.0",
      description: "Greets.",
      tools: greet({ type: "number" }),
      runtime: "js",
      code: "export const tools = { greet: () => 'Hi' };\n",
      sources: {},
    });
    const { name, version, integrity } = manifest;
    const main = { name, version, manifestName: "tool.json", files, integrity };
    await writeFile(join(folder, "packed.tgz"), writeArchive({ main, dependencies: [] }));
    const args = ["push", "packed.tgz", "acme/packed", "--json"];
    expect(JSON.parse((await smoltools(args, inHub)).stdout)).toMatchObject({ version: "3.0.0", integrity });
    const changed = await smoltools([...args, "--version", "3.0.1"], inHub);
    expect([changed.code, changed.stdout]).toEqual([2, expect.stringContaining("published as it is")]);
  });
});

describe("smoltools yank, unyank and deprecate", () => {
  it("withdraw a version and take that back", async () => {
    const repo = { repoType: "space" as const, repo: "acme/left" };
    await published("left", "1.0.0", source("number"));
    const yanked = await smoltools(["yank", "acme/left@1.0.0", "--reason", "wrong words"], inHub);
    expect(yanked.stdout).toContain("yanked acme/left 1.0.0");
    expect((await readRegistry(hub.client(), repo)).versions["1.0.0"]?.yanked?.reason).toBe("wrong words");
    expect((await smoltools(["unyank", "acme/left@v1.0.0"], inHub)).stdout).toContain("unyanked acme/left 1.0.0");
    expect((await readRegistry(hub.client(), repo)).versions).toEqual({});
  });

  it("warn about versions and take that back", async () => {
    await published("old", "1.0.0", source("number"));
    const deprecated = await smoltools(["deprecate", "acme/old@1", "use 2", "--use", "acme/old@2", "--json"], inHub);
    expect(JSON.parse(deprecated.stdout)).toMatchObject({ changed: true, versions: ["1.0.0"] });
    expect((await smoltools(["deprecate", "acme/old@1", "--undo"], inHub)).stdout).toContain("not deprecated any more");
  });

  it.each<[string, string[], RegExp]>([
    ["a yank without a reason", ["yank", "acme/left@1.0.0"], /--reason/],
    ["a yank of a range", ["yank", "acme/left@^1", "--reason", "x"], /names no version/],
    ["a yank of a folder", ["yank", "./left", "--reason", "x"], /is a folder/],
    ["a deprecation without a message", ["deprecate", "acme/left"], /what to do instead/],
    ["a message for what is taken back", ["deprecate", "acme/left", "m", "--undo"], /without a message/],
  ])("refuse %s", async (_title, args, message) => {
    const { code, stderr } = await smoltools(args, inHub);
    expect([code, stderr]).toEqual([2, expect.stringMatching(message)]);
  });
});

describe("smoltools diff", () => {
  it("shows what changed between two versions", async () => {
    await published("two", "1.0.0", "one\n");
    await published("two", "2.0.0", "two\n", { type: "integer" });
    const { code, stdout } = await smoltools(["diff", "acme/two@1.0.0", "acme/two@2.0.0"], inHub);
    expect(code).toBe(0);
    expect(stdout).toContain("acme/two 1.0.0 → acme/two 2.0.0");
    expect(stdout).toContain("major input-narrowed greet");
    expect(stdout).toContain("--- a/src/greet.ts\n+++ b/src/greet.ts\n@@ -1,1 +1,1 @@\n-one\n+two");
  });

  it("does not let a package command the terminal", async () => {
    await published("evil", "1.0.0", "one\n");
    await published("evil", "1.0.1", "\u001b]0;owned\u0007\u202etwo\n");
    const { stdout } = await smoltools(["diff", "acme/evil@1.0.0", "acme/evil@1.0.1"], inHub);
    expect(stdout).toContain("+\\u{1b}]0;owned\\u{7}\\u{202e}two");
    for (const command of ["\u001b", "\u0007", "\u202e"]) expect(stdout).not.toContain(command);
  });
});
