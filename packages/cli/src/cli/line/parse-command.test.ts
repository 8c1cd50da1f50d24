import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { CommandDescription } from "../command.ts";
import { parseCommand } from "./parse-command.ts";
import { UsageError } from "../errors/usage-error.ts";

const command: CommandDescription = {
  summary: "Do it.",
  arguments: "<file> [owner/name]",
  positionals: { least: 1, most: 2 },
  options: {
    version: { type: "string", value: "x.y.z", help: "Version." },
    out: { type: "string", short: "o", help: "File." },
    tag: { type: "string", multiple: true, help: "Tag." },
    kind: { type: "string", choices: ["static", "gradio"], help: "Kind." },
    "dry-run": { type: "boolean", help: "Nothing." },
    yes: { type: "boolean", short: "y", help: "Yes." },
  },
  examples: [],
  load: () => Promise.reject(new Error("is not run")),
};
const handing: CommandDescription = { ...command, positionals: { least: 1, most: 1 }, anyOptions: true };

const parse = (...args: string[]) => parseCommand("do", command, args);

describe("parseCommand", () => {
  it.each<[string[], object]>([
    [["a.ts"], { positionals: ["a.ts"], values: {} }],
    [["a.ts", "--version", "1.0.0"], { values: { version: "1.0.0" } }],
    [["--version=1.0.0", "a.ts"], { positionals: ["a.ts"], values: { version: "1.0.0" } }],
    [["a.ts", "--version="], { values: { version: "" } }],
    [["a.ts", "--version=--dry-run"], { values: { version: "--dry-run" } }],
    [["a.ts", "--version=a=b"], { values: { version: "a=b" } }],
    [["a.ts", "--out", "-"], { values: { out: "-" } }],
    [["a.ts", "-o", "x"], { values: { out: "x" } }],
    [["a.ts", "-ox"], { values: { out: "x" } }],
    [["a.ts", "-yq"], { values: { yes: true, quiet: true } }],
    [["a.ts", "--tag", "a", "--tag", "b"], { values: { tag: ["a", "b"] } }],
    [["a.ts", "--dry-run", "--dry-run"], { values: { "dry-run": true } }],
    [["--", "--version"], { positionals: ["--version"], values: {} }],
    [["a.ts", "--", "--dry-run"], { positionals: ["a.ts", "--dry-run"], values: {} }],
    [["a.ts", "--json", "--no-color"], { values: { json: true, "no-color": true } }],
  ])("reads %j", (args, expected) => {
    expect(parse(...args)).toMatchObject(expected);
  });

  it.each<[string[], string]>([
    [[], "<file> is missing. Usage: smoltools do <file> [owner/name]"],
    [["a", "b", "c"], '"c" is one argument too many. Usage: smoltools do <file> [owner/name]'],
    [["a", "--dryrun"], "There is no option --dryrun. Did you mean --dry-run? See smoltools do --help"],
    [["a", "--frobnicate"], "There is no option --frobnicate. See smoltools do --help"],
    [["a", "--constructor"], "There is no option --constructor. See smoltools do --help"],
    [["a", "-x"], "There is no option -x. See smoltools do --help"],
    [["a", "--version"], "--version needs a value: --version <x.y.z>"],
    [
      ["a", "--version", "--dry-run"],
      "--version needs a value, and --dry-run looks like an option: write --version <x.y.z>, or --version=--dry-run if it is the value",
    ],
    [["a", "--dry-run=no"], "--dry-run takes no value: write --dry-run alone, or leave it out"],
    [["a", "--version", "1", "--version", "2"], "--version is given twice, and takes one value"],
    [["a", "--kind", "gradoi"], "--kind gradoi is none of static, gradio. Did you mean gradio?"],
    [["a", "b", "c\u001B[2J"], '"c\\u{1b}[2J" is one argument too many. Usage: smoltools do <file> [owner/name]'],
  ])("refuses %j in one line", (args, message) => {
    expect(() => parse(...args)).toThrow(expect.objectContaining({ code: "USAGE", message }) as Error);
  });

  it.each<[string[], object]>([
    [["ref", "--city", "Oslo", "--days=3"], { positionals: ["ref"], rest: ["--city", "Oslo", "--days=3"] }],
    [["--city", "Oslo", "ref"], { positionals: ["ref"], rest: ["--city", "Oslo"] }],
    [["ref", "--loud", "--city", "Oslo"], { rest: ["--loud", "--city", "Oslo"] }],
    [["ref", "--below", "-5"], { rest: ["--below", "-5"] }],
    [["ref", "--version", "1", "--city", "Oslo"], { values: { version: "1" }, rest: ["--city", "Oslo"] }],
    [["ref", "-o", "file", "--city", "Oslo"], { values: { out: "file" }, rest: ["--city", "Oslo"] }],
    [["ref", "--", "--json", "x"], { values: {}, rest: ["--json", "x"] }],
    [["ref", "--city", "--json"], { values: { json: true }, rest: ["--city"] }],
  ])("hands on what is not its own of %j", (args, expected) => {
    expect(parseCommand("do", handing, args)).toMatchObject(expected);
  });

  it("reads anything, or says in a line of its own what is wrong", () => {
    const word = fc.oneof(
      fc.string(),
      fc.constantFrom("--", "-", "--version", "--version=1", "-y", "-yo", "--tag", "--kind", "static", "--__proto__"),
    );
    fc.assert(
      fc.property(fc.array(word, { maxLength: 8 }), fc.boolean(), (args, any) => {
        const codeOf = (): unknown => {
          try {
            const { positionals, rest } = parseCommand("do", any ? handing : command, args);
            return positionals.length >= 1 && (any || rest.length === 0) ? "read" : { positionals, rest };
          } catch (error) {
            return error instanceof UsageError ? "refused" : error;
          }
        };
        expect(["read", "refused"]).toContain(codeOf());
      }),
    );
  });
});

it.each<[string[], boolean]>([
  [["a.ts"], false],
  [["--yes", "a.ts"], false],
  [["--yes", "--", "a.ts", "--out"], false],
  [["a.ts", "--", "--out"], false],
  [["a.ts", "-y"], true],
  [["--out", "x", "a.ts", "--yes"], true],
])("of %j it tells whether options stand behind an argument: %j", (args, isMixed) => {
  expect(parse(...args)).toMatchObject({ isMixed });
});
