import { HubAccounts, type MemberRole } from "@smoltools/hub/server";
import { UsageError } from "../../cli/usage-error.ts";
import type { HubAction } from "./hub-action.ts";
import { noteChange } from "./note-change.ts";

/** `smoltools hub org …` */
export const orgActions: Readonly<Record<string, HubAction>> = {
  add: {
    usage: "<name>",
    least: 1,
    most: 1,
    run: async (context) => {
      const [name = ""] = context.args;
      const org = await new HubAccounts(context.root).addOrg(name);
      await noteChange(context, "org.add", name);
      context.out.line(`${name} is an organization now. A member: smoltools hub org member ${name} <user> write`);
      context.out.result(org);
    },
  },
  list: {
    usage: "",
    least: 0,
    most: 0,
    run: async ({ root, out }) => {
      const { orgs } = await new HubAccounts(root).read();
      if (orgs.length === 0) out.line("no organizations yet");
      for (const { name, members } of orgs) {
        out.line([name.padEnd(24), ...members.map(({ user, role }) => `${user} (${role})`)].join(" "));
      }
      out.result(orgs);
    },
  },
  remove: {
    usage: "<name>",
    least: 1,
    most: 1,
    run: async (context) => {
      const [name = ""] = context.args;
      await new HubAccounts(context.root).removeOrg(name);
      await noteChange(context, "org.remove", name);
      context.out.line(`${name} is removed. Its repos stay, for admins.`);
      context.out.result({ removed: name });
    },
  },
  member: {
    usage: "<org> <user> <read|write|none>",
    least: 3,
    most: 3,
    run: async (context) => {
      const [org = "", user = "", role = ""] = context.args;
      await new HubAccounts(context.root).setMember(org, user, memberRole(role));
      await noteChange(context, "org.member", org, { user, role });
      context.out.line(role === "none" ? `${user} is no member of ${org} any more.` : `${user} may ${role} in ${org}.`);
      context.out.result({ org, user, role });
    },
  },
};

function memberRole(text: string): MemberRole | undefined {
  if (text === "none") return undefined;
  if (text === "read" || text === "write") return text;
  throw new UsageError(`"${text}" is not what a member can do: use read, write or none`);
}
