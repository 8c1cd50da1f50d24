import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { deprecateVersions } from "@smoltools/hub";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { testHub, writeToken } from "../flows/hub-fixture.ts";
import { inTerminal } from "./pty.ts";
import { smoltoolsHere } from "./run-here.ts";

const source = (word: string, type = "string") => `/**
 * Greet a person.
 * @param name - Of the person.
 * @returns The greeting.
 */
export function greet(name: ${type}): string {
  return \`${word} \${name}\`;
}
`;

let hub: Awaited<ReturnType<typeof testHub>>;
let env: Record<string, string>;
let file: string;
beforeAll(async () => {
  hub = await testHub();
  env = { HF_ENDPOINT: hub.server.url, HF_TOKEN: writeToken, HF_HOME: join(hub.folder, "home"), HOME: hub.folder };
  await mkdir(join(hub.folder, "work"));
  file = join(hub.folder, "work", "greet.ts");
  await writeFile(file, source("Hello"));
  await smoltoolsHere(["push", file, "acme/greet", "--version", "1.0.0", "--description", "Greets people."], { env });
  await writeFile(file, source("Hi", '"Ada" | "Bob"'));
  await smoltoolsHere(
    ["build", file, "--name", "acme/greet", "--version", "2.0.0", "--out", join(hub.folder, "built")],
    { env },
  );
});
afterAll(() => hub[Symbol.asyncDispose]());

const diff = (...args: string[]) => smoltoolsHere(["diff", ...args], { env });

interface Diff {
  before: { name: string };
  after: { name: string };
  compatibility: { bump: string };
  files: { path: string; mark: string }[];
}

describe("smoltools diff", () => {
  it.each<[string, () => [string, string]]>([
    ["a version and a source file", () => ["acme/greet@1.0.0", file]],
    ["a version and the folder of a package", () => ["acme/greet@1.0.0", join(hub.folder, "built")]],
    ["a version and the folder of a project", () => ["acme/greet@1.0.0", join(hub.folder, "work")]],
  ])("compares %s", async (_title, sides) => {
    const { stdout, code } = await diff(...sides(), "--json");
    const found = JSON.parse(stdout) as Diff;
    expect(code).toBe(0);
    expect(found).toMatchObject({
      before: { name: "acme/greet" },
      after: { name: "acme/greet" },
      compatibility: { bump: "major" },
    });
    expect(found.files).toContainEqual(expect.objectContaining({ path: "src/greet.ts", mark: "changed" }));
  });

  it("compares the other way round, and a thing with itself", async () => {
    expect(JSON.parse((await diff(file, "acme/greet@1.0.0", "--json")).stdout)).toMatchObject({
      compatibility: { bump: "minor" },
    });
    const same = await diff(join(hub.folder, "built"), join(hub.folder, "built"));
    expect(same.stdout).toBe("acme/greet 2.0.0 → acme/greet 2.0.0\nno changes since 2.0.0\n");
  });

  it("shows verdicts and sources to people, in colours at a terminal", async () => {
    const { stdout } = await diff("acme/greet@1.0.0", file);
    expect(stdout).toMatch(/major input-narrowed greet \/inputSchema\/properties\/name/);
    expect(stdout).toMatch(/^-  return `Hello [\s\S]*^\+  return `Hi /m);
    await using terminal = inTerminal(["diff", "acme/greet@1.0.0", file], { env });
    expect(await terminal.ended()).toBe(0);
    expect(terminal.raw).toContain("\u001b[31m-  return `Hello ${name}`;");
    expect(terminal.raw).toContain("\u001b[32m+  return `Hi ${name}`;");
  });

  it.each<[string, string[], number, RegExp]>([
    ["one side alone", ["acme/greet"], 2, /<after> is missing/],
    ["a file that is not there", ["acme/greet", "./gone.ts"], 2, /There is no file/],
    ["a version that there is not", ["acme/greet@9", "acme/greet"], 1, /VERSION_NOT_FOUND/],
  ])("refuses %s", async (_title, args, code, message) => {
    const result = await diff(...args);
    expect([result.code, result.stderr]).toEqual([code, expect.stringMatching(message)]);
  });

  it("tells a broken source with all of its problems", async () => {
    const broken = join(hub.folder, "broken.ts");
    await writeFile(broken, "export function f(a: any) {}\n");
    const { code, stderr } = await diff("acme/greet", broken);
    expect([code, stderr]).toEqual([1, expect.stringMatching(/E_NO_DESCRIPTION[\s\S]*E_ANY/)]);
  });
});

describe("smoltools search and info", () => {
  it("show packages in columns, with their age and their tools, and by what they can be narrowed down", async () => {
    const { stdout, stderr } = await smoltoolsHere(["search", "greet"], { env });
    expect(stdout).toMatch(
      /^package +version +updated +what it does\nacme\/greet +1\.0\.0 +\S.* +Greets people\.\n +greet\(name: string\) -> string\n/,
    );
    expect(stderr).toMatch(/1 package\n[\s\S]*--owner +acme \(1\)/);
  });

  it("show what a package declares, and that it is deprecated", async () => {
    await deprecateVersions(hub.client(), { repoType: "space", repo: "acme/greet" }, undefined, {
      message: "use other/greet",
    });
    const { stdout } = await smoltoolsHere(["info", "acme/greet"], { env });
    expect(stdout).toMatch(
      /^acme\/greet 1\.0\.0\nGreets people\.\ndeprecated use other\/greet\n\nversions +1\.0\.0 \(\d{4}-\d\d-\d\d\)\nlicense +not stated\nruntime +js\npermissions +none\nsigned +no\n/,
    );
    expect(stdout).toContain("function greet(\n  name: string, // Of the person.\n): Promise<string>;");
  });

  it("say that nothing was found", async () => {
    const { stdout, code } = await smoltoolsHere(["search", "xyzzy"], { env });
    expect([code, stdout]).toEqual([0, "nothing was found\n"]);
  });
});
