import type { SourceTool } from "./tool-call.ts";

/**
 * The module from which a package is bundled: it gives every tool one form, whatever form its author chose.
 *
 * `tools[name](input)` takes the input as a JSON object and returns the result as a JSON value.
 *
 * @param specifier - How the entry imports the author's file.
 * @param codecSpecifier - How it imports the conversion between JSON and the author's types.
 */
export function entrySource(tools: readonly SourceTool[], specifier: string, codecSpecifier: string): string {
  const needsCodec = tools.some((tool) => usesCodec(tool));
  const lines = [
    `import { ${tools.map((tool, i) => `${tool.exportName} as tool${i}`).join(", ")} } from ${JSON.stringify(specifier)};`,
    ...(needsCodec ? [`import { decode, encode } from ${JSON.stringify(codecSpecifier)};`] : []),
    "export const tools = {",
    ...tools.map((tool, i) => `  ${tool.name}: ${wrapper(tool, `tool${i}`)},`),
    "};",
  ];
  return `${lines.join("\n")}\n`;
}

function wrapper(tool: SourceTool, name: string): string {
  if (!usesCodec(tool)) return `async (input) => ${callText(tool, name)}`;
  const decoded = `const input = decode(${JSON.stringify(tool.inputSchema)}, json);`;
  return `async (json) => { ${decoded} return encode(await ${callText(tool, name)}); }`;
}

function callText(tool: SourceTool, name: string): string {
  const { call } = tool;
  if (call.kind === "object") return `${name}(input)`;
  const member = (parameter: string) => `input[${JSON.stringify(parameter)}]`;
  const args = call.parameters.filter((parameter) => parameter !== call.rest).map(member);
  if (call.rest !== undefined) args.push(`...(${member(call.rest)} ?? [])`);
  return `${name}(${args.join(", ")})`;
}

/** Types that JSON does not have are marked `x-ts` in a schema. */
function usesCodec(tool: SourceTool): boolean {
  return JSON.stringify([tool.inputSchema, tool.outputSchema ?? null]).includes('"x-ts"');
}
