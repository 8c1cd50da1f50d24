import { readFileSync } from "node:fs";
import {
  type HostFunction,
  inputFromArguments,
  renderDeclarations,
  type Tool,
  tool,
  type ToolDeclaration,
} from "@smoltools/core";

const folder = new URL("../../../../../fixtures/derive/", import.meta.url);

function read<Content>(name: string): Content {
  return JSON.parse(readFileSync(new URL(name, folder), "utf8")) as Content;
}

const samples = read<Record<string, { output: unknown }>>("twenty-tools-samples.json");

/** Twenty tools of everyday work; each checks its input and answers with its sample. */
const tools: readonly Tool[] = read<ToolDeclaration[]>("twenty-tools.json")
  // The agent's own function has this name.
  .filter(({ name }) => name !== "finalAnswer")
  .map(({ name, description, inputSchema, outputSchema }) =>
    tool({
      name,
      description,
      input: inputSchema,
      ...(outputSchema !== undefined && { output: outputSchema }),
      execute: () => samples[name]?.output,
    }),
  );

/** What the model and the checker read of them. */
export const declarations: string = `${renderDeclarations(tools)}\n\nfunction finalAnswer(value: unknown): never;`;

/** The same tools as functions of a sandbox. */
export const functions: Readonly<Record<string, HostFunction>> = Object.fromEntries(
  tools.map((one): [string, HostFunction] => [
    one.name,
    (args, { signal }) => one.call(inputFromArguments(args, one.inputSchema), { signal }),
  ]),
);
