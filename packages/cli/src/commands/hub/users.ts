import { HubAccounts, type UserRole } from "@smoltools/hub/server";
import { UsageError } from "../../cli/usage-error.ts";
import type { HubAction } from "./hub-action.ts";
import { noteChange } from "./note-change.ts";

/** `smoltools hub user …` */
export const userActions: Readonly<Record<string, HubAction>> = {
  add: {
    usage: "<name> [member|admin]",
    least: 1,
    most: 2,
    run: async (context) => {
      const [name = "", role = "member"] = context.args;
      const user = await new HubAccounts(context.root).addUser(name, userRole(role));
      await noteChange(context, "user.add", name, { role });
      context.out.line(`${name} is a user now. A token: smoltools hub token create ${name}`);
      context.out.result(user);
    },
  },
  list: {
    usage: "",
    least: 0,
    most: 0,
    run: async ({ root, out }) => {
      const { users, orgs } = await new HubAccounts(root).read();
      const list = users.map(({ name, role, createdAt }) => ({
        name,
        role,
        createdAt,
        orgs: orgs.filter(({ members }) => members.some(({ user }) => user === name)).map((org) => org.name),
      }));
      if (list.length === 0) out.line("no users yet");
      for (const { name, role, orgs: own } of list) out.line([name.padEnd(24), role.padEnd(8), ...own].join(" "));
      out.result(list);
    },
  },
  remove: {
    usage: "<name>",
    least: 1,
    most: 1,
    run: async (context) => {
      const [name = ""] = context.args;
      await new HubAccounts(context.root).removeUser(name);
      await noteChange(context, "user.remove", name);
      context.out.line(`${name} is removed, with all tokens. The repos of ${name} stay.`);
      context.out.result({ removed: name });
    },
  },
  role: {
    usage: "<name> <member|admin>",
    least: 2,
    most: 2,
    run: async (context) => {
      const [name = "", role = ""] = context.args;
      await new HubAccounts(context.root).setUserRole(name, userRole(role));
      await noteChange(context, "user.role", name, { role });
      context.out.line(`${name} is ${role} now.`);
      context.out.result({ name, role });
    },
  },
};

function userRole(text: string): UserRole {
  if (text === "member" || text === "admin") return text;
  throw new UsageError(`"${text}" is not what a user can be: use member or admin`);
}
