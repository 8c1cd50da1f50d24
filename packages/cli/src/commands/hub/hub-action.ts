import type { CommandContext } from "../../cli/command.ts";

/** What an action of `smoltools hub` works with. */
export interface HubActionContext extends CommandContext {
  /** The data folder of the hub. */
  root: string;
  /** The words behind the action. */
  args: string[];
}

/** One action of `smoltools hub`, such as `user add`. */
export interface HubAction {
  /** The words behind the action, as in `<name> [member|admin]`. */
  usage: string;
  least: number;
  most: number;
  run(context: HubActionContext): Promise<void>;
}
