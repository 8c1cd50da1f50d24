import type { Commands } from "../../cli/command.ts";
import { convert } from "./convert.ts";
import { allowSecret, hub, packageFacts, yes } from "./shared-options.ts";

const name = {
  type: "string",
  value: "owner/name",
  help: 'Name of the package. Default: "smoltools": { "name": … } of package.json.',
} as const;

/** Commands for those who write tools. */
export const authorCommands: Commands = {
  init: {
    alsoCalled: ["new", "create"],
    summary: "Make a new tool project: source, test, README, scripts.",
    arguments: "[folder]",
    positionals: { least: 0, most: 1 },
    complete: ["folder"],
    options: {
      lang: { type: "string", choices: ["ts", "js"], value: "ts|js", help: "Language of the source. Default: ts." },
      name: {
        type: "string",
        value: "owner/name",
        help: "Name of the package. Default: asked for, else me/ and the folder's.",
      },
      tool: { type: "string", value: "name", help: "Name of the tool. Default: that of the package." },
      description: { type: "string", value: "text", help: "What the tool does." },
      license: { type: "string", value: "id", help: "SPDX licence. Default: MIT." },
      yes: { type: "boolean", short: "y", help: "Ask nothing: take the defaults." },
    },
    examples: ["smoltools init weather", "smoltools init weather --lang js --name acme/weather --yes"],
    load: () => import("../init.ts"),
  },
  convert,
  check: {
    alsoCalled: ["lint", "validate", "test"],
    summary: "Find everything that is wrong with the tools of a source file or project.",
    arguments: "[file or folder]",
    positionals: { least: 0, most: 1 },
    complete: ["file"],
    options: {
      fix: { type: "boolean", help: "Mend in the source what can be mended mechanically, and show it." },
      name,
      version: packageFacts.version,
      offline: { type: "boolean", help: "Do not compare with what is published." },
      "allow-secret": allowSecret,
      yes: { type: "boolean", short: "y", help: "Let examples do what the tools declare, such as sending requests." },
      hub,
    },
    exitCodes: { 1: "there are problems" },
    examples: ["smoltools check", "smoltools check weather.ts --fix", "smoltools check . --offline --json"],
    load: () => import("../check.ts"),
  },
  dev: {
    alsoCalled: ["watch"],
    summary: "Watch a source file: derive, check and run its examples on each save.",
    arguments: "[file or folder]",
    positionals: { least: 0, most: 1 },
    complete: ["file"],
    options: {
      input: {
        type: "string",
        value: "json",
        help: "Call the tool with this after each save; @file reads it from a file.",
      },
      tool: { type: "string", value: "name", help: "Which tool gets the input, if there are several." },
      "no-clear": { type: "boolean", help: "Leave on the terminal what was shown before." },
      yes,
    },
    examples: ["smoltools dev", `smoltools dev weather.ts --input '{"city":"Oslo"}'`],
    load: () => import("../dev.ts"),
  },
  build: {
    alsoCalled: ["bundle"],
    summary: "Write the package of a source file as a folder, byte for byte as push would publish it.",
    arguments: "[file or folder] --out <folder>",
    positionals: { least: 0, most: 1 },
    complete: ["file"],
    options: {
      out: { type: "string", short: "o", value: "folder", complete: "folder", help: "Folder to write. Needed." },
      name,
      ...packageFacts,
    },
    examples: ["smoltools build --out package", "smoltools build weather.ts --name acme/weather --out package"],
    load: () => import("../build.ts"),
  },
};
