import {
  chooseTool,
  commandLine,
  inspectPackage,
  type LoadedPackage,
  loadPackage,
  type LoadOptions,
  PackageError,
  parseRef,
  type Ref,
} from "@smoltools/hub";
import type { CommandContext } from "../cli/command.ts";
import { hubConnection } from "../cli/hub/hub-connection.ts";
import { loadOptions, sandboxOptions } from "../cli/hub/load-options.ts";
import { textOption } from "../cli/line/option-values.ts";
import { UsageError } from "../cli/errors/usage-error.ts";
import { askForMissing } from "../package/input/ask-for-missing.ts";
import { inputFromFlags } from "../package/input/input-from-flags.ts";
import { readInput } from "../package/input/read-input.ts";
import { toolHelp } from "../package/input/tool-help.ts";
import { openTarget } from "../package/open-target.ts";
import { showResult } from "../package/result/show-result.ts";
import { localTarget } from "../project/local-target.ts";
import { TimeLimit } from "../cli/time-limit.ts";

/** `smoltools run <ref, folder or file> [tool] [--<argument> <value>...]` */
export async function run(context: CommandContext): Promise<void> {
  const { positionals, rest, out, prompts } = context;
  const [target = ""] = positionals;
  using limit = new TimeLimit(textOption(context, "timeout"), context.signal);
  const { signal, ms } = limit;
  const options: LoadOptions = {
    ...loadOptions(context),
    signal,
    ...(ms !== undefined && { limits: { timeoutMs: ms } }),
  };
  try {
    const { path, tool } = localTarget(target);
    await using opened = await openTarget(path, options);
    await using loaded = await loadPackage(opened.ref, options);
    const ref = toolRef(
      context,
      withTool(opened.isBuilt ? { kind: "folder", path } : parseRef(opened.ref, options), tool),
    );
    if (ref.tool === undefined && loaded.tools.length > 1) throw unnamed(path, loaded);
    const chosen = chooseTool(loaded, ref);
    const given = inputFromFlags(rest, chosen.inputSchema, await readInput(textOption(context, "input"), signal));
    const input = prompts ? await askForMissing(given, chosen.inputSchema, prompts) : given;
    const result = await out.progress(`Running ${chosen.name}`, () => chosen.call(input, { signal }));
    await showResult(out, result, { tool: chosen, path: textOption(context, "out"), signal });
  } catch (error) {
    throw limit.explain(error);
  }
}

/** `smoltools run <ref, folder or file> --help`: the arguments of its tools. */
export async function help(context: CommandContext): Promise<void> {
  const { positionals, out } = context;
  const [target = ""] = positionals;
  const hub = hubConnection(context);
  const { path, tool: named } = localTarget(target);
  await using opened = await openTarget(path, sandboxOptions(context));
  const { manifest } = await inspectPackage(opened.ref, hub);
  const { tool: name } = toolRef(context, withTool(parseRef(opened.ref, hub), named));
  const tools = manifest.tools.filter((tool) => name === undefined || tool.name === name);
  if (tools.length === 0)
    throw new UsageError(`${target} has no tool ${name}. It has ${manifest.tools.map((tool) => tool.name).join(", ")}`);
  for (const [index, tool] of tools.entries()) {
    if (index > 0) out.line();
    const words = manifest.tools.length > 1 ? `${target} ${tool.name}` : target;
    for (const line of toolHelp(words, tool)) out.line(line);
  }
  out.result({ tools });
}

/** The ref with the tool that the command line names. */
function toolRef(context: CommandContext, ref: Ref): Ref {
  const tool = context.positionals[1] ?? textOption(context, "tool");
  return withTool(ref, tool);
}

function withTool(ref: Ref, tool: string | undefined): Ref {
  return tool === undefined ? ref : { ...ref, tool };
}

/** Says how a tool is named on the command line: by a word of its own, for what was built for now has no ref. */
function unnamed(target: string, { manifest, tools }: LoadedPackage): PackageError {
  const names = tools.map(({ name }) => name);
  const line = commandLine("smoltools", ["run", target, names[0] ?? ""]);
  return new PackageError(
    `${manifest.name} has ${names.length} tools: name one, as in ${line}. They are ${names.join(", ")}`,
    { code: "TOOL_NOT_FOUND", data: { package: manifest.name, tools: names.join(", ") } },
  );
}
