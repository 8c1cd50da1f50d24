import type { CommandOption } from "../command.ts";

/**
 * Tells the options of a command from those that it hands on, such as the arguments of a tool.
 *
 * An option that is handed on takes the word behind it as its value, unless that is an option too. Behind `--`
 * everything is handed on: so a tool gets an argument that is called like an option of the command.
 */
export function splitOptions(
  args: readonly string[],
  known: Readonly<Record<string, CommandOption>>,
): { own: string[]; rest: string[] } {
  const own: string[] = [];
  const rest: string[] = [];
  for (let i = 0; i < args.length; i++) {
    const arg = args[i] ?? "";
    if (arg === "--") {
      rest.push(...args.slice(i + 1));
      break;
    }
    if (!arg.startsWith("--")) {
      own.push(arg);
      if (takesNext(arg, known) && i + 1 < args.length) own.push(args[++i] ?? "");
      continue;
    }
    const [flag = "", inline] = arg.slice(2).split(/=(.*)/s);
    const option = Object.hasOwn(known, flag) ? known[flag] : undefined;
    const target = option ? own : rest;
    target.push(arg);
    const next = args[i + 1];
    if (inline !== undefined || next === undefined) continue;
    if (option ? option.type === "string" : !next.startsWith("--")) {
      target.push(next);
      i++;
    }
  }
  return { own, rest };
}

/** Whether a short option, alone in its word, takes the next one as its value. */
function takesNext(arg: string, known: Readonly<Record<string, CommandOption>>): boolean {
  return Object.values(known).some(
    ({ type, short }) => type === "string" && short !== undefined && arg === `-${short}`,
  );
}
