import {
  CodeAgent as CoreCodeAgent,
  type CodeAgentOptions as CoreOptions,
  type CodeChecker,
  type SandboxProvider,
} from "@smoltools/core";
import { defaultSandbox } from "./default-sandbox.ts";
import { defaultTypeCheck } from "./default-type-check.ts";

/** Options of {@link CodeAgent}: those of core, with a sandbox and a type check by default. */
export type CodeAgentOptions = Omit<CoreOptions, "sandbox" | "typeCheck"> & {
  /** Where the code runs. @default QuickJS */
  sandbox?: SandboxProvider;
  /**
   * Checks code before it runs; `false` for no check.
   *
   * @default `typeCheck()` of `@smoltools/adapters/type-check` for QuickJS, where `typescript` 7 is installed
   */
  typeCheck?: CodeChecker | false;
};

/**
 * The code agent of `@smoltools/core`. Its code runs in QuickJS unless another sandbox is named, and is type-checked
 * before it runs where TypeScript 7 is installed.
 */
export class CodeAgent extends CoreCodeAgent {
  readonly #given: CodeAgentOptions;

  constructor(given: CodeAgentOptions) {
    const { sandbox = defaultSandbox, typeCheck, ...options } = given;
    const isKnown = sandbox.name === "quickjs";
    const checker = typeCheck === false ? undefined : (typeCheck ?? (isKnown ? defaultTypeCheck : undefined));
    super({ ...options, sandbox, ...(checker && { typeCheck: checker }) });
    this.#given = given;
  }

  override fork(): CodeAgent {
    return new CodeAgent(this.#given);
  }
}
