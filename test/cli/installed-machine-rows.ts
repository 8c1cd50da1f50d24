import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { createKey, defaultTrustFile, inspectPackage, trustKey, TrustFile } from "@smoltools/hub";
import { HubAccounts } from "@smoltools/hub/server";
import { type CommandRow, like, type RowContext } from "./installed-row.ts";

const keyId = like(/^SHA256:/);

/** A key of the row's own. */
const withKey = async ({ env }: RowContext): Promise<void> => void (await createKey("release", { env }));

/** A key of `acme` that the row trusts, and its id. */
async function withTrust({ env, program }: RowContext): Promise<string> {
  const { text: key, id } = await createKey("acme", { env });
  await new TrustFile(defaultTrustFile(env)).update((data) =>
    trustKey(data, { hub: program.hubUrl, owner: "acme" }, key),
  );
  return id;
}

const dataOf = ({ cwd }: RowContext): string => join(cwd, "hub");

/** A hub's data folder with the user `alice`, her token, and the organization `team`. */
async function withAccounts(row: RowContext): Promise<string> {
  const accounts = new HubAccounts(dataOf(row));
  await accounts.addUser("alice", "member");
  await accounts.addOrg("team");
  await accounts.setMember("team", "alice", "write");
  const { account } = await accounts.createToken({ user: "alice", name: "laptop", role: "read" });
  return account.id;
}
const accounts = async (row: RowContext): Promise<void> => void (await withAccounts(row));
const data = ["--data", "hub"];

/** Nothing but what has been stored says who somebody is. */
const nobody = () => ({ HF_TOKEN: "" });
const loggedIn = async ({ env, program }: RowContext): Promise<void> => {
  const folder = join(env["HOME"] ?? "", "hf");
  await mkdir(folder);
  await writeFile(join(folder, "token"), program.token);
  env["HF_HOME"] = folder;
};
const newcomer = ({ env }: RowContext): Promise<void> => {
  env["HF_HOME"] = join(env["HOME"] ?? "", "hf");
  return Promise.resolve();
};

/** An id that is known only when it was made. */
const ids = new WeakMap<RowContext, string>();
const remember =
  (make: (row: RowContext) => Promise<string>) =>
  async (row: RowContext): Promise<void> =>
    void ids.set(row, await make(row));
const id = (row: RowContext): string => ids.get(row) ?? "";

/** The commands that have to do with this machine, keys and hubs. */
export const machineRows: Readonly<Record<string, CommandRow>> = {
  login: {
    prepare: newcomer,
    env: nobody,
    args: () => [],
    jsonArgs: () => ["--token-stdin"],
    stdin: ({ program }) => program.token,
    json: { hub: like(/^http:\/\/127/), name: "me", role: "write", path: like(/hf\/token$/) },
    keys: [[/Token for 127\.0\.0\.1/, "<token>\r"]],
    shows: /logged in to 127\.0\.0\.1:\d+ as me \(token: write/,
    canBeLeft: true,
  },
  logout: {
    prepare: loggedIn,
    env: nobody,
    args: () => [],
    json: { wasLoggedIn: true },
    shows: /logged out of 127/,
  },
  whoami: {
    prepare: loggedIn,
    env: nobody,
    args: () => [],
    json: { name: "me", orgs: [], role: "write", tokenFrom: like(/hf\/token$/) },
    shows: /^user +me\norganizations +none\ntoken +first start, write\nfrom +\//,
    table: true,
    plain: true,
  },
  "config list": {
    args: () => [],
    json: [{ name: "hub", from: "HF_ENDPOINT" }, { name: "model" }, { name: "sandbox" }],
    shows: /^setting +value +from\nhub +http:\/\/127[^ ]+ +HF_ENDPOINT\n/,
    table: true,
  },
  "config get": {
    args: () => ["sandbox"],
    json: { name: "sandbox", value: null, from: "default" },
    shows: /^quickjs\nfrom: default\n/,
    plain: true,
  },
  "config set": {
    args: () => ["sandbox", "process"],
    json: { name: "sandbox", value: "process", from: like(/config\.json$/) },
    shows: /^set sandbox to process\n/,
  },
  "config unset": {
    args: () => ["sandbox"],
    json: { name: "sandbox", value: null, from: "default" },
    shows: /^sandbox is quickjs now \(default\)\n/,
    plain: true,
  },
  "cache ls": {
    args: () => [],
    json: [{ name: "me/greet", version: "1.0.0", commit: like(/^[0-9a-f]{40}$/) }],
    prepare: cached,
    shows: /^me\/greet 1\.0\.0 +[0-9a-f]{12} +[\d.]+ kB +2[\d-]+ +127\.0\.0\.1[^]*1 package, /,
    plain: true,
  },
  "cache verify": {
    prepare: cached,
    args: () => [],
    json: { packages: 1, damaged: [] },
    shows: /^1 file of 1 package, 0 damaged/,
    plain: true,
  },
  "cache clean": {
    prepare: cached,
    args: () => ["--dry-run"],
    json: { removed: [{ name: "me/greet", version: "1.0.0" }], dryRun: true },
    shows: /would remove me\/greet 1\.0\.0/,
    plain: true,
  },
  doctor: {
    args: () => [],
    json: { smoltools: like(/^\d/), node: process.versions.node, sandboxes: [{ kind: "quickjs", available: true }] },
    shows: /smoltools \d[^]*yes {2}quickjs: JavaScript/,
    table: true,
  },
  completion: {
    args: () => ["bash"],
    json: { shell: "bash", script: like(/complete -F _smoltools/) },
    shows: /complete -F _smoltools smoltools/,
    isVerbatim: true,
    plain: true,
  },
  serve: {
    args: () => ["--data", "hub", "--port", "0"],
    endless: /Ctrl-C ends it|"token"/,
    json: { url: like(/^http:\/\/127/), user: "me", token: like(/^hf_/) },
    shows: /hub http:\/\/127[^]*export HF_TOKEN=hf_/,
  },
  "keys create": {
    args: () => ["release"],
    json: { name: "release", id: keyId, publicKey: like(/^smoltools-ed25519 /) },
    shows: /created release SHA256:/,
  },
  "keys list": {
    prepare: async (row) => {
      await withKey(row);
      await withTrust(row);
    },
    args: () => [],
    json: { keys: [{ name: "acme", id: keyId }, { name: "release" }], trusted: [{ owner: "acme", id: keyId }] },
    shows: /keys of your own\n[^]*release +SHA256:[^]*trusted keys\n[^]*acme on 127/,
    table: true,
    plain: true,
  },
  "keys export": {
    prepare: withKey,
    args: () => ["release"],
    json: { name: "release", id: keyId },
    shows: /^smoltools-ed25519 \S+ release\n$/,
    plain: true,
  },
  "keys trust": {
    prepare: async (row) => {
      const { text: key } = await createKey("acme", { env: row.env });
      await writeFile(join(row.cwd, "acme.pub"), `${key} acme\n`);
    },
    args: () => ["acme", "acme.pub", "--until", "2999-12-31"],
    json: { owner: "acme", id: keyId, notAfter: "2999-12-31" },
    shows: /trusted SHA256:\S+ as a key of acme on\s127/,
  },
  "keys untrust": {
    prepare: remember(withTrust),
    args: () => ["acme"],
    json: { owner: "acme", left: 0 },
    shows: /the keys of acme no longer trusted: 0 left/,
    plain: true,
  },
  "keys revoke": {
    prepare: remember(withTrust),
    args: (row) => [id(row)],
    json: { id: keyId },
    shows: /revoked SHA256:/,
  },
  "hub user add": {
    args: () => ["bob", ...data],
    json: { name: "bob", role: "member" },
    shows: /^bob is a user now\. A token: smoltools hub token create bob\n/,
    plain: true,
  },
  "hub user list": {
    prepare: accounts,
    args: () => data,
    json: [{ name: "alice", role: "member", orgs: ["team"] }],
    shows: /^alice +member +team\n/,
    plain: true,
  },
  "hub user remove": {
    prepare: accounts,
    args: () => ["alice", ...data],
    json: { removed: "alice" },
    shows: /^alice is removed, with all tokens/,
    plain: true,
  },
  "hub user role": {
    prepare: accounts,
    args: () => ["alice", "admin", ...data],
    json: { name: "alice", role: "admin" },
    shows: /^alice is admin now\.\n/,
    plain: true,
  },
  "hub org add": {
    args: () => ["acme", ...data],
    json: { name: "acme", members: [] },
    shows: /^acme is an organization now\./,
    plain: true,
  },
  "hub org list": {
    prepare: accounts,
    args: () => data,
    json: [{ name: "team", members: [{ user: "alice", role: "write" }] }],
    shows: /^team +alice \(write\)\n/,
    plain: true,
  },
  "hub org remove": {
    prepare: accounts,
    args: () => ["team", ...data],
    json: { removed: "team" },
    shows: /^team is removed\./,
    plain: true,
  },
  "hub org member": {
    prepare: accounts,
    args: () => ["team", "alice", "none", ...data],
    json: { org: "team", user: "alice", role: "none" },
    shows: /^alice is no member of team any more\.\n/,
    plain: true,
  },
  "hub token create": {
    prepare: accounts,
    args: () => ["alice", "--name", "phone", ...data],
    json: { token: like(/^hf_/), user: "alice", name: "phone", role: "write" },
    shows: /^hf_\w+\n[^]*The token is shown this once\./,
    plain: true,
  },
  "hub token list": {
    prepare: accounts,
    args: () => data,
    json: [{ user: "alice", name: "laptop", role: "read", lastUsed: null }],
    shows: /alice +read +laptop[^]*never used/,
    plain: true,
  },
  "hub token revoke": {
    prepare: remember(withAccounts),
    args: (row) => [id(row), ...data],
    json: { revoked: like(/^[0-9a-f]+$/), user: "alice", name: "laptop" },
    shows: /The token \w+ of alice \(laptop\) is good for nothing any more/,
    plain: true,
  },
  "hub backup": {
    args: ({ program }) => ["copy", "--data", program.hubData],
    json: { target: like(/copy$/) },
    shows: /holds everything[^]*smoltools hub verify --data/,
    plain: true,
  },
  "hub verify": {
    prepare: accounts,
    args: () => data,
    json: { repos: 0, problems: [] },
    shows: /0 repos[^]*everything is as it was stored/,
    plain: true,
  },
  "hub log": {
    args: () => [],
    json: { head: { hash: like(/^[0-9a-f]{64}$/) }, entries: [{ tag: "v1.0.0", commit: like(/^[0-9a-f]{40}$/) }] },
    shows: /spaces\/me\/greet@v1\.0\.0/,
    table: true,
    plain: true,
  },
};

/** A cache of the row's own with one package in it. */
async function cached({ env, program }: RowContext): Promise<void> {
  const home = join(env["HOME"] ?? "", "hf");
  env["HF_HOME"] = home;
  const { hubUrl, token } = program;
  await inspectPackage("me/greet@1.0.0", { hubUrl, token, cacheDir: join(home, "smoltools") });
}
