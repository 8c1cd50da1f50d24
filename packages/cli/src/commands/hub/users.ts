import { HubAccounts, type UserRole } from "@smoltools/hub/server";
import type { CommandContext } from "../../cli/command.ts";
import { showTable } from "../../cli/output/show-table.ts";
import { UsageError } from "../../cli/errors/usage-error.ts";
import { dataFolder, presentDataFolder } from "./data-folder.ts";
import { noteChange } from "./note-change.ts";

/** `smoltools hub user add` */
export async function addUser(context: CommandContext): Promise<void> {
  const [name = "", role = "member"] = context.positionals;
  const user = await new HubAccounts(dataFolder(context)).addUser(name, userRole(role), {
    takeOver: context.values["take-over"] === true,
  });
  await noteChange(context, "user.add", name, { role });
  context.out.line(`${name} is a user now. A token: smoltools hub token create ${name}`);
  context.out.result(user);
}

/** `smoltools hub user list` */
export async function listUsers(context: CommandContext): Promise<void> {
  const { out } = context;
  const root = presentDataFolder(context);
  const { users, orgs } = await new HubAccounts(root).read();
  const list = users.map(({ name, role, createdAt }) => ({
    name,
    role,
    createdAt,
    orgs: orgs.filter(({ members }) => members.some(({ user }) => user === name)).map((org) => org.name),
  }));
  if (list.length === 0) out.line("no users yet");
  showTable(
    out,
    list.map(({ name, role, orgs: own }) => [name, role, own.join(", ")]),
  );
  out.result(list);
}

/** `smoltools hub user remove` */
export async function removeUser(context: CommandContext): Promise<void> {
  const [name = ""] = context.positionals;
  await new HubAccounts(presentDataFolder(context)).removeUser(name);
  await noteChange(context, "user.remove", name);
  context.out.line(`${name} is removed, with all tokens. The repos of ${name} stay, for admins.`);
  context.out.result({ removed: name });
}

/** `smoltools hub user role` */
export async function setUserRole(context: CommandContext): Promise<void> {
  const [name = "", role = ""] = context.positionals;
  await new HubAccounts(presentDataFolder(context)).setUserRole(name, userRole(role));
  await noteChange(context, "user.role", name, { role });
  context.out.line(`${name} is ${role} now.`);
  context.out.result({ name, role });
}

function userRole(text: string): UserRole {
  if (text === "member" || text === "admin") return text;
  throw new UsageError(`"${text}" is not what a user can be: use member or admin`);
}
