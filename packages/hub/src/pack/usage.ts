import type { Manifest } from "../manifest/manifest.ts";

/** One way to use a package, as code. */
export interface Usage {
  title: string;
  language: "ts" | "python";
  code: string;
}

/** How the tools of a package are loaded, from TypeScript and from Python. */
export function usageOf({ name, version, tools, runtime }: Omit<Manifest, "files" | "integrity">): Usage[] {
  const [first] = tools;
  const tool = first?.name ?? "tool";
  const select = tools.length > 1 ? `#${tool}` : "";
  const isOneOfSeveral = tools.length > 1 && runtime !== "python";
  const others = isOneOfSeveral ? '\n# The others are in folders of their own: subfolder="tools/<name>"' : "";
  return [
    {
      title: "TypeScript",
      language: "ts",
      code: `import { Tool } from "smoltools";\n\nconst ${tool} = await Tool.fromHub("${name}@^${version}${select}");`,
    },
    {
      title: "Python",
      language: "python",
      code:
        `from smolagents import load_tool\n\n` +
        `${tool} = load_tool("${name}", revision="v${version}", trust_remote_code=True)${others}`,
    },
  ];
}
