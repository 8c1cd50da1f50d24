import type { CommandGroup, CommandOption, Commands } from "../../cli/command.ts";
import { hub as hubAddress } from "./shared-options.ts";

const folder = {
  data: {
    type: "string",
    value: "folder",
    complete: "folder",
    help: "Data folder of the hub. Default: ./smoltools-hub.",
  },
  root: { type: "string", value: "folder", complete: "folder", help: "The same as --data." },
} as const satisfies Record<string, CommandOption>;

const newName = {
  ...folder,
  "take-over": {
    type: "boolean",
    help: "The name is one that was removed: the repos that are left go with it, private ones included.",
  },
} as const satisfies Record<string, CommandOption>;

const user: CommandGroup = {
  summary: "Manage the users of a hub.",
  commands: {
    add: {
      summary: "Make a user.",
      arguments: "<name> [member|admin]",
      positionals: { least: 1, most: 2 },
      complete: ["none", ["member", "admin"]],
      options: newName,
      examples: ["smoltools hub user add alice", "smoltools hub user add root admin --data /srv/hub"],
      load: () => import("../hub/users.ts").then(({ addUser }) => ({ run: addUser })),
    },
    list: {
      summary: "List the users and their organizations.",
      arguments: "",
      positionals: { least: 0, most: 0 },
      options: folder,
      examples: ["smoltools hub user list --json"],
      load: () => import("../hub/users.ts").then(({ listUsers }) => ({ run: listUsers })),
    },
    remove: {
      summary: "Remove a user with all tokens. The repos stay.",
      arguments: "<name>",
      positionals: { least: 1, most: 1 },
      complete: ["none"],
      options: folder,
      examples: ["smoltools hub user remove alice"],
      load: () => import("../hub/users.ts").then(({ removeUser }) => ({ run: removeUser })),
    },
    role: {
      summary: "Say what a user is.",
      arguments: "<name> <member|admin>",
      positionals: { least: 2, most: 2 },
      complete: ["none", ["member", "admin"]],
      options: folder,
      examples: ["smoltools hub user role alice admin"],
      load: () => import("../hub/users.ts").then(({ setUserRole }) => ({ run: setUserRole })),
    },
  },
  examples: ["smoltools hub user add alice"],
};

const org: CommandGroup = {
  summary: "Manage the organizations of a hub.",
  commands: {
    add: {
      summary: "Make an organization.",
      arguments: "<name>",
      positionals: { least: 1, most: 1 },
      complete: ["none"],
      options: newName,
      examples: ["smoltools hub org add acme"],
      load: () => import("../hub/orgs.ts").then(({ addOrg }) => ({ run: addOrg })),
    },
    list: {
      summary: "List the organizations and their members.",
      arguments: "",
      positionals: { least: 0, most: 0 },
      options: folder,
      examples: ["smoltools hub org list --json"],
      load: () => import("../hub/orgs.ts").then(({ listOrgs }) => ({ run: listOrgs })),
    },
    remove: {
      summary: "Remove an organization. Its repos stay, for admins.",
      arguments: "<name>",
      positionals: { least: 1, most: 1 },
      complete: ["none"],
      options: folder,
      examples: ["smoltools hub org remove acme"],
      load: () => import("../hub/orgs.ts").then(({ removeOrg }) => ({ run: removeOrg })),
    },
    member: {
      summary: "Say what a user may do in an organization.",
      arguments: "<org> <user> <read|write|none>",
      positionals: { least: 3, most: 3 },
      complete: ["none", "none", ["read", "write", "none"]],
      options: folder,
      examples: ["smoltools hub org member acme alice write"],
      load: () => import("../hub/orgs.ts").then(({ setMember }) => ({ run: setMember })),
    },
  },
  examples: ["smoltools hub org add acme", "smoltools hub org member acme alice write"],
};

const token: CommandGroup = {
  summary: "Manage the tokens of a hub.",
  commands: {
    create: {
      summary: "Make a token for a user, and show it this once.",
      arguments: "<user>",
      positionals: { least: 1, most: 1 },
      complete: ["none"],
      options: {
        name: { type: "string", value: "text", help: "What the token is for." },
        role: {
          type: "string",
          value: "role",
          choices: ["read", "write", "admin"],
          help: "What the token may do. Default: write.",
        },
        scope: {
          type: "string",
          multiple: true,
          value: "namespace",
          help: "A namespace that the token is good for. Can be given several times. Default: all of the user's.",
        },
        expires: { type: "string", value: "days", help: "When the token ends. Default: never." },
        ...folder,
      },
      examples: ["smoltools hub token create alice --name laptop --expires 90"],
      load: () => import("../hub/tokens.ts").then(({ createToken }) => ({ run: createToken })),
    },
    list: {
      summary: "List the tokens: whose they are, and when they were used.",
      arguments: "[user]",
      positionals: { least: 0, most: 1 },
      complete: ["none"],
      options: folder,
      examples: ["smoltools hub token list alice"],
      load: () => import("../hub/tokens.ts").then(({ listTokens }) => ({ run: listTokens })),
    },
    revoke: {
      summary: "Make a token good for nothing.",
      arguments: "<id>",
      positionals: { least: 1, most: 1 },
      complete: ["none"],
      options: folder,
      examples: ["smoltools hub token revoke 3f9c0a1b2d4e"],
      load: () => import("../hub/tokens.ts").then(({ revokeToken }) => ({ run: revokeToken })),
    },
  },
  examples: ["smoltools hub token create alice --name laptop --expires 90"],
};

/** `smoltools hub …`: works on the data folder of a hub, whether the hub runs or not. */
const hub: CommandGroup = {
  summary: "Manage the users, tokens and data of a hub of your own.",
  commands: {
    user,
    org,
    token,
    backup: {
      summary: "Copy everything that a hub keeps, also while it runs.",
      arguments: "<folder>",
      positionals: { least: 1, most: 1 },
      complete: ["folder"],
      options: folder,
      examples: ["smoltools hub backup /srv/backups/2026-11-21"],
      load: () => import("../hub/data.ts").then(({ backUp }) => ({ run: backUp })),
    },
    verify: {
      summary: "Check everything that a hub keeps.",
      arguments: "",
      positionals: { least: 0, most: 0 },
      options: folder,
      examples: ["smoltools hub verify --data /srv/backups/2026-11-21"],
      exitCodes: { 1: "something is damaged or missing" },
      load: () => import("../hub/data.ts").then(({ verify }) => ({ run: verify })),
    },
    log: {
      summary: "Show the log of released versions, and check that nobody rewrote it.",
      arguments: "",
      positionals: { least: 0, most: 0 },
      options: {
        known: { type: "string", value: "seq:hash", help: "Where the last check ended." },
        hub: hubAddress,
      },
      examples: ["smoltools hub log --hub https://hub.example.org"],
      load: () => import("../hub/data.ts").then(({ showLog }) => ({ run: showLog })),
    },
  },
  examples: ["smoltools hub user add alice", "smoltools hub verify --data /srv/backups/2026-11-21"],
};

/** Commands for those who run a hub. */
export const serveCommands: Commands = {
  serve: {
    alsoCalled: ["start", "server"],
    summary: "Start a hub on this machine that speaks the Hugging Face Hub's API.",
    arguments: "",
    positionals: { least: 0, most: 0 },
    options: {
      ...folder,
      port: { type: "string", value: "number", help: "Port. Default: 7860; 0 takes a free one." },
      host: { type: "string", value: "address", help: "Address to listen at. Default: 127.0.0.1." },
      "public-url": {
        type: "string",
        value: "url",
        help: "Address under which others reach it. Needed for --host 0.0.0.0.",
      },
      "trust-proxy": {
        type: "boolean",
        help: "Every request comes through a proxy, which says from where (X-Forwarded-For).",
      },
      "require-token": { type: "boolean", help: "Public repos are for users with a token only." },
      space: {
        type: "string",
        multiple: true,
        value: "owner/name=url",
        help: "Where a Space runs. Can be given several times.",
      },
      log: { type: "boolean", help: "Write a line of JSON for each request to standard error." },
      user: { type: "string", value: "name", help: "Owner of a new hub. Default: me." },
    },
    examples: ["smoltools serve", "smoltools serve --data /srv/hub --port 8080"],
    load: () => import("../serve.ts"),
  },
  hub,
};
