import { dirname } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

/**
 * A module of the adapters as one readable file of JavaScript, which imports nothing: what a converted project calls its
 * source with. One implementation is tested, and everybody can read what is in their package.
 *
 * @param subpath - Such as `openapi/client`.
 * @param names - What is exported of it.
 * @param about - What the file is, for who reads it.
 */
export async function clientModule(subpath: string, names: readonly string[], about: string): Promise<string> {
  const here = fileURLToPath(import.meta.url);
  const result = await build({
    stdin: {
      contents: `export { ${names.join(", ")} } from "@smoltools/adapters/${subpath}";`,
      resolveDir: dirname(here),
      loader: "js",
    },
    bundle: true,
    write: false,
    format: "esm",
    platform: "neutral",
    target: "es2022",
    // As this file itself is run: from its source, or built.
    conditions: [...(here.endsWith(".ts") ? ["@smoltools/source"] : []), "import", "default"],
    charset: "utf8",
    legalComments: "none",
    logLevel: "silent",
  });
  const text = result.outputFiles[0]?.text ?? "";
  // Comments of esbuild say where files lie on this machine.
  const code = text.replace(/^\/\/ (?:\S*\/)?[\w.-]+\.[jt]s\n/gm, "").replace(/^\/\/ <stdin>\n/gm, "");
  return `// ${about}\n// Written by smoltools convert.\n\n${code.trimStart()}`;
}
