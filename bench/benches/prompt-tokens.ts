import { readFileSync } from "node:fs";
import { renderDeclarations, type ToolDeclaration } from "@smoltools/core";
import { encode } from "gpt-tokenizer/encoding/o200k_base";
import { type Row, row } from "../lib/row.ts";

/** The twenty tools of the fixtures, as derivation gives them. */
function twentyTools(): ToolDeclaration[] {
  const text = readFileSync(new URL("../../fixtures/derive/twenty-tools.json", import.meta.url), "utf8");
  return JSON.parse(text) as ToolDeclaration[];
}

/** What a model is told of tools: declarations of a code agent beside minified JSON schemas of native tool calling. */
export async function bench(): Promise<Row[]> {
  const tools = twentyTools();
  const schemas = tools.map(({ name, description, inputSchema }) => ({
    type: "function",
    function: { name, description, parameters: inputSchema },
  }));
  const withOutputs = tools.map(({ name, description, inputSchema, outputSchema }) => ({
    name,
    description,
    inputSchema,
    outputSchema,
  }));
  const declared = (list: readonly ToolDeclaration[]): number => encode(renderDeclarations(list)).length;
  const ours = declared(tools);
  const count = (value: unknown): number => encode(JSON.stringify(value)).length;
  return [
    row(
      "twenty tools in a prompt, results typed on both sides",
      "tokens",
      ours,
      { name: "JSON schemas of input and output", value: count(withOutputs) },
      { text: "at most 65 %", met: ({ ratio }) => ratio !== null && ratio <= 0.65 },
    ),
    row("twenty tools in a prompt, results typed in ours alone", "tokens", ours, {
      name: "JSON schemas of input alone, as native tool calling sends them",
      value: count(schemas),
    }),
    row(
      "twenty tools in a prompt, without their results",
      "tokens",
      declared(tools.map(({ name, description, inputSchema }) => ({ name, description, inputSchema }))),
      { name: "JSON schemas of input alone", value: count(schemas) },
    ),
  ];
}
