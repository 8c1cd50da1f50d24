import { type JsonObject, type JsonValue, SchemaValidator } from "@smoltools/core";
import type { DerivedTool, ExampleCall } from "./derived-tool.ts";
import { isRecord } from "./definition/is-record.ts";
import type { CallView } from "./engine/port.ts";
import type { ExampleDoc } from "./jsdoc/function-doc.ts";
import type { ProblemList } from "./problems/problem-list.ts";

/** Reads the calls in a snippet of code. */
export type ReadCalls = (code: string) => readonly CallView[] | undefined;

type Tool = Pick<DerivedTool, "name" | "call" | "inputSchema" | "outputSchema">;

/**
 * Reads the calls of a tool in its `@example`s, with the results that comments name. What cannot be read is a warning:
 * examples are for people first.
 *
 * @param names - What the source calls the tool.
 */
export function readExamples(
  docs: readonly ExampleDoc[],
  tool: Tool,
  names: readonly (string | undefined)[],
  readCalls: ReadCalls,
  problems: ProblemList,
): ExampleCall[] {
  return docs.flatMap((doc) => {
    const warn = (message: string) => problems.warn("W_EXAMPLE", doc.place, message, `write ${form(tool)}`);
    const calls = snippets(doc.text).map(readCalls);
    if (calls.includes(undefined)) {
      warn("The example cannot be run: it is no code.");
      return [];
    }
    const ours = calls.flatMap((list) => list ?? []).filter(({ callee }) => isOurs(callee, names));
    if (ours.length === 0) warn(`The example cannot be run: it does not call ${tool.name}.`);
    return ours.flatMap((call) => {
      const example = exampleOf(call, tool, warn);
      return example ? [{ ...example, place: doc.place }] : [];
    });
  });
}

/** What the methods of tools are called. */
const methods: ReadonlySet<string> = new Set(["call", "execute", "forward", "run"]);

function isOurs(callee: readonly string[], names: readonly (string | undefined)[]): boolean {
  const [last = "", ...before] = callee.toReversed();
  // `weather.call(…)`, `new Weather().run(…)`: a method counts with the tool before it.
  return names.includes(last) || (methods.has(last) && before.some((name) => names.includes(name)));
}

/** The code of an example: what its fences hold, else all of it. */
function snippets(text: string): string[] {
  const withoutCaption = text.replace(/^\s*<caption>[\s\S]*?<\/caption>/, "");
  const fenced = [...withoutCaption.matchAll(/^[ \t]*(```|~~~)[^\n]*\n([\s\S]*?)^[ \t]*\1/gm)];
  return fenced.length > 0 ? fenced.map(([, , code = ""]) => code) : [withoutCaption];
}

function exampleOf(
  call: CallView,
  tool: Tool,
  warn: (message: string) => void,
): Omit<ExampleCall, "place"> | undefined {
  const input = inputOf(call, tool);
  if (input === undefined) {
    warn("The example cannot be run: an argument is not made of literals, or there are too many.");
    return undefined;
  }
  const wrong = new SchemaValidator(tool.inputSchema).findings(input)[0];
  if (wrong) {
    const where = wrong.path || "the input";
    warn(`The example cannot be run: ${where} must be ${wrong.expected}, and is ${wrong.received}.`);
    return undefined;
  }
  const { result } = call;
  if (!result) return { input };
  if (result.value === undefined) {
    warn(`The example's result cannot be read: ${result.text.split("\n")[0] ?? ""}`);
    return { input };
  }
  const misfit = new SchemaValidator(tool.outputSchema ?? true).findings(result.value)[0];
  if (!misfit) return { input, output: result.value };
  const where = misfit.path || "the result";
  warn(`The example's result does not fit the type: ${where} must be ${misfit.expected}, and is ${misfit.received}.`);
  return { input };
}

function inputOf({ arguments: args, callee }: CallView, { call }: Tool): JsonObject | undefined {
  if (args.some(({ isUndefined, value }) => !isUndefined && value === undefined)) return undefined;
  const values = args.map(({ value }) => value);
  // `tool.call()` takes the input object, whatever the function behind it takes.
  if (call.kind === "object" || (callee.length > 1 && callee.at(-1) === "call")) {
    const [input = {}, ...more] = values;
    return more.length === 0 && isRecord(input) ? input : undefined;
  }
  const { parameters, rest } = call;
  const single = rest === undefined ? parameters : parameters.slice(0, -1);
  if (rest === undefined && values.length > single.length) return undefined;
  const members: [string, JsonValue][] = [];
  for (const [index, name] of single.entries()) {
    const value = values[index];
    if (value !== undefined) members.push([name, value]);
  }
  const others = values.slice(single.length).filter((value) => value !== undefined);
  if (rest !== undefined && others.length > 0) members.push([rest, others]);
  return Object.fromEntries(members);
}

/** The form that can be run. */
function form({ name, call }: Tool): string {
  const args = call.kind === "object" ? "{ … }" : call.parameters.length > 0 ? "…" : "";
  return `a call with literals, and the result behind it: await ${name}(${args}) // => …`;
}
