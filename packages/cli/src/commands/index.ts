import type { Commands } from "../cli/command.ts";
import { authorCommands } from "./table/author.ts";
import { lockCommands } from "./table/lock.ts";
import { machineCommands } from "./table/machine.ts";
import { publishCommands } from "./table/publish.ts";
import { serveCommands } from "./table/serve.ts";
import { useCommands } from "./table/use.ts";

/** The commands under headings, in the order in which help lists them. Their code is loaded when one is run. */
export const sections: readonly { title: string; commands: Commands }[] = [
  { title: "Write tools", commands: authorCommands },
  { title: "Publish them", commands: publishCommands },
  { title: "Use tools and agents", commands: useCommands },
  { title: "Lock the packages that you use", commands: lockCommands },
  { title: "Run a hub", commands: serveCommands },
  { title: "This machine", commands: machineCommands },
];

/** All commands by name. */
export const commands: Commands = Object.assign({}, ...sections.map((section) => section.commands)) as Commands;
