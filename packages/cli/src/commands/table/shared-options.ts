import type { CommandOption } from "../../cli/command.ts";

// Options that several commands have.

/** What the command line says of a package that is made of a source file. */
export const packageFacts: Readonly<
  Record<"version" | "description" | "license" | "sdk" | "notes" | "notes-file", CommandOption>
> = {
  version: { type: "string", value: "x.y.z", help: "Version of the package. Default: that of package.json." },
  description: { type: "string", help: "Description of the package. Default: that of package.json." },
  license: { type: "string", value: "id", help: "SPDX licence. Default: that of package.json." },
  sdk: {
    type: "string",
    value: "kind",
    choices: ["static", "gradio"],
    help: "What its Space shows: static is a page, gradio an app. Default: static.",
  },
  notes: { type: "string", value: "text", help: "What the version brings. Default: its section of CHANGELOG.md." },
  "notes-file": { type: "string", value: "file", complete: "file", help: "File with what the version brings." },
};

export const allowSecret: CommandOption = {
  type: "string",
  multiple: true,
  value: "fingerprint",
  help: "What looks like a secret and is none. Can be given several times.",
};

export const hub: CommandOption = {
  type: "string",
  value: "url",
  help: "Address of the hub. Default: HF_ENDPOINT, else the setting hub, else the Hugging Face Hub.",
};

export const lock: CommandOption = {
  type: "string",
  value: "file",
  complete: "file",
  help: "Lock file to use. Default: smoltools.lock, where there is one.",
};

export const yes: CommandOption = {
  type: "boolean",
  short: "y",
  help: "Grant the permissions that the packages declare, without asking.",
};

export const signed: CommandOption = {
  type: "boolean",
  help: "Refuse packages that are not signed by a key that is trusted to be their owner's.",
};
