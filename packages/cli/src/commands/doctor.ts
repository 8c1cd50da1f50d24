import { type CodeLanguage, SandboxError } from "@smoltools/core";
import { type SandboxAbility, sandboxAbilities } from "smoltools";
import type { CommandContext } from "../cli/command.ts";
import { listOption } from "../cli/line/option-values.ts";
import { UsageError } from "../cli/errors/usage-error.ts";
import { version } from "../cli/version.ts";

const languageNames: Readonly<Record<CodeLanguage, string>> = { javascript: "JavaScript", python: "Python" };

/** `smoltools doctor` */
export async function run(context: CommandContext): Promise<void> {
  const { out, env } = context;
  const required = listOption(context, "require");
  const machine = { smoltools: version, node: process.versions.node, platform: `${process.platform} ${process.arch}` };
  const sandboxes = await sandboxAbilities(env);
  checkNames(required, sandboxes);
  out.line(`smoltools ${machine.smoltools}, Node ${machine.node}, ${machine.platform}`);
  for (const sandbox of sandboxes) {
    const { kind, languages, available, found, problem } = sandbox;
    const mark = available ? out.style("green", "yes") : out.style("yellow", "no ");
    out.line();
    out.line(`${mark}  ${out.style("bold", kind)}: ${languages.map((language) => languageNames[language]).join(", ")}`);
    const parts = Object.entries(found).map(([name, what]) => `${name} ${what}`);
    if (parts.length > 0) out.line(`     ${parts.join(", ")}`);
    if (problem !== undefined) out.line(`     ${problem}`);
  }
  for (const name of required) check(sandboxes, name);
  out.result({ ...machine, sandboxes });
}

function checkNames(required: readonly string[], sandboxes: readonly SandboxAbility[]): void {
  const kinds: readonly string[] = sandboxes.map(({ kind }) => kind);
  const unknown = required.find((name) => !kinds.includes(name));
  if (unknown !== undefined) {
    throw new UsageError(`--require ${unknown} is no sandbox: the sandboxes are ${kinds.join(", ")}`);
  }
}

function check(sandboxes: readonly SandboxAbility[], name: string): void {
  const problem = sandboxes.find(({ kind }) => kind === name)?.problem;
  if (problem === undefined) return;
  throw new SandboxError(`The sandbox ${name} cannot be had here: ${problem}`, {
    code: "SANDBOX_UNAVAILABLE",
    data: { sandbox: name },
  });
}
