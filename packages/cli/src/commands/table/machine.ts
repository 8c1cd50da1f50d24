import type { CommandGroup, CommandOption, Commands } from "../../cli/command.ts";
import { hub } from "./shared-options.ts";

const dir = {
  type: "string",
  value: "folder",
  complete: "folder",
  help: "Folder of the cache. Default: by HF_HUB_CACHE and HF_HOME.",
} as const satisfies CommandOption;

/** `smoltools cache …` */
const cache: CommandGroup = {
  summary: "List, check or remove what was downloaded.",
  commands: {
    ls: {
      summary: "List the packages that were downloaded.",
      arguments: "",
      positionals: { least: 0, most: 0 },
      options: { dir },
      examples: ["smoltools cache ls --json"],
      load: () => import("../cache.ts").then(({ list }) => ({ run: list })),
    },
    verify: {
      summary: "Check every file that was downloaded.",
      arguments: "",
      positionals: { least: 0, most: 0 },
      options: { dir },
      examples: ["smoltools cache verify"],
      exitCodes: { 1: "files are damaged" },
      load: () => import("../cache.ts").then(({ verify }) => ({ run: verify })),
    },
    clean: {
      summary: "Remove what was downloaded.",
      arguments: "",
      positionals: { least: 0, most: 0 },
      options: {
        "older-than": { type: "string", value: "time", help: "Remove what was not used for so long: 30d, 12h, 8w." },
        all: { type: "boolean", help: "Remove what other programs have put into the cache as well, such as models." },
        "dry-run": { type: "boolean", help: "Say what would be removed, and remove nothing." },
        dir,
      },
      examples: ["smoltools cache clean --older-than 30d --dry-run"],
      load: () => import("../cache.ts").then(({ clean }) => ({ run: clean })),
    },
  },
  examples: ["smoltools cache ls", "smoltools cache clean --older-than 30d --dry-run"],
};

/** Names of settings, for shells. A test holds them against those that there are. */
const settingNames = ["hub", "model", "sandbox"] as const;

/** `smoltools config …` */
const config: CommandGroup = {
  summary: "Show and change settings: the hub, the model, the sandbox.",
  alsoCalled: ["settings"],
  commands: {
    list: {
      summary: "List the settings, and where each comes from.",
      alsoCalled: ["ls"],
      arguments: "",
      positionals: { least: 0, most: 0 },
      options: {},
      withoutSettings: true,
      examples: ["smoltools config list", "smoltools config list --json"],
      load: () => import("../config.ts").then(({ list }) => ({ run: list })),
    },
    get: {
      summary: "Print a setting.",
      arguments: "<setting>",
      positionals: { least: 1, most: 1 },
      complete: [settingNames],
      options: {},
      withoutSettings: true,
      examples: ["smoltools config get hub"],
      load: () => import("../config.ts").then(({ get }) => ({ run: get })),
    },
    set: {
      summary: "Change a setting.",
      arguments: "<setting> <value>",
      positionals: { least: 2, most: 2 },
      complete: [settingNames, "none"],
      options: {},
      withoutSettings: true,
      examples: ["smoltools config set hub https://hub.example.org", "smoltools config set model Qwen/Qwen3-32B"],
      load: () => import("../config.ts").then(({ set }) => ({ run: set })),
    },
    unset: {
      summary: "Take a setting back.",
      alsoCalled: ["delete", "remove", "rm"],
      arguments: "<setting>",
      positionals: { least: 1, most: 1 },
      complete: [settingNames],
      options: {},
      withoutSettings: true,
      examples: ["smoltools config unset hub"],
      load: () => import("../config.ts").then(({ unset }) => ({ run: unset })),
    },
  },
  examples: ["smoltools config set hub https://hub.example.org", "smoltools config list"],
};

/** Commands about this machine and its user. */
export const machineCommands: Commands = {
  login: {
    summary: "Store a token for a hub, after asking the hub whose it is.",
    alsoCalled: ["signin", "auth"],
    arguments: "",
    positionals: { least: 0, most: 0 },
    options: {
      "token-stdin": { type: "boolean", help: "Read the token from standard input, instead of asking for it." },
      hub,
    },
    examples: ["smoltools login", "smoltools login --token-stdin < token.txt"],
    load: () => import("../login.ts"),
  },
  logout: {
    summary: "Remove the token that is stored for a hub.",
    alsoCalled: ["signout"],
    arguments: "",
    positionals: { least: 0, most: 0 },
    options: { hub },
    examples: ["smoltools logout", "smoltools logout --hub https://hub.example.org"],
    load: () => import("../logout.ts"),
  },
  whoami: {
    summary: "Show whose token is used for a hub, what it may do, and where it comes from.",
    alsoCalled: ["user", "account"],
    arguments: "",
    positionals: { least: 0, most: 0 },
    options: { hub },
    examples: ["smoltools whoami", "smoltools whoami --json"],
    load: () => import("../whoami.ts"),
  },
  config,
  cache,
  doctor: {
    alsoCalled: ["env"],
    summary: "Tell which sandboxes this machine can have, and what the others lack.",
    arguments: "",
    positionals: { least: 0, most: 0 },
    options: {
      require: {
        type: "string",
        multiple: true,
        value: "sandbox",
        help: "Fail unless this sandbox can be had, such as process. Can be given several times.",
      },
    },
    exitCodes: { 1: "a sandbox that is required cannot be had" },
    examples: ["smoltools doctor", "smoltools doctor --require process --require python", "smoltools doctor --json"],
    load: () => import("../doctor.ts"),
  },
  completion: {
    summary: "Print a script that completes commands, options and files in a shell.",
    alsoCalled: ["completions"],
    arguments: "<bash|zsh|fish>",
    positionals: { least: 1, most: 1 },
    complete: [["bash", "zsh", "fish"]],
    options: {},
    withoutSettings: true,
    examples: [
      'eval "$(smoltools completion bash)"',
      'eval "$(smoltools completion zsh)"',
      "smoltools completion fish > ~/.config/fish/completions/smoltools.fish",
    ],
    load: () => import("../completion.ts"),
  },
};
