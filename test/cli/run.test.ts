import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { inspectPackage } from "@smoltools/hub";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { testHub, writeToken } from "../flows/hub-fixture.ts";
import { inTerminal } from "./pty.ts";
import { smoltools } from "./run-cli.ts";
import { smoltoolsHere } from "./run-here.ts";

const source = `/** How to look. */
export interface Options {
  /** Most days. */
  limit: number;
  /** Tell all. */
  verbose?: boolean;
}

/**
 * Tell what it was called with.
 * @param city - Where.
 * @param unit - In which unit.
 * @param days - How many days. @integer @minimum 1
 * @param tags - Any words.
 * @param options - How to look.
 * @param since - From when.
 * @param quiet - Say less.
 * @returns All of it.
 */
export function echo(
  city: string,
  unit: "metric" | "imperial" = "metric",
  days: number = 3,
  tags: string[] = [],
  options?: Options,
  since?: Date,
  quiet: boolean = false,
): { city: string; unit: string; days: number; tags: string[]; options: Options | null; since: string | null; quiet: boolean } {
  return { city, unit, days, tags, options: options ?? null, since: since?.toISOString() ?? null, quiet };
}

/**
 * Give back something of a kind.
 * @param kind - Which kind.
 * @returns Something.
 */
export function give(kind: "text" | "rows" | "record" | "list" | "nothing" | "evil"): unknown {
  const values = {
    text: "two\\nlines",
    rows: [{ city: "Oslo", degrees: 3 }, { city: "Rome", degrees: 20 }],
    record: { city: "Oslo", degrees: 3 },
    list: [1, 2],
    nothing: null,
    evil: "\\u001b]0;owned\\u0007\\u202etext",
  };
  return values[kind];
}

/**
 * Draw a picture.
 * @returns The picture.
 */
export function draw(): Uint8Array {
  return new Uint8Array([137, 80, 78, 71]);
}

/**
 * Never end.
 * @returns Nothing.
 */
export async function hang(): Promise<void> {
  for (;;) await Promise.resolve();
}

/**
 * Take what flags of the command are called like.
 * @param input - Something.
 * @param json - Something else.
 * @returns Both.
 */
export function both(input: string, json: string): string {
  return input + json;
}
`;

let hub: Awaited<ReturnType<typeof testHub>>;
let env: Record<string, string>;
let file: string;
beforeAll(async () => {
  hub = await testHub();
  env = { HF_ENDPOINT: hub.server.url, HF_TOKEN: writeToken, HF_HOME: join(hub.folder, "home"), HOME: hub.folder };
  const project = join(hub.folder, "project");
  await mkdir(join(project, "src"), { recursive: true });
  file = join(project, "src", "echo.ts");
  await writeFile(
    file,
    source.replace(
      ": unknown {",
      ": string | number[] | Record<string, string | number> | Record<string, string | number>[] | null {",
    ),
  );
  // Built once: most of what is tested here is what comes before and behind the tool.
  const built = await smoltoolsHere(["build", file, "--name", "acme/echo", "--out", join(hub.folder, "package")], {
    env,
  });
  if (built.code !== 0) throw new Error(built.stderr);
});
afterAll(() => hub[Symbol.asyncDispose]());

const run = (...args: string[]) => smoltoolsHere(["run", join(hub.folder, "package"), ...args], { env });

describe("smoltools run", () => {
  it("makes the input of flags, of every kind", async () => {
    const flags =
      "--city Oslo --unit=imperial --days 2 --tags a --tags b --options.limit 5 --options.verbose --since 2026-11-21 --no-quiet";
    const { stdout } = await run("echo", ...flags.split(" "), "--json");
    expect(JSON.parse(stdout)).toEqual({
      city: "Oslo",
      unit: "imperial",
      days: 2,
      tags: ["a", "b"],
      options: { limit: 5, verbose: true },
      since: "2026-11-21T00:00:00.000Z",
      quiet: false,
    });
  });

  it("takes the input of JSON, of a file, of standard input, and flags over it", async () => {
    const path = join(hub.folder, "input.json");
    await writeFile(path, '\uFEFF{"city":"Oslo","days":1}');
    const results = [
      await run("echo", "--input", '{"city":"Oslo","days":1}', "--json"),
      await run("echo", "--input", `@${path}`, "--json"),
      await smoltools(["run", join(hub.folder, "package"), "echo", "--input", "-", "--json"], {
        env,
        stdin: '{"city":"Oslo","days":1}',
      }),
      await run("echo", "--input", '{"city":"Rome"}', "--city", "Oslo", "--days", "1", "--json"),
    ];
    for (const { stdout } of results) expect(JSON.parse(stdout)).toMatchObject({ city: "Oslo", days: 1 });
  });

  it("hands flags over that are called like its own, behind --", async () => {
    expect((await run("both", "--", "--input", "a", "--json", "b")).stdout).toBe("ab\n");
  });

  it.each([
    ["a text as it is", "text", "two\nlines\n"],
    ["records as a table", "rows", "city  degrees\nOslo  3\nRome  20\n"],
    ["a record as lines", "record", "city     Oslo\ndegrees  3\n"],
    ["a list as lines", "list", "1\n2\n"],
    ["nothing as nothing", "nothing", ""],
    ["to programs what is evil for terminals as it is", "evil", "\u001b]0;owned\u0007\u202etext\n"],
  ])("shows %s", async (_title, kind, text) => {
    expect((await run("give", "--kind", kind)).stdout).toBe(text);
  });

  it("does not let a tool command the terminal", async () => {
    await using terminal = inTerminal(["run", join(hub.folder, "package"), "give", "--kind", "evil"], { env });
    expect(await terminal.ended()).toBe(0);
    expect(terminal.raw).not.toContain("\u001b]0;owned");
    expect(terminal.text).toContain("owned");
  });

  it("writes bytes into a file that is named, or into a new one", async () => {
    const path = join(hub.folder, "picture.png");
    expect((await run("draw", "--out", path)).stdout).toMatch(/^written .*picture\.png \(.*, 4 bytes\)\n$/);
    expect([...(await readFile(path))]).toEqual([137, 80, 78, 71]);
    const options = { cwd: hub.folder, env };
    await smoltools(["run", "./package", "draw"], options);
    const second = await smoltools(["run", "./package", "draw", "--json"], options);
    const { file: name } = JSON.parse(second.stdout) as { file: string };
    expect(name).toMatch(/^draw-2\.\w+$/);
    expect((await readFile(join(hub.folder, name))).length).toBe(4);
  });

  it("writes any result into a file that is named", async () => {
    const path = join(hub.folder, "rows.json");
    await run("give", "--kind", "rows", "--out", path);
    expect(JSON.parse(await readFile(path, "utf8"))).toHaveLength(2);
  });

  it("ends a call that takes longer than it may", async () => {
    const { code, stderr } = await run("hang", "--timeout", "0.5");
    expect([code, stderr]).toEqual([1, expect.stringContaining("longer than 0.5 s: give it more with --timeout")]);
  });

  it("ends a call on Ctrl-C", async () => {
    const abort = new AbortController();
    setTimeout(() => abort.abort(new Error("interrupted")), 300);
    const { code } = await smoltoolsHere(["run", join(hub.folder, "package"), "hang"], { env, signal: abort.signal });
    expect(code).not.toBe(0);
  });

  it("explains the arguments of a tool", async () => {
    const { stdout } = await run("echo", "--help");
    expect(stdout).toContain("Tell what it was called with.");
    expect(stdout).toMatch(/--city <string> +\(required\) Where\./);
    expect(stdout).toMatch(/--unit <metric\|imperial> +In which unit\. Default: metric\./);
    expect(stdout).toMatch(/--options\.limit <number> +\(required\) Most days\./);
    expect(stdout).toMatch(/--quiet +Say less\. Default: false\./);
  });

  it("explains all tools of a package, of a hub too", async () => {
    await smoltoolsHere(["push", file, "acme/echo", "--version", "1.0.0"], { env });
    const { stdout, code } = await smoltoolsHere(["run", "acme/echo", "--help"], { env });
    expect(code).toBe(0);
    expect(stdout).toContain("Usage: smoltools run acme/echo give --kind <text|rows|record|list|nothing|evil>");
    expect(stdout).toContain("draw takes no arguments.");
  });

  it("says how to name one of several tools of a project, which both ways of naming it run", async () => {
    const project = join(hub.folder, "project");
    const unnamed = await smoltoolsHere(["run", ".", "--yes"], { env, cwd: project });
    expect(unnamed).toMatchObject({ code: 1, stderr: expect.stringContaining("as in smoltools run . echo.") });
    const named = await smoltoolsHere(["run", "file:.#both", "--", "--input", "a", "--json", "b"], {
      env,
      cwd: project,
    });
    expect(named).toMatchObject({ code: 0, stdout: "ab\n" });
  });

  it("asks at a terminal for what is missing, and lets the rest be left out", async () => {
    await using terminal = inTerminal(["run", join(hub.folder, "package"), "echo"], { env });
    await terminal.shows("city: Where.");
    terminal.type("Oslo\r");
    await terminal.shows("unit: In which unit.");
    terminal.type("\u001b[B\u001b[B\r");
    await terminal.shows("days: How many days.");
    terminal.type("many\r");
    await terminal.shows("write a whole number");
    terminal.type("\u007f\u007f\u007f\u007f2\r");
    await terminal.shows("tags: Any words.");
    for (const next of ["options", "since", "quiet"]) {
      terminal.type("\r");
      await terminal.shows(next);
    }
    terminal.type("\r");
    expect(await terminal.ended()).toBe(0);
    expect(JSON.parse(terminal.text.slice(terminal.text.lastIndexOf("{")))).toMatchObject({
      city: "Oslo",
      unit: "imperial",
      days: 2,
      tags: [],
    });
  });

  it("loads the folder that build wrote, which is byte for byte what push publishes", async () => {
    const name = "acme/echo-built";
    await smoltoolsHere(["push", file, name, "--version", "1.0.0"], { env });
    const { manifest } = await inspectPackage(`${name}@1.0.0`, hub.options());
    const folder = join(hub.folder, "built");
    await smoltoolsHere(["build", file, "--name", name, "--version", "1.0.0", "--out", folder], { env });
    const built = JSON.parse(await readFile(join(folder, "tool.json"), "utf8")) as { integrity: string };
    expect(built.integrity).toBe(manifest.integrity);
    const { stdout } = await smoltoolsHere(["run", folder, "give", "--kind", "text"], { env });
    expect(stdout).toBe("two\nlines\n");
  });

  it.each<[string, string[], number, RegExp]>([
    [
      "an unknown argument",
      ["echo", "--ctiy", "Oslo"],
      2,
      /--ctiy is not an argument of the tool.*Did you mean --city\?/,
    ],
    ["a wrong number", ["echo", "--days", "x"], 2, /--days x: write a whole number/],
    ["a wrong choice", ["echo", "--unit", "metirc"], 2, /Did you mean metric\?/],
    ["a missing argument", ["echo"], 1, /city: expected/],
    [
      "a number out of its range",
      ["echo", "--city", "Oslo", "--days", "0"],
      1,
      /days: expected a number of at least 1/,
    ],
    ["no tool among several", [], 1, /has 5 tools.*TOOL_NOT_FOUND/],
    ["a tool that there is not", ["ehco"], 1, /has no tool "ehco"/],
    ["an input that is no JSON", ["echo", "--input", "{"], 2, /--input is not JSON/],
    ["an input that is no object", ["echo", "--input", "[]"], 2, /must be a JSON object/],
    ["an input file that is not there", ["echo", "--input", "@gone.json"], 2, /which is no file/],
    ["a time limit that is none", ["echo", "--timeout", "soon"], 2, /--timeout soon is no time/],
    ["a folder that cannot be written", ["draw", "--out", "/sys/picture.png"], 1, /\/sys\/picture\.png/],
  ])("refuses %s", async (_title, args, code, message) => {
    const result = await run(...args);
    expect([result.code, result.stderr]).toEqual([code, expect.stringMatching(message)]);
    expect(result.stderr).not.toMatch(/\n\s+at /);
  });

  it.each<[string, string, number, RegExp]>([
    ["a file that is not there", "./gone.ts", 2, /There is no file/],
    ["a folder that is not there", "./gone", 1, /MANIFEST_MISSING|There is no|has no tool\.json/],
    ["a package that there is not", "acme/gone", 1, /HUB_REPO_NOT_FOUND/],
    ["what is no ref", "not a ref", 1, /REF_INVALID/],
  ])("says that %s", async (_title, target, code, message) => {
    const result = await smoltoolsHere(["run", target], { env });
    expect([result.code, result.stderr]).toEqual([code, expect.stringMatching(message)]);
  });

  it("says that there is no network", async () => {
    const nowhere = { ...env, HF_ENDPOINT: "http://127.0.0.1:9" };
    const { code, stderr } = await smoltoolsHere(["info", "acme/echo"], {
      env: { ...nowhere, HF_HOME: join(hub.folder, "cold") },
    });
    expect([code, stderr]).toEqual([1, expect.stringMatching(/127\.0\.0\.1:9.*HUB_UNAVAILABLE/s)]);
  });
});
