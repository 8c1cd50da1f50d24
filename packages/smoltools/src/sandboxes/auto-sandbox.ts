import { type CodeLanguage, SandboxError, type SandboxProvider } from "@smoltools/core";
import { lazySandbox } from "./lazy-sandbox.ts";

/** What code there is to run, for {@link autoSandbox}. */
export interface AutoSandboxOptions {
  /** The language of the code. @default "javascript", and "python" for the runtime `"python"` */
  language?: CodeLanguage | undefined;
  /** What a package of a hub needs, by its manifest: `"node"` for modules of Node. @default what the language needs least */
  runtime?: "js" | "node" | "python" | undefined;
}

/** One provider of each kind serves the whole process, so that what is warm is shared. */
const providers = {
  js: lazySandbox("quickjs", "javascript", async () => {
    const { quickjs } = await import("@smoltools/adapters/sandboxes/quickjs");
    return quickjs();
  }),
  node: lazySandbox("process", "javascript", async () => {
    const { processSandbox } = await import("@smoltools/adapters/sandboxes/process");
    return processSandbox();
  }),
  python: lazySandbox("python", "python", async () => {
    const { python } = await import("@smoltools/adapters/sandboxes/python");
    return python();
  }),
} as const;

/**
 * The sandbox for code of a kind, where none is named: QuickJS for JavaScript, a process for packages that need Node's
 * modules, CPython for Python.
 *
 * There is one choice for each kind of code, and none instead of it: where it cannot be had, its `create` rejects with
 * `SANDBOX_UNAVAILABLE` and says what to install. Nothing is loaded or tried out before.
 *
 * @throws SandboxError `SANDBOX_BAD_OPTIONS` for a runtime that is not of the language.
 */
export function autoSandbox({ language, runtime }: AutoSandboxOptions = {}): SandboxProvider {
  const kind = runtime ?? (language === "python" ? "python" : "js");
  const provider = Object.hasOwn(providers, kind) ? providers[kind] : undefined;
  if (provider && provider.language === (language ?? provider.language)) return provider;
  throw new SandboxError(`There is no sandbox for the runtime "${kind}" and the language "${language}"`, {
    code: "SANDBOX_BAD_OPTIONS",
    data: { sandbox: "auto" },
  });
}
