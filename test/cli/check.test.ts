import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { testHub, writeToken } from "../flows/hub-fixture.ts";
import { smoltoolsHere } from "./run-here.ts";

const source = (body: string, example = "double(2) // => 4", more = "") => `/**
 * Double a number.
 * @param value - What to double.
 * @returns Twice as much.${more}
 * @example ${example}
 */
export function double(value: number): number {
  ${body}
}
`;

interface Report {
  ok: boolean;
  findings: {
    severity: string;
    code: string;
    message: string;
    place?: { line: number; column: number; file: string };
  }[];
  examples: { passed: boolean; value?: unknown }[];
  skipped: string[];
  tools?: object[];
  version?: object;
}

let hub: Awaited<ReturnType<typeof testHub>>;
let env: Record<string, string>;
let folder: string;
let count = 0;
beforeAll(async () => {
  hub = await testHub();
  env = { HF_ENDPOINT: hub.server.url, HF_TOKEN: writeToken, HF_HOME: join(hub.folder, "home"), HOME: hub.folder };
});
afterAll(() => hub[Symbol.asyncDispose]());
beforeEach(async () => {
  folder = join(hub.folder, `check-${count++}`);
  await mkdir(join(folder, "src"), { recursive: true });
});

async function write(text: string, name = "src/double.ts"): Promise<string> {
  await writeFile(join(folder, name), text);
  return join(folder, name);
}

async function check(path: string, ...args: string[]): Promise<Report & { code: number | null }> {
  const { code, stdout } = await smoltoolsHere(["check", path, "--json", ...args], { env });
  return { code, ...(JSON.parse(stdout) as Report) };
}

describe("smoltools check", () => {
  it("is content with a good tool, and shows what it declares, may do and does", async () => {
    const file = await write(source("return value * 2;"));
    const { code, stdout } = await smoltoolsHere(["check", file, "--offline"], { env });
    expect(code).toBe(0);
    expect(stdout).toMatch(/function double\(\n {2}value: number, \/\/ What to double\.\n\): Promise<number>;/);
    expect(stdout).toMatch(/✓ double\(2\) → 4 \(\d+ ms\)/);
    expect(stdout).toContain("permissions: none\nruntime: js\n");
    expect(stdout).toMatch(/ok 1 tool, bundle \d+\.\d kB\n$/);
  });

  it("finds the source of a project, and its name", async () => {
    await write(source("return value * 2;"));
    await writeFile(join(folder, "package.json"), '{"version":"1.0.0","smoltools":{"name":"acme/double-new"}}');
    expect(await check(folder)).toMatchObject({ code: 0, version: { name: "acme/double-new", version: "1.0.0" } });
  });

  it("tells an example that fails, with its place", async () => {
    const file = await write(source("return value * 3;"));
    const report = await check(file, "--offline");
    expect(report).toMatchObject({ code: 1, ok: false, examples: [{ passed: false, value: 6 }] });
    expect(report.findings).toMatchObject([{ code: "EXAMPLE_FAILED", place: { line: 5, column: 4 } }]);
    const { stdout } = await smoltoolsHere(["check", file, "--offline"], { env });
    expect(stdout).toMatch(
      /:5:4 {2}EXAMPLE_FAILED .*it gives 6, and not 4\n  5 \|  \* @example double\(2\) \/\/ => 4\n    \|    \^{8}\n/,
    );
  });

  it("tells all problems of a source in one run, secrets too, each with its line underlined", async () => {
    const key = `hf_${"QwErTyUiOpAsDfGhJkLzXcVbNmQaZwSxEd"}`;
    const file = await write(
      `/** Adds. */\nexport function add(a: number, b: any): number {\n  return a + b; // ${key}\n}\n`,
    );
    const report = await check(file);
    expect(new Set(report.findings.map(({ code }) => code))).toEqual(
      new Set(["E_ANY", "E_NO_DESCRIPTION", "W_NO_DESCRIPTION", "SECRET_FOUND"]),
    );
    expect(report.skipped).toEqual([expect.stringContaining("because of the problems")]);
    const { stdout, stderr } = await smoltoolsHere(["check", file], { env });
    expect(stdout).toMatch(/2 \| export function add\(a: number, b: any\): number \{\n +\| +\^\^\^/);
    expect(stdout + stderr).not.toContain(key);
    expect(stdout).toMatch(/\d problems/);
  });

  it("tells several problems of a package in one run: an example, a secret, the version", async () => {
    await write(source("return value * 2;"));
    const name = "acme/double-gate";
    await smoltoolsHere(["push", join(folder, "src", "double.ts"), name, "--version", "1.0.0"], { env });
    const key = `hf_${"QwErTyUiOpAsDfGhJkLzXcVbNmQaZwSxEd"}`;
    const changed = source(`return value.length; // ${key}`, 'double("a") // => 2').replaceAll(
      "value: number",
      "value: string",
    );
    const report = await check(await write(changed), "--name", name, "--version", "1.0.1");
    expect(report.findings.map(({ code }) => code)).toEqual(["EXAMPLE_FAILED", "SECRET_FOUND", "VERSION_TOO_LOW"]);
    expect(report.findings[2]?.message).toContain("input-narrowed double /inputSchema/properties/value");
  });

  it("says to which version a change has to go, when the number is taken", async () => {
    const file = await write(source("return value * 2;"));
    const name = "acme/double-taken";
    await smoltoolsHere(["push", file, name, "--version", "1.0.0"], { env });
    const args = ["--name", name, "--version", "1.0.0"];
    expect(await check(file, ...args)).toMatchObject({ code: 0, version: { published: true } });
    await write(
      source("return value * 2;")
        .replace("value: number)", "value: number, more?: string)")
        .replace(" * @returns", " * @param more - Nothing.\n * @returns"),
    );
    const report = await check(file, ...args);
    expect(report).toMatchObject({ code: 1, findings: [{ code: "VERSION_EXISTS" }] });
    expect(report.findings[0]?.message).toMatch(/at least 1\.1\.0\n- minor /);
    expect(await check(file, "--name", name, "--version", "1.1.0")).toMatchObject({
      code: 0,
      version: { before: "1.0.0", least: "1.1.0" },
    });
  });

  it("tells which version the changes need, where nobody says one", async () => {
    const file = await write(source("return value * 2;"));
    const name = "acme/double-unsaid";
    await smoltoolsHere(["push", file, name, "--version", "1.0.1"], { env });
    const args = ["check", file, "--name", name];
    const same = await smoltoolsHere(args, { env });
    expect([same.code, same.stdout]).toEqual([0, expect.stringContaining(`nothing has changed since ${name} 1.0.1\n`)]);
    await write(source("return value + value;"));
    const changed = await smoltoolsHere(args, { env });
    expect([changed.code, changed.stdout]).toEqual([
      0,
      expect.stringMatching(/1\.0\.1 is published.*--version 1\.0\.2\n/),
    ]);
    const pushed = await smoltoolsHere(["push", file, name], { env });
    expect([pushed.code, pushed.stderr]).toEqual([
      1,
      expect.stringMatching(
        /No version was given\. .* 1\.0\.1 is published, and these changes need --version 1\.0\.2\n/,
      ),
    ]);
    const { code } = await smoltoolsHere(["push", file, name, "--version", "1.0.2"], { env });
    expect(code).toBe(0);
  });

  it("warns of a request that no host is declared for", async () => {
    const file = await write(
      source('await fetch("https://api.example.com");')
        .replace("function", "async function")
        .replace(": number {", ": Promise<number> {")
        .replace("\n}\n", "\n  return value * 2;\n}\n"),
    );
    expect((await check(file, "--offline")).findings).toMatchObject(
      expect.arrayContaining([expect.objectContaining({ code: "W_NO_HOST", severity: "warning" })]),
    );
  });

  it("names the owner that a name lacks, once", async () => {
    const file = await write(source("return value * 2;"));
    const { code, stderr } = await smoltoolsHere(["push", file, "double"], { env });
    expect([code, stderr]).toEqual([1, expect.stringMatching(/named owner\/name, here owner\/double \[REF_INVALID\]/)]);
  });

  it("says what it could not check without a hub, and is content with the rest", async () => {
    const file = await write(source("return value * 2;"));
    const nowhere = { ...env, HF_ENDPOINT: "http://127.0.0.1:9" };
    const { code, stdout } = await smoltoolsHere(["check", file, "--name", "acme/x", "--json"], { env: nowhere });
    const { skipped } = JSON.parse(stdout) as Report;
    expect([code, skipped]).toEqual([0, [expect.stringMatching(/acme\/x .*was not compared.*127\.0\.0\.1:9/)]]);
  });

  it("runs no example that would need a permission, unless it is granted", async () => {
    const file = await write(source("return value * 2;", undefined, "\n * @permission net api.example.com"));
    const skipped = await check(file, "--offline");
    expect(skipped).toMatchObject({ code: 0, examples: [] });
    expect(skipped.skipped[0]).toContain("net api.example.com: --yes grants that");
    expect(await check(file, "--offline", "--yes")).toMatchObject({ code: 0, examples: [{ passed: true }] });
  });

  it("allows what looks like a secret and is none, by its fingerprint", async () => {
    const file = await write(source(`return value * 2; // hf_${"QwErTyUiOpAsDfGhJkLzXcVbNmQaZwSxEd"}`));
    const found = await check(file, "--offline");
    const [, fingerprint = ""] = /\[([0-9a-f]{16})\]/.exec(found.findings[0]?.message ?? "") ?? [];
    expect(await check(file, "--offline", "--allow-secret", fingerprint)).toMatchObject({ code: 0 });
  });

  it.each<[string, string, string]>([
    ["a syntax error", "export function f( {", "E_SYNTAX"],
    [
      "an import of what is not there",
      `import { a } from "./gone.ts";\n${source("return a(value);")}`,
      "BUNDLE_FAILED",
    ],
    ["no tools", "const a = 1;\n", "exports no tool"],
  ])("tells %s as a problem", async (_title, text, what) => {
    const report = await check(await write(text), "--offline");
    expect(report.code).toBe(1);
    expect(JSON.stringify(report.findings)).toContain(what);
  });

  it("mends what is mechanical with --fix, shows it, and changes nothing else", async () => {
    const text =
      "/** Adds. @param a - One. */\nexport function add(a: number, b: number): number {\n  return a + b;\n}\n";
    const file = await write(text);
    const { stdout } = await smoltoolsHere(["check", file, "--offline", "--fix"], { env });
    const mended = await readFile(file, "utf8");
    expect(mended).toContain("@param b");
    expect(mended).toContain("export function add(a: number, b: number): number {\n  return a + b;\n}\n");
    expect(stdout).toMatch(/^\+.*@param b/m);
  });

  it.each<[string, string[], number, RegExp]>([
    ["a file that is not there", ["nowhere.ts"], 2, /There is no file/],
    ["a file that is no source", ["README.md"], 1, /DERIVE_FILE_UNREADABLE/],
    ["a folder without sources", ["empty"], 1, /no source file.*PROJECT_SOURCE_UNCLEAR/],
    ["a folder with several", ["several"], 1, /several source files.*PROJECT_SOURCE_UNCLEAR/],
    ["a package.json that is none", ["broken"], 1, /is not JSON.*PROJECT_INVALID/],
    ["a source outside of the project", ["outside"], 1, /lies outside/],
  ])("refuses %s", async (_title, [path = ""], code, message) => {
    for (const name of ["empty", "several", "broken", "outside"]) await mkdir(join(folder, name));
    await writeFile(join(folder, "README.md"), "");
    await writeFile(join(folder, "several", "a.ts"), "");
    await writeFile(join(folder, "several", "b.ts"), "");
    await writeFile(join(folder, "broken", "package.json"), "{");
    await writeFile(join(folder, "outside", "package.json"), '{"smoltools":{"source":"../README.md"}}');
    const result = await smoltoolsHere(["check", join(folder, path)], { env });
    expect([result.code, result.stderr]).toEqual([code, expect.stringMatching(message)]);
  });
});
