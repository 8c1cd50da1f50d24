import type { CommandOption } from "../../cli/command.ts";

/** Options that several commands have. */
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
