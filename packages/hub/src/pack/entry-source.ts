import type { SourceTool } from "./tool-call.ts";

/** Files that are bundled with the author's: by their names in `runtime/`, how the entry imports them. */
export type RuntimeSpecifiers = Readonly<Record<"codec" | "collect" | "bind-method", string>>;

/**
 * The module from which a package is bundled: it gives every tool one form, whatever form its author chose.
 *
 * `tools[name](input, context)` takes the input as a JSON object and returns the result as a JSON value. The context
 * has the signal of the call and the largest result, `{ signal?, maxResultBytes? }`, where the host hands them in.
 *
 * @param specifier - How the entry imports the author's file.
 */
export function entrySource(tools: readonly SourceTool[], specifier: string, runtime: RuntimeSpecifiers): string {
  const imports = (names: string, file: keyof RuntimeSpecifiers) =>
    `import { ${names} } from ${JSON.stringify(runtime[file])};`;
  const lines = [
    `import { ${tools.map((tool, i) => `${tool.exportName} as tool${i}`).join(", ")} } from ${JSON.stringify(specifier)};`,
    ...(tools.some(usesCodec) ? [imports("decode, encode, readBlobs", "codec")] : []),
    ...(tools.some(isStream) ? [imports("collect", "collect")] : []),
    ...(tools.some(({ call }) => call.method) ? [imports("bindMethod", "bind-method")] : []),
    ...tools.flatMap((tool, i) => methodLine(tool, i)),
    "export const tools = {",
    ...tools.map((tool, i) => `  ${tool.name}: ${wrapper(tool, tool.call.method ? `run${i}` : `tool${i}`)},`),
    "};",
  ];
  return `${lines.join("\n")}\n`;
}

function methodLine({ call: { method } }: SourceTool, index: number): string[] {
  if (!method) return [];
  const target = method.on === "class" ? `new tool${index}()` : `tool${index}`;
  return [`const run${index} = bindMethod(${target}, ${JSON.stringify(method.name)});`];
}

function wrapper(tool: SourceTool, name: string): string {
  const usesContext = isStream(tool) || tool.call.method !== undefined;
  const call = callText(tool, name);
  if (!usesCodec(tool)) return `async (input${usesContext ? ", context = {}" : ""}) => ${call}`;
  // Only of a Map does the schema say more than the value.
  const schema = mentions(tool.outputSchema, '"Map"') ? `, ${JSON.stringify(tool.outputSchema)}` : "";
  const decoded = `const input = decode(${JSON.stringify(tool.inputSchema)}, json);`;
  const bytesOf = (value: string) => (mentions(tool.outputSchema, '"Blob"') ? `await readBlobs(${value})` : value);
  const encoded = isStream(tool)
    ? `collect(await ${call}, async (item) => encode([${bytesOf("item")}]${schema})[0], context)`
    : `encode(${bytesOf(`await ${call}`)}${schema})`;
  return `async (json${usesContext ? ", context = {}" : ""}) => { ${decoded} return ${encoded}; }`;
}

function callText({ call }: SourceTool, name: string): string {
  const context = call.method ? ["{ signal: context.signal }"] : [];
  if (call.kind === "object") return `${name}(${["input", ...context].join(", ")})`;
  const member = (parameter: string) => `input[${JSON.stringify(parameter)}]`;
  const args = call.parameters.filter((parameter) => parameter !== call.rest).map(member);
  if (call.rest !== undefined) args.push(`...(${member(call.rest)} ?? [])`);
  return `${name}(${args.join(", ")})`;
}

/** Types that JSON does not have are marked `x-ts` in a schema. */
function usesCodec({ inputSchema, outputSchema }: SourceTool): boolean {
  return mentions([inputSchema, outputSchema], '"x-ts"');
}

/** It returns its items one after the other. */
function isStream({ outputSchema }: SourceTool): boolean {
  return typeof outputSchema === "object" && outputSchema["x-ts"] === "AsyncIterable";
}

function mentions(schema: unknown, text: string): boolean {
  return (JSON.stringify(schema) ?? "").includes(text);
}
