import {
  canonicalJson,
  type HostFunction,
  isSmoltoolsError,
  type Tool,
  type ToolDeclaration,
  type ToolSource,
  ToolSourceError,
} from "@smoltools/core";
import type { McpProgram, StartMcpProgram } from "./mcp-program.ts";
import { withInlineMedia, withMedia } from "./media-values.ts";

/** The name under which the code of a package calls the program that it was converted from. */
const callProgramName = "callMcpTool";

/** What {@link ProgramCalls} is made with. */
export interface ProgramCallsOptions {
  program: McpProgram;
  start: StartMcpProgram;
  /** Names the package in errors. */
  source: string;
  /** The tools that the manifest names: no other one is called. */
  tools: readonly string[];
  /** What is written in errors for the server: its command line. */
  commandLine: string;
}

/** The parts of a declaration that are compared, and what they are called. */
const parts = [
  ["description", "its description"],
  ["inputSchema", "the schema of its input"],
  ["outputSchema", "the schema of its output"],
  ["annotations", "its annotations"],
] as const;

/**
 * Calls the tools of the program that a package was converted from, for the package's code.
 *
 * The program is started by the first call, once for the loaded package, on this machine and **outside of the sandbox**:
 * it is for whoever makes this to know that its command line was granted. It gets the arguments of calls and the
 * variables that were granted. Before a call, what the server declares of the tool is held against what it declared when
 * it was converted, which the code hands in.
 */
export class ProgramCalls implements AsyncDisposable {
  readonly #options: ProgramCallsOptions;
  readonly #closing = new AbortController();
  #starting: Promise<ToolSource> | undefined;

  constructor(options: ProgramCallsOptions) {
    this.#options = options;
  }

  /** The function that the sandbox gets: `callMcpTool(name, input, declared)`. */
  get functions(): Readonly<Record<string, HostFunction>> {
    return {
      [callProgramName]: async ([name, input, declared], { signal, untimed }) => {
        const { source, tools } = this.#options;
        if (typeof name !== "string" || !tools.includes(name)) {
          throw new Error(
            `${String(name).slice(0, 100)} is no tool of ${source}: nothing else of its server is called`,
          );
        }
        // Before the first start, a program may have to be downloaded.
        const server = await untimed(this.#started());
        signal.throwIfAborted();
        const tool = this.#unchanged(name, await untimed(server.tools()), declared);
        signal.throwIfAborted();
        return withInlineMedia(await called(tool, withMedia(input), signal), signal);
      },
    };
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#closing.abort(new Error("The package was disposed"));
    const server = await this.#starting?.catch(() => undefined);
    await server?.[Symbol.asyncDispose]();
  }

  #started(): Promise<ToolSource> {
    const { signal } = this.#closing;
    signal.throwIfAborted();
    const starting = (this.#starting ??= this.#options.start(this.#options.program, { signal }));
    // What could not be started is tried again by the next call.
    starting.catch(() => {
      if (this.#starting === starting) this.#starting = undefined;
    });
    return starting;
  }

  #unchanged(name: string, listed: readonly Tool[], declared: unknown): Tool {
    const { commandLine, source } = this.#options;
    const tool = listed.find((each) => each.name === name);
    const changed = tool && changedParts(tool, declared);
    if (tool && changed?.length === 0) return tool;
    const what = changed ? `declares ${name} in another way than` : `has no tool ${name}, as it had`;
    const which = changed ? `: ${changed.join(" and ")}` : "";
    throw new ToolSourceError(
      `The MCP server ${commandLine} ${what} when ${source} was made of it${which}. A newer version of the package may ` +
        `know it; its author makes it anew with smoltools convert mcp … --update`,
      { code: "SOURCE_TOOLS_CHANGED", data: { source, tool: name, tools: [name] } },
    );
  }
}

/** Who called it says which tool has failed. */
async function called(tool: Tool, input: unknown, signal: AbortSignal): Promise<unknown> {
  try {
    return await tool.call(input, { signal });
  } catch (error) {
    const start = `${tool.name} failed: `;
    if (!isSmoltoolsError(error, "TOOL_FAILED") || !error.message.startsWith(start)) throw error;
    throw new Error(error.message.slice(start.length), { cause: error });
  }
}

/** Which parts of a tool are declared in another way than before. */
function changedParts(tool: ToolDeclaration, declared: unknown): string[] {
  const before = typeof declared === "object" && declared !== null ? (declared as Partial<ToolDeclaration>) : {};
  return parts.filter(([part]) => text(tool[part]) !== text(before[part])).map(([, called]) => called);
}

function text(part: unknown): string {
  return part === undefined ? "" : canonicalJson(JSON.parse(JSON.stringify(part)));
}
