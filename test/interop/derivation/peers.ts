import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { JsonSchema } from "@smoltools/core";
import { createGenerator } from "ts-json-schema-generator";
import tjs from "typescript-json-schema";
import { modernSchema } from "./modern-schema.ts";

/** The schema of each type by another generator; the reason where it has none. */
export type PeerSchemas = (JsonSchema | Error)[];

/** Makes the schemas of types with other generators, each of which gets a file for each type. */
export function peerSchemas(sources: readonly string[]): Record<string, PeerSchemas> {
  const folder = mkdtempSync(join(tmpdir(), "smoltools-agreement-"));
  try {
    const files = sources.map((source, index) => {
      const path = join(folder, `row${index}.ts`);
      writeFileSync(path, source);
      return path;
    });
    const tsconfig = join(folder, "tsconfig.json");
    writeFileSync(tsconfig, JSON.stringify({ compilerOptions: { strict: true, types: [], lib: ["es2022", "dom"] } }));
    return {
      "ts-json-schema-generator": byGenerator(folder, tsconfig, files.length),
      "typescript-json-schema": byProgram(files),
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function byGenerator(folder: string, tsconfig: string, count: number): PeerSchemas {
  const path = join(folder, "*.ts");
  const generator = createGenerator({
    path,
    tsconfig,
    skipTypeCheck: true,
    additionalProperties: false,
    topRef: false,
  });
  return each(count, (type) => generator.createSchema(type));
}

function byProgram(files: readonly string[]): PeerSchemas {
  const program = tjs.getProgramFromFiles([...files], { strict: true, types: [] });
  const options = { required: true, noExtraProps: true, ignoreErrors: true, constAsEnum: true };
  const generator = tjs.buildGenerator(program, options);
  return each(files.length, (type) => generator?.getSchemaForSymbol(type));
}

function each(count: number, schemaOf: (type: string) => unknown): PeerSchemas {
  return Array.from({ length: count }, (_, index) => {
    try {
      return modernSchema(schemaOf(`Row${index}`));
    } catch (error) {
      return error instanceof Error ? error : new Error(String(error));
    }
  });
}
