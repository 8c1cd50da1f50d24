import { once } from "node:events";
import { errorMessage, isSmoltoolsError } from "@smoltools/core";
import { HubAccounts, type HubFailure, type HubServerOptions, serveHub } from "@smoltools/hub/server";
import type { CommandContext } from "../cli/command.ts";
import { listOption, portOption, textOption } from "../cli/line/option-values.ts";
import { UsageError } from "../cli/errors/usage-error.ts";
import { dataFolder } from "./hub/data-folder.ts";

/** How long running requests get to end, in milliseconds, before the hub cuts them off. */
const closeTimeoutMs = 30_000;

/** `smoltools serve` */
export async function run(context: CommandContext): Promise<void> {
  const { out, env, signal } = context;
  const root = dataFolder(context);
  const user = textOption(context, "user") ?? "me";
  // A token that is given stays the same from start to start; it is never printed then.
  const given = env["SMOLTOOLS_HUB_TOKEN"];
  await using server = await serveHub({
    root,
    ...serverOptions(context),
    ...(given && { tokens: [{ token: given, user, role: "write" }] }),
    limits: { closeTimeoutMs },
    onFailure: (failure) => out.error(failureText(failure)),
    ...(context.values["log"] === true && { onRequest: (entry) => out.error(JSON.stringify(entry)) }),
  });
  // A token is made once, so not for a hub that does not start.
  const token = given ? undefined : await firstToken(root, user);
  const owner = given || token !== undefined ? user : await knownUser(root, textOption(context, "user"));
  out.line(`${out.style("green", "hub")} ${server.url}`);
  out.line();
  out.line("In another terminal:");
  out.verbatim(`  export HF_ENDPOINT=${server.url}`);
  if (given) out.verbatim('  export HF_TOKEN="$SMOLTOOLS_HUB_TOKEN"');
  if (token !== undefined) out.verbatim(`  export HF_TOKEN=${token}`);
  if (!given && token === undefined) {
    out.verbatim(`  export HF_TOKEN=hf_...  # a new one: smoltools hub token create ${owner} --data ${root}`);
  }
  out.verbatim(`  smoltools push weather.ts ${owner}/weather --version 1.0.0`);
  out.line();
  if (token !== undefined) out.line("The token is shown this once. It is kept as a hash only.");
  out.line(`Users and tokens: smoltools hub user list --data ${root}`);
  out.line("Ctrl-C ends it.");
  out.result({ url: server.url, user, ...(token !== undefined && { token }) });
  if (!signal.aborted) await once(signal, "abort");
  out.note("ending: running requests are finished first");
}

/** What the options of the command say about the server. */
function serverOptions(context: CommandContext): Omit<HubServerOptions, "root"> {
  const publicUrl = textOption(context, "public-url");
  const spaces = listOption(context, "space").map(spaceEntry);
  const host = textOption(context, "host") ?? "127.0.0.1";
  if (["0.0.0.0", "::"].includes(host) && !/^https?:/.test(publicUrl ?? "")) {
    throw new UsageError(
      `--host ${host} stands for all addresses: say with --public-url how clients reach the hub, such as ` +
        "--public-url https://hub.example.org",
    );
  }
  return {
    host,
    port: portOption(context, "port") ?? 7860,
    ...(publicUrl !== undefined && { publicUrl }),
    trustProxy: context.values["trust-proxy"] === true,
    allowAnonymousRead: context.values["require-token"] !== true,
    spaces: Object.fromEntries(spaces),
  };
}

/** Makes the owner of a new hub, and a token for them; `undefined` for a hub that has users. */
async function firstToken(root: string, user: string): Promise<string | undefined> {
  const accounts = new HubAccounts(root);
  if ((await accounts.read()).users.length > 0) return undefined;
  try {
    await accounts.addUser(user, "admin");
  } catch (error) {
    // Another process started on the same new folder a moment ago, and shows the token.
    if (isSmoltoolsError(error, "HUB_ALREADY_EXISTS")) return undefined;
    throw error;
  }
  return (await accounts.createToken({ user, name: "first start", role: "write" })).token;
}

/** A user of the hub, whom its owner can make a token for: the one that is asked for, else the first. */
async function knownUser(root: string, wanted: string | undefined): Promise<string> {
  const { users } = await new HubAccounts(root).read();
  return (users.find(({ name }) => name === wanted) ?? users[0])?.name ?? "<user>";
}

function spaceEntry(text: string): [id: string, url: string] {
  const [id = "", url = ""] = text.split(/=(.*)/s);
  if (/^[^/]+\/[^/]+$/.test(id) && url !== "") return [id, url];
  throw new UsageError(`--space ${text} does not say where a Space is: use --space owner/name=http://127.0.0.1:7861`);
}

function failureText({ error, request }: HubFailure): string {
  const where = request ? ` (${request.method} ${request.path}, request ${request.id})` : "";
  return `failure: ${errorMessage(error)}${where}`;
}
