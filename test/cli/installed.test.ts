import { mkdir, readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { stripVTControlCharacters } from "node:util";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { allCommands } from "../../packages/cli/src/cli/line/find-command.ts";
import { commands } from "../../packages/cli/src/commands/index.ts";
import { folderState } from "./folder-state.ts";
import { convertRows } from "./installed-convert-rows.ts";
import { describeFaults } from "./installed-faults.ts";
import { machineRows } from "./installed-machine-rows.ts";
import { packageRows, publishAndLock } from "./installed-package-rows.ts";
import { installProgram, type InstalledProgram } from "./installed-program.ts";
import { type CommandRow, matching, rowContext, type RowContext } from "./installed-row.ts";
import { ctrlC, type TerminalSession } from "./terminal.ts";

const rows: Readonly<Record<string, CommandRow>> = { ...packageRows, ...convertRows, ...machineRows };
const table = Object.entries(rows);

let program: InstalledProgram;
let lockFile: string;
beforeAll(async () => {
  program = await installProgram();
  const cwd = join(program.folder, "lock");
  await mkdir(cwd);
  await publishAndLock({ program, cwd });
  lockFile = await readFile(join(cwd, "smoltools.lock"), "utf8");
}, 240_000);
afterAll(() => program[Symbol.asyncDispose]());

/** A row with what it needs; ends what it has started. */
async function prepared(name: string, row: CommandRow, turn: string): Promise<RowContext & AsyncDisposable> {
  const context = await rowContext(program, lockFile, name.replaceAll(" ", "-"), turn);
  await row.prepare?.(context);
  Object.assign(context.env, row.env?.(context));
  return Object.assign(context, {
    [Symbol.asyncDispose]: async () => {
      for (const thing of context.owned) await thing[Symbol.asyncDispose]();
    },
  });
}

async function answered(session: TerminalSession, row: CommandRow): Promise<{ code: number | null; text: string }> {
  for (const [question, typed] of row.keys ?? []) {
    await session.until(question);
    session.type(typed.replace("<token>", program.token));
  }
  if (row.endless) {
    await session.until(row.endless);
    session.type(ctrlC);
  }
  const { code, shown } = await session.end();
  return { code, text: shown };
}

/** What can be read of a terminal: of what was drawn in one line, the last. */
function readable(shown: string): string {
  const lines = shown.replaceAll("\r\n", "\n").split("\n");
  return lines.map((line) => stripVTControlCharacters(line.slice(line.lastIndexOf("\r") + 1))).join("\n");
}

/** True for the rest of a control sequence that changes how characters look. */
const isColour = (sequence: string): boolean => /^[\d;]+m/.test(sequence);
const hasColours = (shown: string): boolean => shown.split("\u001B[").slice(1).some(isColour);

/** Lines that do not fit, but for words that are longer than the terminal is wide. */
function tooWide(shown: string, columns: number): string[] {
  // What moves the cursor begins a line too.
  const [first = "", ...parts] = shown.split("\u001B[");
  const text =
    first + parts.map((part) => (isColour(part) ? "" : "\n") + part.replace(/^[\d;?]*[A-Za-z]/, "")).join("");
  const lines = text.split(/[\r\n]/);
  return lines.filter((line) => [...line].length > columns && line.trim().includes(" "));
}

describe("the installed command", { timeout: 120_000 }, () => {
  it("is the version of its package, and has no tests in it", async () => {
    const { version } = JSON.parse(await readFile(join(program.root, "package.json"), "utf8")) as { version: string };
    expect((await program.run(["--version"])).stdout).toBe(`${version}\n`);
    expect((await readdir(join(program.root, "dist"))).filter((name) => name.includes(".test."))).toEqual([]);
  });

  it("is driven by a row of the tables below, whichever command it is", () => {
    expect(Object.keys(rows).sort()).toEqual([...allCommands(commands)].map(({ path }) => path.join(" ")).sort());
  });
});

describe.concurrent("where no terminal is", { timeout: 120_000 }, () => {
  it.each(table)("smoltools %s gives programs what they can read", async (name, row) => {
    await using context = await prepared(name, row, "json");
    const args = [...name.split(" "), ...(row.jsonArgs ?? row.args)(context), "--json"];
    const { code, stdout, stderr } = await program.run(args, {
      cwd: context.cwd,
      env: context.env,
      ...(row.stdin && { stdin: row.stdin(context) }),
      ...(row.endless && { interruptAt: row.endless }),
    });
    expect({ code, stderr }).toEqual({
      code: row.code ?? 0,
      stderr: expect.stringMatching(row.warns ?? /^$/) as string,
    });
    expect(stdout).not.toContain("\u001B");
    const values: unknown[] = row.lines
      ? stdout
          .trim()
          .split("\n")
          .map((line) => JSON.parse(line) as unknown)
      : [JSON.parse(stdout)];
    expect(values).toContainEqual(matching(row.json));
  });
});

describe.concurrent("at a terminal", { timeout: 120_000 }, () => {
  it.each(table)("smoltools %s asks for what is missing, and fits into 80 columns", async (name, row) => {
    await using context = await prepared(name, row, "wide");
    const args = [...name.split(" "), ...row.args(context)];
    const session = program.atTerminal(args, { cwd: context.cwd, env: context.env, columns: 80 });
    const { code, text } = await answered(session, row);
    expect({ code, text: readable(text) }).toEqual({
      code: row.code ?? 0,
      text: expect.stringMatching(row.shows) as string,
    });
    expect(row.isVerbatim ? [] : tooWide(text, 80)).toEqual([]);
    expect({ isColoured: row.plain ?? hasColours(text) }).toEqual({ isColoured: true });
  });

  it.each(table.filter(([, row]) => row.table))(
    "smoltools %s fits into 40 columns, without colours",
    async (name, row) => {
      await using context = await prepared(name, row, "narrow");
      const env = { ...context.env, NO_COLOR: "1" };
      const args = [...name.split(" "), ...row.args(context)];
      const session = program.atTerminal(args, { cwd: context.cwd, env, columns: 40 });
      const { code, text } = await answered(session, row);
      expect(code).toBe(row.code ?? 0);
      expect(tooWide(text, 40)).toEqual([]);
      expect(hasColours(text)).toBe(false);
    },
  );

  it.each(table.filter(([, row]) => row.canBeLeft))(
    "Ctrl-C at the first question of smoltools %s ends it with 130, and nothing was done",
    async (name, row) => {
      await using context = await prepared(name, row, "left");
      const before = await folderState(context.cwd, context.env["HOME"]);
      const args = [...name.split(" "), ...row.args(context)];
      const session = program.atTerminal(args, { cwd: context.cwd, env: context.env, columns: 80 });
      const [[question] = [/./]] = row.keys ?? [];
      await session.until(question);
      session.type(ctrlC);
      const { code, shown } = await session.end();
      expect([code, readable(shown)]).toEqual([130, expect.stringMatching(/interrupted\n$/)]);
      expect(shown.lastIndexOf("\u001B[?25h")).toBeGreaterThan(shown.lastIndexOf("\u001B[?25l"));
      expect(await folderState(context.cwd, context.env["HOME"])).toEqual(before);
    },
  );
});

describeFaults(
  () => program,
  (name, turn) => rowContext(program, lockFile, name, turn),
);
