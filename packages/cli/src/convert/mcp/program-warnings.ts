import { isAbsolute } from "node:path";
import { type ManifestSource, sourceCommand } from "@smoltools/hub";
import type { PinnedProgram } from "./pinned-program.ts";

/** Commands that fetch what they start, and how a version is named to them. */
const fetching: Readonly<Record<string, { version: RegExp; example: string }>> = {
  npx: { version: /@\d+\.\d+\.\d+/, example: "npx -y name@1.2.3" },
  bunx: { version: /@\d+\.\d+\.\d+/, example: "bunx name@1.2.3" },
  pnpm: { version: /@\d+\.\d+\.\d+/, example: "pnpm dlx name@1.2.3" },
  yarn: { version: /@\d+\.\d+\.\d+/, example: "yarn dlx name@1.2.3" },
  uvx: { version: /(?:==|@)\d+\.\d+/, example: "uvx name==1.2.3" },
  pipx: { version: /==\d+\.\d+/, example: "pipx run name==1.2.3" },
  docker: { version: /@sha256:[0-9a-f]{64}/, example: "docker run -i --rm image@sha256:…" },
};

/** What the user of a program as a package should know. */
export function programWarnings(source: ManifestSource, { isPinned }: PinnedProgram): string[] {
  if (source.kind !== "mcp" || !("command" in source)) return [];
  const { command, args } = source;
  const line = sourceCommand(source) ?? command;
  const fetched = Object.hasOwn(fetching, command) ? fetching[command] : undefined;
  const isOpen = fetched !== undefined && !isPinned && !args.some((arg) => fetched.version.test(arg));
  const isHere = isAbsolute(command) || args.some((arg) => isAbsolute(arg) || /^\.{1,2}[\\/]/.test(arg));
  return [
    `Whoever uses the package is asked to let it start \`${line}\` on their machine, outside of the sandbox.`,
    ...(isOpen
      ? [`No exact version is named: whoever publishes that program decides what will run. Write ${fetched.example}.`]
      : []),
    ...(isHere ? ["It names files of this machine, which are elsewhere or missing on others."] : []),
  ];
}
