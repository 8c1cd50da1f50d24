import { defaultSandboxLimits, errorMessage, type SandboxLimits, type SandboxProvider } from "@smoltools/core";
import { AgentFileError, type SandboxRecord } from "@smoltools/hub";
import { defaultPythonImports } from "@smoltools/adapters/sandboxes/python";
import { autoSandbox } from "../../sandboxes/auto-sandbox.ts";
import type { Report } from "../left-out.ts";
import { commonImports } from "./common-imports.ts";
import { rememberSandbox, sandboxRecordOf } from "./made-with.ts";

/** What a caller allows the code of a loaded agent. */
export interface CodeAccess {
  /** For messages. */
  source: string;
  /** In place of the sandbox that the file names. */
  sandbox?: SandboxProvider | undefined;
  /** The most that the code may have; what is left out is at most the default. */
  limits?: Partial<SandboxLimits> | undefined;
  /** What Python code may import at most, and where third-party packages are. */
  python?: PythonAccess | undefined;
}

/** What Python code may import. */
export interface PythonAccess {
  /** Modules that it may import, if the file wants them. @default those of `defaultPythonImports` */
  imports?: readonly string[] | "*";
  /** Folders of third-party packages; see `python` of `@smoltools/adapters/sandboxes/python`. */
  packages?: readonly string[];
}

/** Kinds of sandboxes that are made because a file names them: they need nothing and cost nothing. */
const localKinds: ReadonlySet<string> = new Set(["quickjs", "process", "python", "docker"]);

/** A sandbox as a file has it. */
export function describeSandbox(sandbox: SandboxProvider, report: Report): SandboxRecord {
  const known = sandboxRecordOf(sandbox);
  if (known) return known;
  const { name, language } = sandbox;
  if (name === "unsafe-in-process") {
    const instead = language === "python" ? "python" : "quickjs";
    report.add("sandbox", "code that runs unprotected is nothing to share", `the sandbox ${instead}`);
    return { name: instead, language };
  }
  if (name !== "quickjs") {
    report.add(
      "sandbox",
      "of a sandbox, its kind and its language are known and nothing else",
      `a ${name} as it is by default`,
    );
  }
  return { name, language };
}

/**
 * The sandbox for an agent's code: the caller's, if it runs the language, else one of the kind that the file names.
 *
 * @throws AgentFileError `AGENT_SANDBOX_REFUSED` for a kind that is not made because a file says so.
 */
export async function makeSandbox(
  record: SandboxRecord,
  { source, sandbox, python }: CodeAccess,
  report: Report,
): Promise<SandboxProvider> {
  if (sandbox?.language === record.language) return sandbox;
  const { name, language } = record;
  if (!localKinds.has(name)) {
    throw new AgentFileError(
      `The code of the agent of ${source} wants to run in ${JSON.stringify(name)}, which is not made because a file says so: ` +
        `pass a sandbox for ${language} as \`sandbox\``,
      { code: "AGENT_SANDBOX_REFUSED", data: { source, name, language } },
    );
  }
  if (name === "docker") {
    const { docker } = await import("@smoltools/adapters/sandboxes/docker");
    return rememberSandbox(docker({ language }), record);
  }
  if (name === "python" && (record.imports !== undefined || python)) {
    const imports = allowedImports(record, python, report);
    const { python: make } = await import("@smoltools/adapters/sandboxes/python");
    return rememberSandbox(make({ imports, ...(python?.packages && { packages: python.packages }) }), {
      ...record,
      imports,
    });
  }
  try {
    return autoSandbox({ language, runtime: name === "process" ? "node" : name === "python" ? "python" : "js" });
  } catch (cause) {
    throw new AgentFileError(`The sandbox of the agent of ${source} cannot be had: ${errorMessage(cause)}`, {
      code: "AGENT_SANDBOX_REFUSED",
      data: { source, name, language },
      cause,
    });
  }
}

function allowedImports(
  { imports }: SandboxRecord,
  access: PythonAccess | undefined,
  report: Report,
): readonly string[] | "*" {
  const allowed = access?.imports ?? defaultPythonImports;
  const [common, refused] = commonImports(imports ?? defaultPythonImports, allowed);
  if (refused.length > 0) {
    const what = refused.includes("*") ? "every module" : refused.join(", ");
    report.add("sandbox.imports", `importing ${what} was not allowed`, "what `python.imports` allows");
  }
  return common;
}

/** The limits of an agent's code: those of the file, as far as the caller lets them go. */
export function cappedLimits(
  wanted: Partial<SandboxLimits> | undefined,
  { limits }: CodeAccess,
  report: Report,
): Partial<SandboxLimits> | undefined {
  if (!wanted && !limits) return undefined;
  const most = { ...defaultSandboxLimits, ...limits };
  const capped: Partial<SandboxLimits> = {};
  for (const name of Object.keys(defaultSandboxLimits) as (keyof SandboxLimits)[]) {
    const value = wanted?.[name];
    if (value === undefined) {
      if (most[name] < defaultSandboxLimits[name]) capped[name] = most[name];
      continue;
    }
    capped[name] = Math.min(value, most[name]);
    if (value > most[name]) report.add(`limits.${name}`, `${value} is over what is allowed`, String(most[name]));
  }
  return capped;
}
