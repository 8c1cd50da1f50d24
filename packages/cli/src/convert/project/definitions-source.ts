import { sourceText } from "@smoltools/hub";
import type { Conversion, ConvertedPermissions, ConvertedTool } from "../conversion.ts";
import { literal } from "./literal.ts";

/**
 * The text of `src/tools.js`: a definition for each tool, which is taken word for word when a package is made.
 *
 * @param folder - Absolute path of the project.
 */
export function definitionsSource(conversion: Conversion, folder: string): string {
  const { source, tools, permissions } = conversion;
  const imports = conversion.imports(folder);
  const locals = localNames(
    tools.map(({ name }) => name),
    // Names that the file has for itself; the words of comments among them do no harm.
    new Set(["tool", ...(imports.join("\n").match(/[A-Za-z_$][\w$]*/g) ?? [])]),
  );
  const head = [
    `// Converted from ${oneLine(sourceText(source))} by smoltools convert.`,
    "//",
    "// Each tool is frozen: its name, description and schemas are what the source said. Edit what you like; smoltools",
    "// convert --update then leaves this file alone.",
    "",
    ...(imports.length > 0 ? [...imports, ""] : []),
    "/** Marks a definition for smoltools, which reads it without running it. */",
    "const tool = (definition) => definition;",
  ];
  return `${[...head, ...tools.map((tool) => `\n${definition(tool, permissions, locals.get(tool.name) ?? tool.name)}`)].join("\n")}\n`;
}

/** What tools are called in the file: by their names, or by others where these mean something else there. */
function localNames(names: readonly string[], taken: ReadonlySet<string>): Map<string, string> {
  const used = new Set([...taken, ...names]);
  return new Map(
    names.map((name) => {
      let local = name;
      if (taken.has(name)) while (used.has(local)) local += "Tool";
      used.add(local);
      return [name, local];
    }),
  );
}

function definition(
  { name, description, annotations, inputSchema, outputSchema, permissions, body }: ConvertedTool,
  shared: ConvertedPermissions,
  local: string,
): string {
  const asked = permissionLines(permissions ?? shared);
  const members: [string, unknown][] = [
    ["name", name],
    ["description", description],
    ["annotations", annotations],
    ["permissions", asked.length > 0 ? asked : undefined],
    ["frozen", true],
    ["inputSchema", inputSchema],
    ["outputSchema", outputSchema],
  ];
  const lines = members
    .filter(([, value]) => value !== undefined)
    .map(([key, value]) => `  ${key}: ${literal(value, 2, key.length + 4)},`);
  const text = `tool({
${lines.join("\n")}
  async execute(input, { signal } = {}) {
${indented(body)}
  },
});`;
  return local === name
    ? `export const ${name} = ${text}`
    : `const ${local} = ${text}\nexport { ${local} as ${name} };`;
}

function permissionLines({ net, env, run }: ConvertedPermissions): string[] {
  return [
    ...net.map((host) => `net ${host}`),
    ...env.map((name) => `env ${name}`),
    ...run.map((program) => `run ${program}`),
  ];
}

function indented(body: string): string {
  return body
    .trim()
    .split("\n")
    .map((line) => (line === "" ? "" : `    ${line}`))
    .join("\n");
}

function oneLine(text: string): string {
  return text.replaceAll(/[\s\u2028\u2029]+/g, " ");
}
