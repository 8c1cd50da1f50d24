import { once } from "node:events";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { testHub, writeToken } from "../flows/hub-fixture.ts";
import { type CliOptions, smoltools, start } from "./run-cli.ts";
import { smoltoolsHere } from "./run-here.ts";

const greetSource = `/** Whom to greet, and how. */
export interface Greeting {
  /** Name of the person. */
  name: string;
  /** How often. @minimum 1 */
  times?: number;
}

/**
 * Greet a person.
 * @param greeting - Whom to greet, and how.
 * @returns The greeting.
 */
export function greet(greeting: Greeting): string {
  return Array.from({ length: greeting.times ?? 1 }, () => \`Hello \${greeting.name}\`).join(", ");
}
`;

let hub: Awaited<ReturnType<typeof testHub>>;
let inHub: CliOptions;
beforeAll(async () => {
  hub = await testHub();
  const cwd = join(hub.folder, "project");
  await mkdir(cwd);
  await writeFile(join(cwd, "greet.ts"), greetSource);
  await writeFile(
    join(cwd, "package.json"),
    JSON.stringify({ version: "1.2.0", description: "Greets people.", license: "MIT" }),
  );
  await writeFile(
    join(cwd, "bad.ts"),
    "/** Adds. */\nexport function add(a: number, b: any): number {\n  return a + b;\n}\n",
  );
  inHub = { cwd, env: { HF_ENDPOINT: hub.server.url, HF_TOKEN: writeToken, HF_HOME: join(hub.folder, "home") } };
});
afterAll(async () => {
  await hub[Symbol.asyncDispose]();
});

describe("smoltools", () => {
  it.each([[["--help"]], [[]], [["help"]]])("lists its commands for %j", async (args) => {
    const { code, stdout } = await smoltools(args);
    expect(code).toBe(0);
    for (const command of ["serve", "check", "push", "pull", "info", "run"])
      expect(stdout).toContain(`\n  ${command} `);
  });

  it("explains a command", async () => {
    const { code, stdout } = await smoltools(["push", "--help"]);
    expect(code).toBe(0);
    expect(stdout).toContain("Usage: smoltools push <file> <owner/name>");
    expect(stdout).toContain("--dry-run");
  });

  it("tells its version", async () => {
    expect((await smoltools(["--version"])).stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
  });

  it.each<[string, string[], RegExp]>([
    ["an unknown command", ["publish"], /There is no command "publish"/],
    ["a name that every object has", ["constructor"], /There is no command "constructor"/],
    ["an unknown option", ["check", "x.ts", "--fast"], /There is no option --fast\. See smoltools check --help/],
    ["too few arguments", ["push", "x.ts"], /<owner\/name> is missing\. Usage: smoltools push/],
    ["too many arguments", ["check", "a.ts", "b.ts"], /"b.ts" is one argument too many/],
    ["a port that is none", ["serve", "--port", "http"], /is not a port/],
  ])("ends with 2 for %s, without a stack trace", async (_title, args, message) => {
    const { code, stderr, stdout } = await smoltools(args);
    expect(stderr).toMatch(message);
    expect(stderr).not.toMatch(/\n\s+at /);
    expect([code, stdout]).toEqual([2, ""]);
  });

  it("uses no colour where no terminal is", async () => {
    expect((await smoltools(["publish"])).stderr).not.toContain("\u001b");
  });

  it("prints errors as JSON when asked", async () => {
    const { code, stdout } = await smoltools(["info", "not a ref", "--json"], inHub);
    expect(code).toBe(1);
    expect(JSON.parse(stdout)).toMatchObject({
      error: { code: "REF_INVALID", message: expect.stringContaining("is not a ref") },
    });
  });
});

describe("smoltools check", () => {
  it("shows what was derived", async () => {
    const { code, stdout } = await smoltoolsHere(["check", "greet.ts"], inHub);
    expect(code).toBe(0);
    expect(stdout).toContain(
      "// Greet a person. Returns: The greeting.\nfunction greet(\n  name: string, // Name of the person.",
    );
    expect(stdout).toContain("permissions: none");
  });

  it("names every problem with file, line and what to write", async () => {
    const { code, stdout, stderr } = await smoltoolsHere(["check", "bad.ts"], inHub);
    expect(code).toBe(1);
    expect(stdout).toMatch(/bad\.ts:2:\d+.*E_NO_DESCRIPTION/);
    expect(stdout).toMatch(/bad\.ts:2:\d+.*E_ANY/);
    expect(stderr).not.toMatch(/\n\s+at /);
  });

  it("says that a file is not there", async () => {
    const { code, stderr } = await smoltoolsHere(["check", "nowhere.ts"], inHub);
    expect(code).toBe(2);
    expect(stderr).toContain("nowhere.ts");
    expect(stderr).not.toMatch(/\n\s+at /);
  });
});

describe("smoltools push, pull, info and run", () => {
  it("publish, lock, show and call a tool", async () => {
    const pushed = await smoltoolsHere(["push", "greet.ts", "acme/greet"], inHub);
    expect(pushed.stderr).toBe("");
    expect(pushed.stdout).toMatch(/published acme\/greet 1\.2\.0/);

    const pulled = await smoltoolsHere(["pull", "acme/greet@^1"], inHub);
    expect(pulled.stdout).toContain("pulled acme/greet 1.2.0");
    const lock = JSON.parse(await readFile(join(inHub.cwd ?? "", "smoltools.lock"), "utf8"));
    expect(lock.packages["acme/greet@^1"]).toMatchObject({ version: "1.2.0", repo: "acme/greet" });

    const info = await smoltoolsHere(["info", "acme/greet", "--json"], inHub);
    expect(JSON.parse(info.stdout)).toMatchObject({
      name: "acme/greet",
      license: "MIT",
      description: "Greets people.",
      versions: ["1.2.0"],
    });

    const called = await smoltoolsHere(
      ["run", "acme/greet@^1", "--name", "Ada", "--times=2", "--lock-file", "smoltools.lock"],
      inHub,
    );
    expect(called.stdout).toBe("Hello Ada, Hello Ada\n");
  });

  it("refuse to publish a version twice with another content", async () => {
    await smoltoolsHere(["push", "greet.ts", "acme/twice"], inHub);
    const { code, stderr } = await smoltoolsHere(["push", "greet.ts", "acme/twice", "--license", "ISC"], inHub);
    expect(code).toBe(1);
    expect(stderr).toContain("published already, and a version never changes: raise the version [VERSION_EXISTS]");
  });

  it("publish nothing in a dry run", async () => {
    const { code, stdout } = await smoltoolsHere(["push", "greet.ts", "acme/dry", "--dry-run", "--json"], inHub);
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({
      dryRun: true,
      written: expect.arrayContaining(["tool.json", "src/greet.ts"]),
    });
    expect((await smoltoolsHere(["info", "acme/dry"], inHub)).stderr).toContain("HUB_REPO_NOT_FOUND");
  });

  it("run a source file as it would run once published", async () => {
    const { code, stdout } = await smoltoolsHere(["run", "greet.ts", "--input", '{"name":"Ada"}'], inHub);
    expect([code, stdout]).toEqual([0, "Hello Ada\n"]);
  });

  it("read the input of a tool from standard input", async () => {
    const { stdout } = await smoltools(["run", "greet.ts", "--input", "-", "--json"], {
      ...inHub,
      stdin: '{"name":"Ada"}',
    });
    expect(JSON.parse(stdout)).toBe("Hello Ada");
  });

  it("say which argument of the tool is wrong", async () => {
    const { code, stderr } = await smoltoolsHere(["run", "greet.ts", "--name", "Ada", "--times", "0"], inHub);
    expect(code).toBe(1);
    expect(stderr).toContain("- times: expected a number of at least 1, got 0");
    expect((await smoltoolsHere(["run", "greet.ts", "--nick", "Ada"], inHub)).stderr).toContain(
      "--nick is not an argument of the tool. It takes --name, --times",
    );
  });

  it("never print the token", async () => {
    const { stdout, stderr } = await smoltoolsHere(["push", "greet.ts", "other/greet"], {
      ...inHub,
      env: { ...inHub.env, SMOLTOOLS_DEBUG: "1" },
    });
    expect(stderr).toContain("HUB_FORBIDDEN");
    expect(stdout + stderr).not.toContain(writeToken);
  });
});

describe("smoltools pull", () => {
  it("stays at what is locked, and moves on when told to", async () => {
    await smoltoolsHere(["push", "greet.ts", "acme/moves", "--version", "1.0.0"], inHub);
    const lock = ["--lock-file", "moves.lock"];
    await smoltoolsHere(["pull", "acme/moves@^1", ...lock], inHub);
    await smoltoolsHere(["push", "greet.ts", "acme/moves", "--version", "1.1.0"], inHub);
    expect((await smoltoolsHere(["pull", "acme/moves@^1", ...lock], inHub)).stdout).toContain(
      "pulled acme/moves 1.0.0",
    );
    const updated = await smoltoolsHere(["pull", "acme/moves@^1", "--update", ...lock], inHub);
    expect(updated.stdout).toContain("pulled acme/moves 1.1.0");
  });

  it("refuses a folder", async () => {
    const { code, stderr } = await smoltoolsHere(["pull", "./greet"], inHub);
    expect([code, stderr]).toEqual([2, expect.stringContaining("only packages of a hub are pulled")]);
  });
});

describe("smoltools run", () => {
  it("says how to grant permissions", async () => {
    const source = greetSource.replace(" * @returns", " * @permission net api.example.com\n * @returns");
    await writeFile(join(inHub.cwd ?? "", "reach.ts"), source);
    const refused = await smoltoolsHere(["run", "reach.ts", "--name", "Ada"], inHub);
    expect(refused.stderr).toContain("local/reach wants permissions that are not granted: net api.example.com");
    expect(refused.stderr).toContain("--yes grants what the package declares");
    expect((await smoltoolsHere(["run", "reach.ts", "--name", "Ada", "--yes"], inHub)).stdout).toBe("Hello Ada\n");
  });

  it("says that a source file is not there", async () => {
    const { code, stderr } = await smoltoolsHere(["run", "./gret.ts"], inHub);
    expect([code, stderr]).toEqual([2, expect.stringContaining("There is no file ./gret.ts")]);
  });

  it("says which tools there are when several could be meant", async () => {
    await writeFile(
      join(inHub.cwd ?? "", "two.ts"),
      `${greetSource}\n/**\n * Part from a person.\n * @param name - Of whom.\n * @returns The words.\n */\nexport function part(name: string): string {\n  return \`Bye \${name}\`;\n}\n`,
    );
    expect((await smoltoolsHere(["run", "two.ts", "--name", "Ada"], inHub)).stderr).toMatch(/has 2 tools.*greet, part/);
    expect((await smoltoolsHere(["run", "two.ts", "--tool", "part", "--name", "Ada"], inHub)).stdout).toBe("Bye Ada\n");
  });
});

describe("smoltools serve", () => {
  it("starts a hub that can be used, and ends with Ctrl-C", async () => {
    const child = start(["serve", "--root", join(hub.folder, "served"), "--port", "0", "--json"]);
    const [chunk] = (await once(child.stdout, "data")) as [Buffer];
    const { url, token } = JSON.parse(chunk.toString()) as { url: string; token: string };
    const env = { HF_ENDPOINT: url, HF_TOKEN: token, HF_HOME: join(hub.folder, "served-home") };
    const pushed = await smoltoolsHere(["push", "greet.ts", "me/greet"], { ...inHub, env });
    expect(pushed.stdout).toContain("published me/greet 1.2.0");
    child.kill("SIGINT");
    const [code] = await once(child, "exit");
    expect(code).toBe(0);
  });
});
