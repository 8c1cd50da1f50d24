import { HubAccounts, type MemberRole } from "@smoltools/hub/server";
import type { CommandContext } from "../../cli/command.ts";
import { showTable } from "../../cli/output/show-table.ts";
import { UsageError } from "../../cli/errors/usage-error.ts";
import { dataFolder, presentDataFolder } from "./data-folder.ts";
import { noteChange } from "./note-change.ts";

/** `smoltools hub org add` */
export async function addOrg(context: CommandContext): Promise<void> {
  const [name = ""] = context.positionals;
  const org = await new HubAccounts(dataFolder(context)).addOrg(name, {
    takeOver: context.values["take-over"] === true,
  });
  await noteChange(context, "org.add", name);
  context.out.line(`${name} is an organization now. A member: smoltools hub org member ${name} <user> write`);
  context.out.result(org);
}

/** `smoltools hub org list` */
export async function listOrgs(context: CommandContext): Promise<void> {
  const { out } = context;
  const root = presentDataFolder(context);
  const { orgs } = await new HubAccounts(root).read();
  if (orgs.length === 0) out.line("no organizations yet");
  showTable(
    out,
    orgs.map(({ name, members }) => [name, members.map(({ user, role }) => `${user} (${role})`).join(", ")]),
  );
  out.result(orgs);
}

/** `smoltools hub org remove` */
export async function removeOrg(context: CommandContext): Promise<void> {
  const [name = ""] = context.positionals;
  await new HubAccounts(presentDataFolder(context)).removeOrg(name);
  await noteChange(context, "org.remove", name);
  context.out.line(`${name} is removed. Its repos stay, for admins.`);
  context.out.result({ removed: name });
}

/** `smoltools hub org member` */
export async function setMember(context: CommandContext): Promise<void> {
  const [org = "", user = "", role = ""] = context.positionals;
  await new HubAccounts(presentDataFolder(context)).setMember(org, user, memberRole(role));
  await noteChange(context, "org.member", org, { user, role });
  context.out.line(role === "none" ? `${user} is no member of ${org} any more.` : `${user} may ${role} in ${org}.`);
  context.out.result({ org, user, role });
}

function memberRole(text: string): MemberRole | undefined {
  if (text === "none") return undefined;
  if (text === "read" || text === "write") return text;
  throw new UsageError(`"${text}" is not what a member can do: use read, write or none`);
}
