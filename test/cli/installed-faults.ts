import { execFileSync } from "node:child_process";
import { mkdir, readdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { isDeepStrictEqual } from "node:util";
import { isSmoltoolsError } from "@smoltools/core";
import { describe, expect, it } from "vitest";
import { folderState } from "./folder-state.ts";
import type { InstalledProgram } from "./installed-program.ts";
import { type RowContext } from "./installed-row.ts";

type NewRow = (name: string, turn: string) => Promise<RowContext>;

/** What people do wrong, and what the machine does not have. */
const badInput: readonly [what: string, args: string[], code: number, message: RegExp, env?: Record<string, string>][] =
  [
    ["a wrong command", ["pusj", "greet.ts"], 2, /no command "pusj"\. Did you mean smoltools push\?/],
    ["a wrong flag", ["check", "greet.ts", "--offlin"], 2, /There is no option --offlin\. Did you mean --offline\?/],
    ["a flag of a wrong type", ["search", "greet", "--limit", "many"], 2, /--limit many is not a number of packages/],
    ["an argument of a wrong type", ["run", "me/greet@^1", "--input", '{"name":3}'], 1, /- name: expected .*string/],
    ["JSON that is none", ["run", "me/greet@^1", "--input", "{name}"], 2, /--input/],
    ["a file that is missing", ["push", "nowhere.ts", "me/nowhere", "--yes"], 2, /There is no file nowhere\.ts/],
    ["a file with syntax errors", ["check", "broken.ts", "--offline"], 1, /broken\.ts:1:\d+/],
    [
      "no network",
      ["versions", "me/greet"],
      1,
      /127\.0\.0\.1:9.*\[HUB_UNAVAILABLE\]/,
      { HF_ENDPOINT: "http://127.0.0.1:9" },
    ],
    [
      "no token",
      ["whoami"],
      1,
      /Run smoltools login, or set HF_TOKEN \[NOT_LOGGED_IN\]/,
      { HF_TOKEN: "", HF_TOKEN_PATH: "no-such-file" },
    ],
    [
      "a file in the place of a folder",
      ["build", "greet.ts", "--name", "me/x", "--out", "greet.ts/out"],
      1,
      /\[FILE_WRONG_KIND\]|no folder/,
    ],
  ];

/** Commands that write files, and the files of which each is whole or absent. */
const writers: Readonly<Record<string, readonly string[]>> = {
  init: ["init", "made", "--name", "me/made"],
  build: ["build", "greet.ts", "--name", "me/built", "--out", "package"],
  add: ["add", "me/net@^1", "--yes"],
  pull: ["pull", "me/net@^1", "--yes"],
};

/** Tests of the installed program with wrong input, on disks that are full or read-only, and with Ctrl-C at any moment. */
export function describeFaults(program: () => InstalledProgram, newRow: NewRow): void {
  describe.concurrent("of wrong input", { timeout: 60_000 }, () => {
    it.each(badInput)(
      "%s is told, without a stack trace, and nothing is written",
      async (what, args, code, message, env) => {
        const row = await newRow("bad-input", what.replaceAll(" ", "-"));
        await writeFile(join(row.cwd, "broken.ts"), "export function broken(: string {\n");
        const before = await folderState(row.cwd);
        const result = await program().run(args, { cwd: row.cwd, env: { ...row.env, ...env } });
        const told = result.stdout + result.stderr;
        expect([result.code, told]).toEqual([code, expect.stringMatching(message)]);
        expect(told).not.toMatch(/\n\s+at /);
        expect(told).not.toContain("\u001B");
        expect(await folderState(row.cwd)).toEqual(before);
      },
    );

    it("types that are broken elsewhere in the project do not matter", async () => {
      const row = await newRow("bad-input", "elsewhere");
      await writeFile(join(row.cwd, "other.ts"), "export const count: number = 'none';\n");
      const { code, stdout } = await program().run(["check", "greet.ts", "--offline"], row);
      expect([code, stdout]).toEqual([0, expect.stringContaining("ok 1 tool")]);
    });
  });

  describe.concurrent("where it cannot write", { timeout: 60_000 }, () => {
    it.each(Object.entries(writers))("smoltools %s leaves nothing behind on a full disk", async (name, args) => {
      const { code, stderr, left } = await isolated(name, args, "--size 16384 --tmpfs /mnt", "full");
      expect([code, stderr]).toEqual([1, expect.stringMatching(/no space is left|\[DISK_FULL\]/)]);
      expect(left).toEqual(["fill", "greet.ts", "package.json", "smoltools.lock"]);
    });

    it.each(Object.entries(writers))("smoltools %s says that a folder is read-only", async (name, args) => {
      const { code, stderr } = await isolated(name, args, "--tmpfs /mnt --remount-ro /mnt", "read-only");
      expect([code, stderr]).toEqual([1, expect.stringMatching(/read-only/)]);
      expect(stderr).not.toMatch(/\n\s+at /);
    });
  });

  /** Runs the program in a namespace of its own, in a folder that is what these arguments make of it. */
  async function isolated(name: string, args: readonly string[], mount: string, turn: string) {
    const row = await newRow(`disk-${name}`, turn);
    const { bin, env } = program();
    const files = `cp '${row.cwd}'/* /mnt`;
    const fill = `head -c 999999 /dev/zero > /mnt/fill`;
    // What is read-only is filled before it is so.
    const [prepare, arranged] =
      turn === "full" ? [`${files}; ${fill}`, mount] : [":", `--dev-bind '${row.cwd}' /mnt --remount-ro /mnt`];
    const words = args.map((word) => `'${word}'`).join(" ");
    const line = `${prepare} 2>/dev/null; cd /mnt && '${bin}' ${words} >/dev/null; code=$?; ls -A /mnt; exit $code`;
    const shell = ["-c", `exec bwrap --dev-bind / / ${arranged} bash -c "$0"`, line];
    const { code, stdout, stderr } = await program().start("bash", shell, { env: { ...env, ...row.env } });
    return { code, stderr, left: stdout.trim().split("\n") };
  }

  describe.concurrent("Ctrl-C at any moment", { timeout: 120_000 }, () => {
    it.each(Object.entries(writers))(
      "of smoltools %s leaves all or nothing, and ends it with 130",
      async (name, args) => {
        const whole = await newRow(`interrupted-${name}`, "whole");
        const { code: ended, stderr } = await program().run(args, whole);
        expect([ended, stderr]).toEqual([0, expect.any(String)]);
        const complete = relative(await folderState(whole.cwd), whole.cwd);
        const moment = anyMoment();
        const row = await newRow(`interrupted-${name}`, `after-${moment}-ms`);
        const temporary = join(row.cwd, "..", "tmp");
        await mkdir(temporary);
        const before = relative(await folderState(row.cwd), row.cwd);
        const env = { ...row.env, TMPDIR: temporary };
        const { code } = await program().run(args, { ...row, env, interruptAfterMs: moment });
        const after = relative(await folderState(row.cwd), row.cwd);
        // It may have been done before it was told to end.
        const states = code === 0 ? [complete] : [before, complete];
        expect({ moment, code, isWhole: states.some((state) => isDeepStrictEqual(state, after)) }).toEqual({
          moment,
          code: code === 0 ? 0 : 130,
          isWhole: true,
        });
        expect(await readdir(temporary)).toEqual([]);
      },
    );

    it("of smoltools push leaves a version whole or unpublished, and the next push succeeds", async () => {
      for (const moment of [anyMoment(), anyMoment()]) {
        const name = `me/cut-${moment}`;
        const row = await newRow("interrupted-push", String(moment));
        const before = await folderState(row.cwd);
        const args = ["push", "greet.ts", name, "--yes"];
        const { code } = await program().run(args, { ...row, interruptAfterMs: moment });
        const tags = await tagsOf(name);
        expect({ moment, code, tags }).toEqual({
          moment,
          code: code === 0 ? 0 : 130,
          tags: code === 0 ? ["v1.0.0"] : tags,
        });
        expect(await folderState(row.cwd)).toEqual(before);
        expect((await program().run([...args, "--quiet"], row)).code).toBe(0);
        expect(await tagsOf(name)).toEqual(["v1.0.0"]);
      }
    });
  });

  async function tagsOf(repo: string): Promise<string[]> {
    try {
      return (await program().client.refs({ repoType: "space", repo })).tags.map(({ name }) => name);
    } catch (error) {
      if (isSmoltoolsError(error, "HUB_REPO_NOT_FOUND")) return [];
      throw error;
    }
  }

  const oldNode = findNode(20);
  const where = oldNode ? "" : " (none is here: put one before others in PATH)";
  describe.skipIf(!oldNode)(`on Node.js 20${where}`, { timeout: 60_000 }, () => {
    it.each<[string[], RegExp]>([
      [["help", "push"], /Usage: smoltools push <file> <owner\/name>/],
      [["check", "greet.ts", "--offline"], /ok 1 tool/],
      [["push", "greet.ts", "me/node-20", "--yes"], /published me\/node-20 1\.0\.0/],
      [["run", "me/greet@^1", "--name", "Ada"], /^Hello Ada\n$/],
    ])("runs %j", async (args, shows) => {
      const row = await newRow("node-20", args[0] ?? "");
      const { code, stdout, stderr } = await program().run(args, { ...row, ...(oldNode && { node: oldNode }) });
      expect({ code, stderr, stdout }).toEqual({ code: 0, stderr: "", stdout: expect.stringMatching(shows) as string });
    });
  });
}

/** A moment at which a command may be, in milliseconds: another one each time. */
function anyMoment(): number {
  return Math.round(50 + Math.random() * 1000);
}

function relative(state: Record<string, string>, folder: string): Record<string, string> {
  return Object.fromEntries(Object.entries(state).map(([path, text]) => [path.slice(folder.length), text]));
}

/** A Node.js of this major version that PATH offers. */
function findNode(major: number): string | undefined {
  const folders = [...new Set((process.env["PATH"] ?? "").split(":"))];
  return folders
    .map((folder) => join(folder, "node"))
    .find((path) => {
      try {
        return execFileSync(path, ["--version"], { encoding: "utf8" }).startsWith(`v${major}.`);
      } catch {
        return false;
      }
    });
}
