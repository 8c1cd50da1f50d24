import type { CommandContext } from "../cli/command.ts";
import { ConfigError } from "../cli/errors/config-error.ts";
import { hubToken } from "../cli/hub/credentials.ts";
import { hubOf } from "../cli/hub/hub-address.ts";
import { printable } from "../cli/output/printable.ts";
import { askWhoami } from "../cli/hub/whoami.ts";
import { showTable } from "../cli/output/show-table.ts";

/** `smoltools whoami` */
export async function run(context: CommandContext): Promise<void> {
  const { out, env, signal } = context;
  const { url, from } = hubOf(context);
  const { host } = new URL(url);
  const found = hubToken(url, env);
  if (!found) {
    throw new ConfigError(`There is no token for ${host}. Run smoltools login, or set HF_TOKEN`, {
      code: "NOT_LOGGED_IN",
      data: { hub: url },
    });
  }
  const user = await out.progress(`Asking ${host}`, () => askWhoami(url, found.token, { env, signal }));
  const { name, fullName, orgs, role, tokenName } = user;
  showTable(out, [
    ["user", printable(fullName === undefined || fullName === name ? name : `${name} (${fullName})`)],
    ["organizations", orgs.length === 0 ? "none" : printable(orgs.join(", "))],
    ["token", printable([tokenName ?? "without a name", role ?? "role not told"].join(", "))],
    ["from", found.from],
    ["hub", from === "default" ? url : `${url} (${from === "SMOLTOOLS_HUB" ? "setting" : from})`],
  ]);
  out.result({ ...user, hub: url, tokenFrom: found.from });
}
