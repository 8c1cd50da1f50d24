import { renderDeclarations } from "@smoltools/core";
import { permissionsText } from "@smoltools/hub";
import { hubDefaults } from "smoltools";
import type { CommandContext } from "../cli/command.ts";
import { buildPackage } from "../package/build-package.ts";
import { warnings } from "../package/warnings.ts";

/** `smoltools check <file>` */
export async function run({ positionals: [file = ""], out, env, signal }: CommandContext): Promise<void> {
  const { sandbox, runtimes } = hubDefaults({}, env);
  // The name plays no part in what is checked.
  const built = await buildPackage(file, { name: "local/check", sandbox, ...(runtimes && { runtimes }), signal });
  const { manifest } = built.packed;
  for (const text of await warnings(built.warnings)) out.note(text);
  out.line(renderDeclarations(manifest.tools));
  out.line();
  out.line(
    `${out.style("green", "ok")} ${count(manifest.tools.length, "tool")}, bundle ${kilobytes(built.bundleBytes)}`,
  );
  out.line(`permissions: ${permissionsText(manifest.permissions)}`);
  out.line(`runtime: ${manifest.runtime}`);
  out.result({
    tools: manifest.tools,
    permissions: manifest.permissions,
    runtime: manifest.runtime,
    bundleBytes: built.bundleBytes,
    warnings: built.warnings,
  });
}

function count(number: number, what: string): string {
  return `${number} ${what}${number === 1 ? "" : "s"}`;
}

function kilobytes(bytes: number): string {
  return `${(bytes / 1024).toFixed(1)} kB`;
}
