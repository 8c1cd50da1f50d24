import type { CommandGroup, Commands } from "../../cli/command.ts";
import { allowSecret, hub, lock, packageFacts, signed } from "./shared-options.ts";

/** `smoltools keys …` */
const keys: CommandGroup = {
  summary: "Make keys to sign packages with, and say whose keys you trust.",
  commands: {
    create: {
      summary: "Make a key to sign packages with.",
      arguments: "<name>",
      positionals: { least: 1, most: 1 },
      complete: ["none"],
      options: {},
      examples: ["smoltools keys create release"],
      load: () => import("../keys.ts").then(({ create }) => ({ run: create })),
    },
    list: {
      summary: "List your keys, and those that you trust.",
      arguments: "",
      positionals: { least: 0, most: 0 },
      options: {},
      examples: ["smoltools keys list --json"],
      load: () => import("../keys.ts").then(({ list }) => ({ run: list })),
    },
    export: {
      summary: "Print the public half of a key, to give to others.",
      arguments: "<name>",
      positionals: { least: 1, most: 1 },
      complete: ["none"],
      options: {},
      examples: ["smoltools keys export release > acme.pub"],
      load: () => import("../keys.ts").then(({ exportKey }) => ({ run: exportKey })),
    },
    trust: {
      summary: "Trust a key as one of an owner's.",
      arguments: "<owner> <public key or file>",
      positionals: { least: 2, most: 2 },
      complete: ["none", "file"],
      options: {
        until: { type: "string", value: "yyyy-mm-dd", help: "Last day on which the key counts. Default: no end." },
        hub,
      },
      examples: ["smoltools keys trust acme acme.pub --until 2027-12-31"],
      load: () => import("../keys.ts").then(({ trust }) => ({ run: trust })),
    },
    untrust: {
      summary: "Take trust back: from one key of an owner, or from all.",
      arguments: "<owner> [key id]",
      positionals: { least: 1, most: 2 },
      complete: ["none"],
      options: { hub },
      examples: ["smoltools keys untrust acme"],
      load: () => import("../keys.ts").then(({ untrust }) => ({ run: untrust })),
    },
    revoke: {
      summary: "Refuse a key for ever, whoever uses it.",
      arguments: "<key id>",
      positionals: { least: 1, most: 1 },
      complete: ["none"],
      options: {},
      examples: ["smoltools keys revoke SHA256:Zm9vYmFy..."],
      load: () => import("../keys.ts").then(({ revoke }) => ({ run: revoke })),
    },
  },
  examples: ["smoltools keys create release", "smoltools keys trust acme acme.pub --until 2027-12-31"],
};

/** Commands for those who publish packages. */
export const publishCommands: Commands = {
  push: {
    alsoCalled: ["publish", "upload", "release"],
    summary: "Publish the tools of a source file, or an archive, as a version of a package.",
    arguments: "<file> <owner/name>",
    positionals: { least: 2, most: 2 },
    options: {
      ...packageFacts,
      allow: {
        type: "string",
        multiple: true,
        value: "rule=reason",
        help: "Override a rule of the semver gate. The reason is published. Can be given several times.",
      },
      "allow-secret": allowSecret,
      sign: { type: "string", multiple: true, value: "key", help: "Sign with this key. Can be given several times." },
      private: { type: "boolean", help: "Only you can see the package. Refused where it is public already." },
      force: { type: "boolean", help: "Publish into a repo that holds something else." },
      "dry-run": { type: "boolean", help: "Show what would be published, and publish nothing." },
      yes: { type: "boolean", short: "y", help: "Publish without asking." },
      hub,
    },
    examples: [
      "smoltools push weather.ts acme/weather --version 1.0.0",
      "smoltools push weather.ts acme/weather --dry-run",
      "smoltools push acme-weather-1.0.0.tgz acme/weather",
      'smoltools push weather.ts acme/weather --version 1.1.0 --allow input-narrowed="it never worked"',
    ],
    load: () => import("../push.ts"),
  },
  diff: {
    summary: "Show what changed between two versions of a package.",
    arguments: "<before> <after>",
    positionals: { least: 2, most: 2 },
    options: {
      all: { type: "boolean", help: "Also show the text of generated files, the bundle included." },
      hub,
    },
    examples: [
      "smoltools diff acme/weather@1.0.0 acme/weather@1.1.0",
      "smoltools diff acme/weather@^1 ./package --all",
    ],
    load: () => import("../diff.ts"),
  },
  pack: {
    alsoCalled: ["export", "archive"],
    summary: "Write a package, or an agent with all its tools, as one file to load without a hub.",
    arguments: "<ref, folder or file>",
    positionals: { least: 1, most: 1 },
    options: {
      out: { type: "string", short: "o", value: "file", help: "File to write. Default: owner-name-x.y.z.tgz." },
      name: { type: "string", value: "owner/name", help: "Name of the package, for a source file." },
      version: {
        type: "string",
        value: "x.y.z",
        help: "Its version, for a source file. Default: that of package.json.",
      },
      "require-signature": signed,
      "lock-file": lock,
      hub,
    },
    examples: ["smoltools pack acme/weather@^1.2", "smoltools pack acme/researcher -o researcher.tgz"],
    load: () => import("../pack.ts"),
  },
  versions: {
    alsoCalled: ["releases", "tags"],
    summary: "List the versions of a package, with those that were withdrawn.",
    arguments: "<owner/name>",
    positionals: { least: 1, most: 1 },
    options: { hub },
    examples: ["smoltools versions acme/weather", "smoltools versions acme/weather --json"],
    load: () => import("../versions.ts"),
  },
  yank: {
    alsoCalled: ["unpublish", "withdraw"],
    summary: "Withdraw a version: ranges do not choose it any more, lock files still do.",
    arguments: "<owner/name@version>",
    positionals: { least: 1, most: 1 },
    options: {
      reason: { type: "string", value: "text", help: "Why, for those who use it. Needed." },
      hub,
    },
    examples: ['smoltools yank acme/weather@1.2.0 --reason "wrong units"'],
    load: () => import("../yank.ts"),
  },
  unyank: {
    summary: "Take a yank back.",
    arguments: "<owner/name@version>",
    positionals: { least: 1, most: 1 },
    options: { hub },
    examples: ["smoltools unyank acme/weather@1.2.0"],
    load: () => import("../unyank.ts"),
  },
  deprecate: {
    summary: "Warn everybody who uses versions of a package, or the package as a whole.",
    arguments: "<owner/name[@range]> [message]",
    positionals: { least: 1, most: 2 },
    options: {
      use: { type: "string", value: "ref", help: "What to use instead." },
      undo: { type: "boolean", help: "Take the deprecation back." },
      hub,
    },
    examples: [
      'smoltools deprecate acme/weather@1 "use 2, it is faster"',
      'smoltools deprecate acme/weather "not maintained any more" --use acme/forecast',
      "smoltools deprecate acme/weather@1 --undo",
    ],
    load: () => import("../deprecate.ts"),
  },
  keys,
};
