import type { CommandDescription } from "../cli/command.ts";

const hub = {
  type: "string",
  value: "url",
  help: "Address of the hub. Default: HF_ENDPOINT, else the Hugging Face Hub.",
} as const;
const lock = {
  type: "string",
  value: "file",
  help: "Lock file to use. Default: smoltools.lock, where there is one.",
} as const;

/** The commands, in the order in which help lists them. Their code is loaded when one is run. */
export const commands: Readonly<Record<string, CommandDescription>> = {
  check: {
    summary: "Derive and bundle the tools of a source file, and say what is wrong with them.",
    arguments: "<file>",
    positionals: { least: 1, most: 1 },
    options: {},
    examples: ["smoltools check weather.ts", "smoltools check weather.ts --json"],
    load: () => import("./check.ts"),
  },
  push: {
    summary: "Publish the tools of a source file as a version of a package.",
    arguments: "<file> <owner/name>",
    positionals: { least: 2, most: 2 },
    options: {
      version: { type: "string", value: "x.y.z", help: "Version to publish. Default: that of package.json." },
      description: { type: "string", help: "Description of the package. Default: that of package.json." },
      license: { type: "string", value: "id", help: "SPDX licence. Default: that of package.json." },
      private: { type: "boolean", help: "If the repo is made: only you can see it." },
      force: { type: "boolean", help: "Publish into a repo that holds something else." },
      "dry-run": { type: "boolean", help: "Show what would be published, and publish nothing." },
      hub,
    },
    examples: [
      "smoltools push weather.ts acme/weather --version 1.0.0",
      "smoltools push weather.ts acme/weather --dry-run",
    ],
    load: () => import("./push.ts"),
  },
  pull: {
    summary: "Download packages, check them, and lock their versions.",
    arguments: "<ref...>",
    positionals: { least: 1, most: 100 },
    options: {
      yes: { type: "boolean", help: "Grant the permissions that the packages declare." },
      update: { type: "boolean", help: "Lock the newest versions that fit, also where older ones are locked." },
      "lock-file": lock,
      hub,
    },
    examples: ["smoltools pull acme/weather@^1.2", "smoltools pull acme/weather acme/csv@1 --yes"],
    load: () => import("./pull.ts"),
  },
  info: {
    summary: "Show the versions, tools and permissions of a package.",
    arguments: "<ref>",
    positionals: { least: 1, most: 1 },
    options: { hub },
    examples: ["smoltools info acme/weather", "smoltools info ./package --json"],
    load: () => import("./info.ts"),
  },
  run: {
    summary: "Call a tool: of a hub, of a package folder, or of a source file.",
    arguments: "<ref or file> [--<argument> <value>...]",
    positionals: { least: 1, most: 1 },
    options: {
      input: { type: "string", value: "json", help: "All arguments as a JSON object; - reads it from standard input." },
      tool: { type: "string", value: "name", help: "Which tool, if there are several." },
      yes: { type: "boolean", help: "Grant the permissions that the package declares." },
      "lock-file": lock,
      hub,
    },
    anyOptions: true,
    examples: [
      "smoltools run acme/weather@^1 --city Oslo --days 3",
      `smoltools run ./weather.ts --input '{"city":"Oslo"}'`,
    ],
    load: () => import("./run.ts"),
  },
  serve: {
    summary: "Start a hub on this machine that speaks the Hugging Face Hub's API.",
    arguments: "",
    positionals: { least: 0, most: 0 },
    options: {
      root: { type: "string", value: "folder", help: "Where the hub keeps its repos. Default: ./smoltools-hub." },
      port: { type: "string", value: "number", help: "Port. Default: 7860; 0 takes a free one." },
      host: { type: "string", value: "address", help: "Address to listen at. Default: 127.0.0.1." },
      "public-url": {
        type: "string",
        value: "url",
        help: "Address under which others reach it. Needed for --host 0.0.0.0.",
      },
      user: { type: "string", value: "name", help: "User that the token belongs to. Default: me." },
    },
    examples: ["smoltools serve", "smoltools serve --root /srv/hub --port 8080"],
    load: () => import("./serve.ts"),
  },
  doctor: {
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
    examples: ["smoltools doctor", "smoltools doctor --require process --require python", "smoltools doctor --json"],
    load: () => import("./doctor.ts"),
  },
};
