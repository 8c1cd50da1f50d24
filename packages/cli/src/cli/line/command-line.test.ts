import { describe, expect, it } from "vitest";
import { commands } from "../../commands/index.ts";
import { readCommandLine } from "./command-line.ts";
import { unknownCommand } from "./unknown-command.ts";

const read = (line: string) =>
  readCommandLine(
    line.split(" ").filter((word) => word !== ""),
    commands,
  );

describe("readCommandLine", () => {
  it.each<[string, object]>([
    ["", { kind: "overview" }],
    ["--json", { kind: "overview" }],
    ["help", { kind: "overview" }],
    ["--help", { kind: "overview" }],
    ["-h", { kind: "overview" }],
    ["--version", { kind: "version" }],
    ["-v", { kind: "version" }],
    ["--no-color --version", { kind: "version" }],
    ["help push", { kind: "help", path: ["push"] }],
    ["--help push", { kind: "help", path: ["push"] }],
    ["push --help", { kind: "help", path: ["push"] }],
    ["push a.ts acme/a -h", { kind: "help", path: ["push"] }],
    ["help hub user add", { kind: "help", path: ["hub", "user", "add"] }],
    ["hub user add --help", { kind: "help", path: ["hub", "user", "add"] }],
    ["hub --help", { kind: "help", path: ["hub"] }],
    ["hub user -h", { kind: "help", path: ["hub", "user"] }],
    ["push a.ts acme/a", { kind: "run", path: ["push"], args: ["a.ts", "acme/a"] }],
    ["--json -q push a.ts", { kind: "run", path: ["push"], args: ["a.ts"] }],
    ["push -- --help", { kind: "run", path: ["push"], args: ["--", "--help"] }],
    ["hub user add alice --data x", { kind: "run", path: ["hub", "user", "add"], args: ["alice", "--data", "x"] }],
    ["push --version 1.0.0", { kind: "run", path: ["push"], args: ["--version", "1.0.0"] }],
  ])("reads %j", (line, expected) => {
    expect(read(line)).toMatchObject(expected);
  });

  it.each<[string, object]>([
    ["push a.ts acme/a --json -q", { json: true, quiet: true, noColor: false, help: false }],
    ["--no-color push a.ts", { noColor: true }],
    ["push a.ts -- --json", { json: false }],
    ["run calc --expr -h --json", { help: false, json: true }],
    ["run calc --expr -q", { quiet: false }],
    ["run calc -q", { quiet: true }],
    ["run calc -- --json", { json: false }],
    ["frobnicate --json", { json: true }],
  ])("finds in %j how to answer", (line, flags) => {
    expect(read(line).flags).toMatchObject(flags);
  });

  it.each<[string, string]>([
    ["psuh", 'There is no command "psuh". Did you mean smoltools push?'],
    ["publish", 'There is no command "publish". Did you mean smoltools push?'],
    ["hub user ad", 'There is no command "hub user ad". Did you mean smoltools hub user add?'],
    ["hub users", 'There is no command "hub users". Did you mean smoltools hub user?'],
    ["config delete", 'There is no command "config delete". Did you mean smoltools config unset?'],
    ["frobnicate", 'There is no command "frobnicate". See smoltools --help'],
    ["constructor", 'There is no command "constructor". See smoltools --help'],
    [
      "hub __proto__",
      'There is no command "hub __proto__". smoltools hub has user, org, token, backup, verify, log. See smoltools hub --help',
    ],
    ["help frobnicate", 'There is no command "frobnicate". See smoltools --help'],
    ["help push it", "smoltools push has no commands of its own. See smoltools push --help"],
    ["keys", "smoltools keys needs a command: create, list, export, trust, untrust, revoke. See smoltools keys --help"],
    [
      "keys --json",
      "smoltools keys needs a command: create, list, export, trust, untrust, revoke. See smoltools keys --help",
    ],
    ["--frob push", "--frob stands before the command, and is no option of all commands. See smoltools --help"],
  ])("has an answer to %j", (line, message) => {
    const found = read(line);
    if (found.kind !== "unknown") throw new Error(`${line} was read as ${found.kind}`);
    expect(unknownCommand(found)).toMatchObject({ code: "USAGE", message });
  });
});
