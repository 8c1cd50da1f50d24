import { execFile } from "node:child_process";
import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { toolNameProblem } from "@smoltools/core";
import { testHub, writeToken } from "../flows/hub-fixture.ts";
import { linkPackages, temporaryFolder } from "./project-fixture.ts";
import { inTerminal } from "./pty.ts";
import { smoltoolsHere } from "./run-here.ts";

const execute = promisify(execFile);
const tsc = fileURLToPath(new URL("../../node_modules/typescript/bin/tsc", import.meta.url));

let hub: Awaited<ReturnType<typeof testHub>>;
let env: Record<string, string>;
beforeAll(async () => {
  hub = await testHub();
  env = { HF_ENDPOINT: hub.server.url, HF_TOKEN: writeToken, HF_HOME: join(hub.folder, "home"), HOME: hub.folder };
});
afterAll(() => hub[Symbol.asyncDispose]());

describe.each(["ts", "js"] as const)("a project in %s", (lang) => {
  it("passes its own check, types and test, is published, and its tool is called", { timeout: 60_000 }, async () => {
    await using folder = await temporaryFolder();
    const project = join(folder.path, "word-count");
    const name = `acme/word-count-${lang}`;
    const made = await smoltoolsHere(["init", project, "--lang", lang, "--name", name, "--tool", "wordCount"]);
    expect(made).toMatchObject({ code: 0, stderr: "" });
    expect(made.stdout).toMatch(/Next:\n {2}cd .*word-count\n {2}npm install\n {2}npm run dev\n$/);
    const source = join(project, "src", `word-count.${lang}`);

    await linkPackages(project);
    await execute(process.execPath, [tsc, "-p", project]);
    const checked = await smoltoolsHere(["check", project, "--json"], { env });
    expect(JSON.parse(checked.stdout)).toMatchObject({ ok: true, findings: [], version: { name, version: "0.1.0" } });

    const built = await smoltoolsHere(["build", project, "--out", join(project, "package")], { env });
    expect(built).toMatchObject({ code: 0, stderr: "" });
    const test = await execute(
      process.execPath,
      ["--conditions=@smoltools/source", "--test", "test/word-count.test.js"],
      {
        cwd: project,
        env: { PATH: process.env["PATH"] },
      },
    );
    expect(test.stdout).toMatch(/^# pass 3$|ℹ pass 3/m);

    const pushed = await smoltoolsHere(["push", source, name], { env });
    expect(pushed.stdout).toContain(`published ${name} 0.1.0`);
    expect((await smoltoolsHere(["run", name, "--name", "Ada"], { env })).stdout).toBe("Hello, Ada!\n");
    const { scripts } = JSON.parse(await readFile(join(project, "package.json"), "utf8")) as {
      scripts: { push: string };
    };
    expect(scripts.push).toBe(`smoltools push src/word-count.${lang} ${name}`);
  });
});

describe("smoltools init", () => {
  it("names exactly the compiler that this workspace has", async () => {
    await using folder = await temporaryFolder();
    await smoltoolsHere(["init", folder.path, "--yes"]);
    const { devDependencies } = JSON.parse(await readFile(join(folder.path, "package.json"), "utf8")) as {
      devDependencies: Record<string, string>;
    };
    const own = JSON.parse(await readFile(new URL("../../package.json", import.meta.url), "utf8")) as {
      devDependencies: Record<string, string>;
    };
    expect(devDependencies["typescript"]).toBe(own.devDependencies["typescript"]);
    for (const version of Object.values(devDependencies)) expect(version).toMatch(/^\d+\.\d+\.\d+$/);
  });

  it("asks at a terminal what it was not told", async () => {
    await using folder = await temporaryFolder();
    await using terminal = inTerminal(["init", "weather"], { cwd: folder.path, env: { HOME: folder.path } });
    await terminal.shows("Name of the package");
    terminal.type("acme/forecast\r");
    await terminal.shows("What it does");
    terminal.type("Tell the weather. */ @x\r");
    await terminal.shows("made acme/forecast in weather");
    expect(await terminal.ended()).toBe(0);
    const source = await readFile(join(folder.path, "weather", "src", "forecast.ts"), "utf8");
    expect(source).toContain(" * Tell the weather. * / at x\n");
  });

  it("writes nothing where something of the same name is, and keeps a README", async () => {
    await using folder = await temporaryFolder();
    await mkdir(join(folder.path, "src"));
    await writeFile(join(folder.path, "README.md"), "mine");
    await writeFile(join(folder.path, "tsconfig.json"), "{}");
    const refused = await smoltoolsHere(["init", folder.path, "--yes"]);
    expect([refused.code, refused.stderr]).toEqual([
      1,
      expect.stringMatching(/tsconfig\.json already.*PROJECT_FOLDER_TAKEN/),
    ]);
    expect((await readdir(folder.path, { recursive: true })).sort()).toEqual(["README.md", "src", "tsconfig.json"]);
    await using other = await temporaryFolder();
    await writeFile(join(other.path, "README.md"), "mine");
    const made = await smoltoolsHere(["init", other.path, "--yes"]);
    expect(made.stdout).toContain("= README.md, kept as it was");
    expect(await readFile(join(other.path, "README.md"), "utf8")).toBe("mine");
  });

  it("leaves nothing behind when the folder cannot be written", async () => {
    await using folder = await temporaryFolder();
    await mkdir(join(folder.path, "test"));
    await writeFile(join(folder.path, "src"), "a file where a folder has to be");
    const { code } = await smoltoolsHere(["init", folder.path, "--yes"]);
    expect([code, (await readdir(folder.path)).sort()]).toEqual([1, ["src", "test"]]);
  });

  it("says that a folder is read-only", async () => {
    const { code, stderr } = await smoltoolsHere(["init", "/sys/smoltools-project", "--yes"]);
    expect([code, stderr]).toEqual([1, expect.stringContaining("/sys/smoltools-project")]);
    expect(stderr).not.toMatch(/\n\s+at /);
  });

  it.each<[string, string[], RegExp]>([
    ["no name", [], /--name owner\/name, or --yes/],
    ["a name that is none", ["--name", "weather"], /write owner\/name/],
    ["a name with a version", ["--name", "acme/weather@1"], /write owner\/name/],
    ["a tool that cannot be called so", ["--name", "acme/delete"], /--tool delete/],
    ["a language that it does not have", ["--name", "acme/x", "--lang", "rust"], /--lang rust is none of ts, js/],
  ])("ends with 2 for %s, and writes nothing", async (_title, args, message) => {
    await using folder = await temporaryFolder();
    const { code, stderr } = await smoltoolsHere(["init", folder.path, ...args]);
    expect([code, stderr]).toEqual([2, expect.stringMatching(message)]);
    expect(await readdir(folder.path)).toEqual([]);
  });

  it.each(["word-count", "3d", "a.b", "Weather_Map", "x"])(
    "makes a name for the tool of a package called %s",
    async (name) => {
      await using folder = await temporaryFolder();
      const { stdout } = await smoltoolsHere(["init", folder.path, "--name", `acme/${name}`, "--json"]);
      const { tool } = JSON.parse(stdout) as { tool: string };
      expect(toolNameProblem(tool)).toBeUndefined();
    },
  );
});
