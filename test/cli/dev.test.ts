import { once } from "node:events";
import { mkdir, mkdtemp, readFile, rename, rm, unlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { inTerminal } from "./pty.ts";
import { start } from "./run-cli.ts";
import { smoltoolsHere } from "./run-here.ts";

const source = (factor: number, type = "number", imports = "") => `${imports}/**
 * Multiply a number.
 * @param value - What to multiply.
 * @returns The product.
 * @example
 * times(2)
 */
export function times(value: ${type}): number {
  return Number(value) * ${factor};
}
`;

let folder: string;
let file: string;
let env: Record<string, string>;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "cli-dev-"));
  file = join(folder, "times.ts");
  env = { HOME: folder, HF_HOME: join(folder, "home") };
  await writeFile(file, source(2));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

/** `smoltools dev` in a process of its own, with what it has printed since it was last asked. */
function dev(...args: string[]) {
  const child = start(["dev", "times.ts", ...args], { cwd: folder, env });
  let text = "";
  let seen = 0;
  child.stdout.on("data", (chunk: Buffer) => (text += chunk.toString()));
  child.stderr.on("data", (chunk: Buffer) => (text += chunk.toString()));
  return {
    async shows(what: RegExp): Promise<void> {
      await expect.poll(() => text.slice(seen), { timeout: 15_000, interval: 20 }).toMatch(what);
      const found = what.exec(text.slice(seen));
      seen += (found?.index ?? 0) + (found?.[0].length ?? 0);
    },
    get text() {
      return text;
    },
    async end(): Promise<number | null> {
      child.kill("SIGINT");
      const [code] = (await once(child, "close")) as [number | null];
      return code;
    },
    [Symbol.asyncDispose]: async () => {
      child.kill("SIGKILL");
    },
  };
}

describe("smoltools dev", () => {
  it(
    "shows what is derived, runs examples and the input, again on each save, whatever becomes of the file",
    { timeout: 60_000 },
    async () => {
      await using watched = dev("--input", '{"value":5}');
      await watched.shows(
        /value: number, \/\/ What to multiply\.[\s\S]*✓ times\(2\) → 4[\s\S]*schema of times: 1 argument, 1 required, \d+ bytes[\s\S]*\n10\n[\s\S]*watching 1 file/,
      );
      // In place.
      await writeFile(file, source(3));
      await watched.shows(/✓ times\(2\) → 6[\s\S]*\n15\n[\s\S]*watching/);
      // As editors save: another file takes its place.
      await writeFile(`${file}~`, source(4));
      await rename(`${file}~`, file);
      await watched.shows(/✓ times\(2\) → 8[\s\S]*watching/);
      // Broken, and mended.
      await writeFile(file, "export function times( {");
      await watched.shows(/E_SYNTAX[\s\S]*1 problem[\s\S]*watching/);
      await writeFile(file, source(5, "any"));
      await watched.shows(/E_ANY[\s\S]*watching/);
      // Gone, and back.
      await unlink(file);
      await watched.shows(/times\.ts is not there: waiting for it[\s\S]*watching/);
      await writeFile(file, source(6));
      await watched.shows(/✓ times\(2\) → 12[\s\S]*watching/);
      expect(await watched.end()).toBe(0);
      expect(watched.text).not.toContain("\u001b");
    },
  );

  it("watches what the file imports, and a folder that comes back", async () => {
    await mkdir(join(folder, "lib"));
    await writeFile(join(folder, "lib", "factor.ts"), "export const factor: number = 7;\n");
    await writeFile(
      file,
      source(1, "number", 'import { factor } from "./lib/factor.ts";\n').replace("* 1", "* factor"),
    );
    await using watched = dev("--json");
    await watched.shows(/"value":14[\s\S]*?\n/);
    await writeFile(join(folder, "lib", "factor.ts"), "export const factor: number = 8;\n");
    await watched.shows(/"value":16[\s\S]*?\n/);
    await rename(join(folder, "lib"), join(folder, "away"));
    await watched.shows(/BUNDLE_FAILED[\s\S]*?\n/);
    await rename(join(folder, "away"), join(folder, "lib"));
    await watched.shows(/"value":16[\s\S]*?\n/);
    for (const line of watched.text.trim().split("\n")) expect(JSON.parse(line)).toMatchObject({ file: "times.ts" });
    expect(await watched.end()).toBe(0);
  }, 60_000);

  it("clears the screen of a terminal without taking away what stood there, and ends with Ctrl-C", async () => {
    await using terminal = inTerminal(["dev", "times.ts"], { cwd: folder, env });
    await terminal.shows("Ctrl-C ends");
    await writeFile(file, source(3));
    await terminal.shows("→ 6");
    await terminal.shows("Ctrl-C ends");
    terminal.interrupt();
    expect(await terminal.ended()).toBe(0);
    expect(terminal.raw).toContain("\u001b[H\u001b[J");
    expect(terminal.raw).not.toContain("\u001b[3J");
    expect(await readFile(file, "utf8")).toBe(source(3));
  });

  it.each<[string, string[], RegExp]>([
    ["a file that is not there", ["nowhere.ts"], /There is no file/],
    ["an input that is no JSON", ["times.ts", "--input", "{"], /--input is not JSON/],
    ["an input from a file that is not there", ["times.ts", "--input", "@gone.json"], /which is no file/],
    ["an input from standard input", ["times.ts", "--input", "-"], /cannot be read again/],
  ])("refuses %s before it watches", async (_title, [name = "", ...args], message) => {
    const { code, stderr } = await smoltoolsHere(["dev", join(folder, name), ...args], { env });
    expect([code, stderr]).toEqual([2, expect.stringMatching(message)]);
  });
});
