import type { CommandContext } from "../cli/command.ts";
import { UsageError } from "../cli/usage-error.ts";
import { dataActions } from "./hub/data.ts";
import { dataFolder } from "./hub/data-folder.ts";
import type { HubAction } from "./hub/hub-action.ts";
import { orgActions } from "./hub/orgs.ts";
import { tokenActions } from "./hub/tokens.ts";
import { userActions } from "./hub/users.ts";

/** Actions of two words, by their first one. */
const areas: Readonly<Record<string, Readonly<Record<string, HubAction>>>> = {
  user: userActions,
  org: orgActions,
  token: tokenActions,
};

/** `smoltools hub <action>`: works on the data folder of a hub, whether the hub runs or not. */
export async function run(context: CommandContext): Promise<void> {
  const { name, action, args } = findAction(context.positionals);
  if (args.length < action.least || args.length > action.most) {
    throw new UsageError(`Usage: smoltools hub ${name} ${action.usage}`);
  }
  await action.run({ ...context, root: dataFolder(context), args });
}

function findAction(words: readonly string[]): { name: string; action: HubAction; args: string[] } {
  const [first = "", second = "", ...rest] = words;
  const area = Object.hasOwn(areas, first) ? areas[first] : undefined;
  if (!area) {
    const action = Object.hasOwn(dataActions, first) ? dataActions[first] : undefined;
    if (action) return { name: first, action, args: words.slice(1) };
    throw unknown(first, [...Object.keys(areas), ...Object.keys(dataActions)]);
  }
  const action = Object.hasOwn(area, second) ? area[second] : undefined;
  if (!action)
    throw unknown(
      `${first} ${second}`.trim(),
      Object.keys(area).map((name) => `${first} ${name}`),
    );
  return { name: `${first} ${second}`, action, args: rest };
}

function unknown(name: string, known: readonly string[]): UsageError {
  return new UsageError(`smoltools hub has no "${name}". It has ${known.join(", ")}`);
}
