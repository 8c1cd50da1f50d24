import { packPackage, type PackedPackage } from "@smoltools/hub";

/** A small package. `files` more sources of 2 KB make a commit of twenty files. */
export function hubPackage(name: string, version: string, files = 0): PackedPackage {
  const number = { type: "number" } as const;
  const sources: Record<string, string> = {
    "add.ts": "export function add(a: number, b: number): number {\n  return a + b;\n}\n",
  };
  // Unlike in each version, so that each commit stores new bytes.
  for (let i = 0; i < files; i++) sources[`part-${i}.ts`] = `// ${version} ${i}\n`.padEnd(2048, "x");
  return packPackage({
    name,
    version,
    description: "Adds two numbers.",
    tools: [
      {
        name: "add",
        description: "Adds two numbers.",
        inputSchema: {
          type: "object",
          properties: {
            a: { ...number, description: "The one." },
            b: { ...number, description: "The other." },
          },
          required: ["a", "b"],
          additionalProperties: false,
        },
        outputSchema: number,
      },
    ],
    runtime: "js",
    code: "export const tools={add:async({a,b})=>a+b};\n",
    sources,
  });
}
