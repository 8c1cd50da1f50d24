import {
  CodeAgent as CoreCodeAgent,
  type CodeAgentOptions as CoreOptions,
  type SandboxProvider,
} from "@smoltools/core";
import { defaultSandbox } from "./default-sandbox.ts";

/** Options of {@link CodeAgent}: those of core, with a sandbox by default. */
export type CodeAgentOptions = Omit<CoreOptions, "sandbox"> & { sandbox?: SandboxProvider };

/** The code agent of `@smoltools/core`; its code runs in QuickJS unless another sandbox is named. */
export class CodeAgent extends CoreCodeAgent {
  constructor(options: CodeAgentOptions) {
    super({ sandbox: defaultSandbox, ...options });
  }
}
