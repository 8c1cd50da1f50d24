import { readFileSync } from "node:fs";
import stringWidth from "fast-string-width";
import { describe, expect, it } from "vitest";
import { commands, sections } from "../commands/index.ts";
import { settings } from "./settings/settings.ts";
import type { Command, Commands } from "./command.ts";
import { exitCodeMeanings, exitCodes } from "./exit-codes.ts";
import { allCommands, findCommand, isGroup } from "./line/find-command.ts";
import { globalOptions } from "./line/global-options.ts";
import { commandHelp, overview } from "./help.ts";
import { Output } from "./output/output.ts";
import { parseCommand } from "./line/parse-command.ts";

const stream = { write: () => true };
const outOf = (columns: number) =>
  new Output({ stdout: { ...stream, isTTY: true, columns }, stderr: stream }, { env: { TERM: "dumb" } });

/** Every command and every group, with the words that name it. */
function* everything(
  level: Commands,
  path: string[] = [],
): Generator<{ name: string; path: string[]; command: Command }> {
  for (const [name, command] of Object.entries(level)) {
    const own = [...path, name];
    yield { name: own.join(" "), path: own, command };
    if (isGroup(command)) yield* everything(command.commands, own);
  }
}
const all = [...everything(commands)];
const leaves = [...allCommands(commands)].map(({ path, command }) => ({ name: path.join(" "), path, command }));

describe("help", () => {
  it("lists every command under a heading, once", () => {
    const text = overview(sections, outOf(80));
    for (const name of Object.keys(commands)) expect(text.split(`\n  ${name.padEnd(12)}`)).toHaveLength(2);
    expect(Object.keys(commands)).toHaveLength(sections.flatMap((section) => Object.keys(section.commands)).length);
  });

  it.each(all)("of $name shows what it is, how it is used, and an example", ({ name, path, command }) => {
    const text = commandHelp(path, command, outOf(100));
    expect(text).toContain(`Usage: smoltools ${name}`);
    expect(text).toMatch(/\nExamples:\n {2}\S/);
    expect(command.examples.some((example) => example.includes(`smoltools ${name}`))).toBe(true);
    expect(command.summary).toMatch(/^[A-Z].*\.$/);
  });

  it.each(leaves)("of $name shows all of its options", ({ path, command }) => {
    const text = commandHelp(path, command, outOf(100));
    for (const name of Object.keys({ ...command.options, ...globalOptions })) expect(text).toContain(`--${name}`);
  });

  it.each(all)("of $name fits into 40 columns", ({ path, command }) => {
    const lines = commandHelp(path, command, outOf(40)).split("\n");
    // A word that is longer than that, such as an address, is not torn apart.
    expect(lines.filter((line) => stringWidth(line) > 40 && line.trim().includes(" "))).toEqual([]);
  });

  it("of everything fits into 40 columns", () => {
    const lines = overview(sections, outOf(40)).split("\n");
    expect(lines.filter((line) => stringWidth(line) > 40)).toEqual([]);
  });
});

describe("the table of commands", () => {
  it.each(leaves)("declares no option of $name that every command has", ({ command }) => {
    for (const name of Object.keys(globalOptions)) expect(Object.keys(command.options)).not.toContain(name);
    const shorts = Object.values({ ...command.options, ...globalOptions }).flatMap(({ short }) => short ?? []);
    expect(shorts).toHaveLength(new Set(shorts).size);
  });

  it.each(leaves)("has code for $name", async ({ command }) => {
    expect((await command.load()).run).toBeTypeOf("function");
  });

  it.each(all.flatMap(({ command }) => command.examples))("has an example that parses: %s", (example) => {
    const words = wordsOf(example);
    const found = findCommand(commands, words);
    if (!found || isGroup(found.command)) throw new Error("It names no command");
    const { path, command, args } = found;
    expect(() => words.includes("--help") || parseCommand(path.join(" "), command, args)).not.toThrow();
  });

  it("completes the settings that there are", () => {
    const config = findCommand(commands, ["config", "get"])?.command;
    expect(config && !isGroup(config) && config.complete).toEqual([Object.keys(settings)]);
  });
});

describe("exit codes", () => {
  it("have a meaning each", () => {
    expect(Object.keys(exitCodeMeanings).map(Number)).toEqual(Object.values(exitCodes).sort((a, b) => a - b));
  });

  it("are in the guide as in help", () => {
    const guide = readFileSync(new URL("../../../../docs/guide/command-line.md", import.meta.url), "utf8");
    const rows = [...guide.matchAll(/^\| (\d+) \| (.+) \|$/gm)].map(([, code = "", meaning = ""]) => [code, meaning]);
    expect(Object.fromEntries(rows)).toEqual(exitCodeMeanings);
  });
});

/** The words of an example, without the program, as a shell would break them. */
function wordsOf(example: string): string[] {
  const line = example.replace(/^.*?\bsmoltools /, "").replace(/ [<>] .*$|\)"$/, "");
  return [...line.matchAll(/(?:[^\s"']|"[^"]*"|'[^']*')+/g)].map(([word]) => word.replace(/["']/g, ""));
}
