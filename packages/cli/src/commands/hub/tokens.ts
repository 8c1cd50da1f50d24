import { HubAccounts, LastUsed, type TokenAccount, type TokenRole } from "@smoltools/hub/server";
import type { CommandContext } from "../../cli/command.ts";
import { listOption, textOption } from "../../cli/line/option-values.ts";
import { printable } from "../../cli/output/printable.ts";
import { showTable } from "../../cli/output/show-table.ts";
import { UsageError } from "../../cli/errors/usage-error.ts";
import { presentDataFolder } from "./data-folder.ts";
import { noteChange } from "./note-change.ts";

const roles: readonly TokenRole[] = ["read", "write", "admin"];

/** `smoltools hub token create` */
export async function createToken(context: CommandContext): Promise<void> {
  const [user = ""] = context.positionals;
  const role = roles.find((each) => each === textOption(context, "role")) ?? "write";
  const scope = listOption(context, "scope");
  const expiresAt = endOf(textOption(context, "expires"));
  const { token, account } = await new HubAccounts(presentDataFolder(context)).createToken({
    user,
    name: textOption(context, "name") ?? "command line",
    role,
    ...(scope.length > 0 && { namespaces: scope }),
    ...(expiresAt && { expiresAt }),
  });
  await noteChange(context, "token.create", user, { token: account.id, role });
  const { out } = context;
  out.line(token);
  out.note(`The token is shown this once. Its id is ${account.id}: smoltools hub token revoke ${account.id}`);
  out.result({ token, ...shown(account) });
}

/** `smoltools hub token list` */
export async function listTokens(context: CommandContext): Promise<void> {
  const { out } = context;
  const root = presentDataFolder(context);
  const [user] = context.positionals;
  const { tokens } = await new HubAccounts(root).read();
  const used = await new LastUsed(root).read();
  const list = tokens
    .filter((token) => user === undefined || token.user === user)
    .map((token) => ({ token: shown(token), lastUsed: used.get(token.id) ?? null }));
  if (list.length === 0) out.line("no tokens");
  showTable(
    out,
    list.map(({ token, lastUsed }) => {
      const scope = token.namespaces ? ` for ${token.namespaces.join(", ")}` : "";
      const end = token.expiresAt === undefined ? "" : `, until ${token.expiresAt.slice(0, 10)}`;
      const use = lastUsed === null ? "never used" : `last used ${lastUsed}`;
      return [token.id, token.user, token.role, printable(token.name + scope), use + end];
    }),
  );
  out.result(list.map(({ token, lastUsed }) => Object.assign(token, { lastUsed })));
}

/** `smoltools hub token revoke` */
export async function revokeToken(context: CommandContext): Promise<void> {
  const [id = ""] = context.positionals;
  const { user, name } = await new HubAccounts(presentDataFolder(context)).revokeToken(id);
  await noteChange(context, "token.revoke", user, { token: id });
  context.out.line(`The token ${id} of ${user} (${printable(name)}) is good for nothing any more.`);
  context.out.result({ revoked: id, user, name });
}

/** What is told of a token: its hash is nobody's business. */
function shown({ hash: _hash, ...account }: TokenAccount): Omit<TokenAccount, "hash"> {
  return account;
}

/** The end of a token that lasts some days. */
function endOf(days: string | undefined): Date | undefined {
  if (days === undefined) return undefined;
  if (/^[1-9]\d{0,3}$/.test(days)) return new Date(Date.now() + Number(days) * 86_400_000);
  throw new UsageError(`--expires ${days} is not a number of days: use 1 to 9999`);
}
