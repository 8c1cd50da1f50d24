import { type Grant, type GrantRequest, permissionKinds, type Permissions } from "@smoltools/hub";
import type { CommandContext } from "../command.ts";
import { printable } from "../output/printable.ts";
import type { Prompts } from "../terminal/prompts.ts";

/**
 * What a command grants: with `--yes` whatever packages declare, apart from programs; where a person sits at the
 * terminal, what they say to each that wants more than it was granted before; else nothing more.
 */
export function commandGrant(context: CommandContext): Grant | undefined {
  const isYes = context.values["yes"] === true;
  const { prompts } = context;
  if (!prompts) return isYes ? "declared" : undefined;
  // Packages are loaded several at a time, and a person is asked one thing at a time.
  let last: Promise<unknown> = Promise.resolve();
  return (request) => {
    if (isYes && request.missing.run.length === 0) return true;
    const answer = last.then(() => ask(context, prompts, request));
    last = answer.catch(() => undefined);
    return answer;
  };
}

function ask({ out }: CommandContext, prompts: Prompts, { ref, missing, isGrowth }: GrantRequest): Promise<boolean> {
  out.error(`${out.style("bold", printable(ref))} ${isGrowth ? "wants more than it was granted before" : "wants"}:`);
  for (const line of permissionLines(missing)) out.error(`  ${line}`);
  if (missing.run.length > 0) out.error(programWarning);
  return prompts.confirm("Grant that?");
}

/** One line for each permission, with what it means. */
export function permissionLines(permissions: Permissions): string[] {
  return permissionKinds.flatMap((kind) =>
    permissions[kind].map((value) => `${kind.padEnd(5)} ${printable(value).padEnd(32)} ${meanings[kind]}`.trimEnd()),
  );
}

const programWarning =
  "It starts that program on this machine, outside of the sandbox: the program can do whatever you can.";

const meanings: Readonly<Record<keyof Permissions, string>> = {
  net: "send requests to this host",
  env: "read this environment variable",
  read: "read this path",
  write: "write this path",
  run: "start this program, outside of the sandbox",
};
