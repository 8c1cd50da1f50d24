import type { GeneratedTools } from "./generated-tools.ts";

/** Programs for `node --input-type=module -e`: each makes the schemas of all tools, and fails where one is missing. */
export const programs: Record<
  "ours" | "cached" | "ts-json-schema-generator" | "typescript-json-schema",
  (tools: GeneratedTools) => string
> = {
  ours: ({ index, files }) => `
    import { deriveFile } from ${resolved("@smoltools/cli/derive")};
    const { tools, problems } = await deriveFile(${JSON.stringify(index)});
    if (tools.length !== ${files.length}) throw new Error(JSON.stringify(problems));`,
  cached: ({ index, files }) => `
    import { enableCompileCache } from "node:module";
    enableCompileCache();
    const { deriveFile } = await import(${resolved("@smoltools/cli/derive")});
    const { tools, problems } = await deriveFile(${JSON.stringify(index)});
    if (tools.length !== ${files.length}) throw new Error(JSON.stringify(problems));`,
  "ts-json-schema-generator": ({ index, types }) => `
    import { createGenerator } from ${resolved("ts-json-schema-generator")};
    const path = ${JSON.stringify(index.replace("index.ts", "*.ts"))};
    const tsconfig = ${JSON.stringify(index.replace("index.ts", "tsconfig.json"))};
    const generator = createGenerator({ path, tsconfig, skipTypeCheck: true, additionalProperties: false });
    for (const type of ${JSON.stringify(types)}) {
      if (!generator.createSchema(type).definitions[type].properties) throw new Error(type);
    }`,
  "typescript-json-schema": ({ files, types }) => `
    import tjs from ${resolved("typescript-json-schema")};
    const program = tjs.getProgramFromFiles(${JSON.stringify(files)}, { strict: true, types: [] });
    const generator = tjs.buildGenerator(program, { required: true, ref: true, noExtraProps: true, ignoreErrors: true });
    for (const type of ${JSON.stringify(types)}) {
      if (!generator.getSchemaForSymbol(type).properties) throw new Error(type);
    }`,
};

function resolved(specifier: string): string {
  return JSON.stringify(import.meta.resolve(specifier));
}
