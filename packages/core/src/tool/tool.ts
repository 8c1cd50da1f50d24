import { errorMessage } from "../errors/error-message.ts";
import { isSmoltoolsError } from "../errors/smoltools-error.ts";
import type { JsonSchema, ObjectSchema } from "../schema/json-schema.ts";
import { findingsText } from "../schema/schema-finding.ts";
import { SchemaValidator } from "../schema/validation/schema-validator.ts";
import { toolNameProblem } from "./tool-name.ts";
import { ToolDeclarationError, ToolExecutionError, ToolInputError, ToolOutputError } from "./tool-errors.ts";
import type { ToolOrigin } from "./tool-origin.ts";

const brand: unique symbol = Symbol.for("smoltools.tool@1");

/** Hints for people and agents about what a tool does. The names and meanings are those of MCP; they prove nothing. */
export interface ToolAnnotations {
  /** Name for people. */
  title?: string;
  /** It changes nothing. */
  readOnlyHint?: boolean;
  /** It may delete or overwrite. */
  destructiveHint?: boolean;
  /** Calling it twice with the same input does no more than calling it once. */
  idempotentHint?: boolean;
  /** It deals with things outside a closed domain, such as the web. */
  openWorldHint?: boolean;
}

/** What a call knows besides its input. */
export interface ToolContext {
  /** Aborted when nobody waits for the result any more. */
  signal?: AbortSignal | undefined;
  /** Id of the model's call, where there is one. */
  toolCallId?: string | undefined;
  /** Whatever the caller of the agent handed in for its tools. Never shown to the model. */
  context?: unknown;
  /**
   * Waits for work that may take as long as it takes, such as a person's answer: where the call comes from code in a
   * sandbox, the time does not count as the code's. Absent where no clock runs.
   */
  untimed?: <Result>(work: Promise<Result>) => Promise<Result>;
}

/** What a tool declares: everything that a model, a registry or another framework needs to know of it. */
export interface ToolDeclaration {
  readonly name: string;
  readonly description: string;
  readonly inputSchema: ObjectSchema;
  readonly outputSchema?: JsonSchema | undefined;
  readonly annotations?: ToolAnnotations | undefined;
}

interface Compiled {
  input: SchemaValidator;
  output: SchemaValidator | undefined;
}

/**
 * A function with a name, a description and schemas, that an agent can call.
 *
 * Make one with {@link tool}, or extend this class. Values are recognised by a brand: use {@link isTool}, or
 * `instanceof`, which asks the brand, so that two copies of this package understand each other.
 */
export abstract class Tool<Input = unknown, Output = unknown> implements ToolDeclaration {
  /** 1 to 63 letters, digits and `_`, not starting with a digit; no reserved word of JavaScript or Python. */
  abstract readonly name: string;
  /** What it does and when to use it, for the model. */
  abstract readonly description: string;
  /** JSON Schema 2020-12 of the input, an object. The order of its properties is the order of positional arguments. */
  abstract readonly inputSchema: ObjectSchema;
  /** JSON Schema 2020-12 of the result. Absent: anything. `{"type": "null"}`: nothing. */
  readonly outputSchema?: JsonSchema | undefined;
  readonly annotations?: ToolAnnotations | undefined;
  /** Where the tool came from; absent for tools made in this program. */
  readonly origin?: ToolOrigin | undefined;

  /** @internal */
  readonly [brand] = true;
  #compiled: Compiled | undefined;
  #ready: Promise<void> | undefined;

  /** The function itself. `input` has been checked. */
  protected abstract execute(input: Input, context: ToolContext): Output | Promise<Output>;

  /** Called once, before the first call: for connections and models that take time to make. */
  setup?(): Promise<void>;

  /**
   * Checks the input, runs the tool, checks the result.
   *
   * @param input - An object that fits `inputSchema`.
   * @throws ToolDeclarationError when the tool itself is declared wrongly.
   * @throws ToolInputError when the input does not fit; the tool was not run.
   * @throws ToolExecutionError when the tool or its `setup` failed; `cause` is its own error.
   * @throws ToolOutputError when the result does not fit `outputSchema`.
   */
  async call(input: Input, context: ToolContext = {}): Promise<Output> {
    const compiled = (this.#compiled ??= compile(this));
    context.signal?.throwIfAborted();
    const wrong = compiled.input.findings(input);
    if (wrong.length > 0) {
      throw new ToolInputError(`${this.name} was called with wrong arguments:\n${findingsText(wrong)}`, {
        code: "TOOL_INPUT_INVALID",
        data: { tool: this.name, findings: wrong },
      });
    }
    const output = await this.#run(input, context);
    const broken = compiled.output?.findings(output === undefined ? null : output) ?? [];
    if (broken.length > 0) {
      throw new ToolOutputError(
        `${this.name} returned what its output schema does not allow:\n${findingsText(broken)}`,
        {
          code: "TOOL_OUTPUT_INVALID",
          data: { tool: this.name, findings: broken },
        },
      );
    }
    return output;
  }

  async #setUpOnce(): Promise<void> {
    if (!this.setup) return;
    this.#ready ??= this.setup();
    try {
      await this.#ready;
    } catch (error) {
      this.#ready = undefined; // The next call tries again.
      throw error;
    }
  }

  async #run(input: Input, context: ToolContext): Promise<Output> {
    try {
      await this.#setUpOnce();
      return await this.execute(input, context);
    } catch (cause) {
      if (context.signal?.aborted) throw cause;
      // Errors that say by their code what went wrong stay what they are: of a wrapped tool, of a hub, of a sandbox.
      if (isSmoltoolsError(cause)) throw cause;
      throw new ToolExecutionError(`${this.name} failed: ${errorMessage(cause)}`, {
        code: "TOOL_FAILED",
        data: { tool: this.name },
        cause,
      });
    }
  }

  /** True for tools of any copy of smoltools. */
  static [Symbol.hasInstance](value: unknown): boolean {
    // A subclass keeps its own identity; the base class, and the umbrella's that only adds statics, ask the brand.
    if (this === Tool || Object.hasOwn(this, isToolBase)) return isTool(value);
    return Function.prototype[Symbol.hasInstance].call(this, value);
  }
}

/** Marks a class that is `Tool` under another name: the umbrella's, which only adds static functions. */
export const isToolBase: unique symbol = Symbol.for("smoltools.tool-base@1");

/** Tells whether a value is a tool, of this copy of smoltools or another one. */
export function isTool(value: unknown): value is Tool {
  return typeof value === "object" && value !== null && brand in value;
}

/**
 * Checks what a tool declares.
 *
 * @throws ToolDeclarationError that says what to change.
 */
export function checkDeclaration(declaration: ToolDeclaration): void {
  compile(declaration);
}

function compile(declaration: ToolDeclaration): Compiled {
  const { name, description, inputSchema, outputSchema } = declaration;
  const refuse = (problem: string, cause?: unknown): never => {
    throw new ToolDeclarationError(`Tool ${JSON.stringify(name) ?? "without a name"}: ${problem}`, {
      code: "TOOL_DECLARATION_INVALID",
      data: { tool: String(name) },
      cause,
    });
  };
  const nameProblem = toolNameProblem(name);
  if (nameProblem) refuse(nameProblem);
  if (typeof description !== "string" || description.trim() === "") {
    refuse("it needs a description: say what it does and when to use it");
  }
  if (typeof inputSchema !== "object" || inputSchema === null || inputSchema.type !== "object") {
    refuse('its inputSchema must be a JSON Schema whose root has "type": "object"');
  }
  try {
    return {
      input: new SchemaValidator(inputSchema),
      output: outputSchema === undefined ? undefined : new SchemaValidator(outputSchema),
    };
  } catch (error) {
    return refuse(errorMessage(error), error);
  }
}
