import type { JsonSchemaObject } from "@smoltools/core";
import { describe, expect, it } from "vitest";
import {
  builtins,
  declared,
  lists,
  objects,
  plainTypes,
  recursive,
  texts,
  unions,
} from "../../../../fixtures/derive/constructs.ts";
import { deriveSource } from "./index.ts";

/** A function with a parameter of a type. */
function source(type: string, declarations = ""): string {
  return `${declarations}
/**
 * Does something.
 * @param value - The value.
 * @param other - Another parameter, so that an object is not the input itself.
 */
export function f(value: ${type}, other: string): void {}`;
}

/** Derives the schema of a parameter of a type. */
async function schemaOf(type: string, declarations = ""): Promise<unknown> {
  const { tools, problems } = await deriveSource(source(type, declarations), { fileName: "tool.ts" });
  expect(problems).toEqual([]);
  const input = tools[0]?.inputSchema;
  const { description, ...schema } = (input?.properties?.["value"] ?? {}) as JsonSchemaObject;
  expect(description).toBe("The value.");
  return input?.$defs === undefined ? schema : { ...schema, $defs: input.$defs };
}

const object = (properties: object) => ({ type: "object", properties, additionalProperties: false });

describe("the schema of a type", () => {
  it.each([...plainTypes, ...unions, ...lists, ...objects, ...builtins, ...texts])("%s", async (type, expected) => {
    expect(await schemaOf(type)).toEqual(expected);
  });

  it.each([...declared, ...recursive])("%s", async (_name, type, declarations, expected) => {
    expect(await schemaOf(type, declarations)).toEqual(expected);
  });

  it("has definitions of its own for the input and for the result, with descriptions beside the references", async () => {
    const tree = "/** A tree. */\ninterface Tree {\n/** Below. */\nbelow?: Tree }";
    const tool = `${tree}\n/** Does. @param tree - The tree.\n * @param n - N. @returns The other tree. */\nexport function f(tree: Tree, n: 1): Tree { return tree; }`;
    const { tools } = await deriveSource(tool, { fileName: "tool.ts" });
    const $defs = {
      Tree: {
        description: "A tree.",
        ...object({ below: { $ref: "#/$defs/Tree", description: "Below." } }),
      },
    };
    expect(tools[0]?.inputSchema).toMatchObject({ properties: { tree: { $ref: "#/$defs/Tree", description: "The tree." } }, $defs }); // prettier-ignore
    expect(tools[0]?.outputSchema).toEqual({ $ref: "#/$defs/Tree", description: "The other tree.", $defs });
  });

  it("has the same bytes with the minimal library and the full one", async () => {
    const onlyInFull = new Set(["Blob", "Buffer", "ArrayLike<Date>", "Tagged", ...builtins.flatMap(([type]) => type.match(/^Intl.*/) ?? [])]); // prettier-ignore
    const rows: [type: string, declarations?: string][] = [
      ...[...plainTypes, ...unions, ...lists, ...objects, ...builtins, ...texts].map(([type]): [string] => [type]),
      ...[...declared, ...recursive].map(([, type, declarations]): [string, string] => [type, declarations]),
    ];
    const files: Record<string, string> = {};
    let exports = "";
    for (const [index, [type, declarations]] of rows.entries()) {
      if (onlyInFull.has(type)) continue;
      files[`row${index}.ts`] = source(type, declarations);
      exports += `export { f as f${index} } from "./row${index}.ts";\n`;
    }
    const minimal = await deriveSource(exports, { fileName: "all.ts", files, library: "minimal" });
    const full = await deriveSource(exports, { fileName: "all.ts", files, library: "full" });
    expect(minimal.tools).toHaveLength(rows.length - onlyInFull.size);
    expect(JSON.stringify(minimal)).toBe(JSON.stringify(full));
  });
});
