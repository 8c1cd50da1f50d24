import type { SandboxProvider } from "@smoltools/core";
import { autoSandbox } from "./auto-sandbox.ts";

/** The sandbox that is used where none is named: QuickJS, which needs nothing installed. */
export const defaultSandbox: SandboxProvider = autoSandbox();
