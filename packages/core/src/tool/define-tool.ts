import {
  isStandardSchema,
  type StandardInput,
  type StandardIssue,
  type StandardOutput,
  type StandardSchema,
} from "../schema/standard-schema.ts";
import { fromStandardSchema } from "../schema/from-standard-schema.ts";
import type { JsonSchema, JsonSchemaObject, ObjectSchema } from "../schema/json-schema.ts";
import type { SchemaType } from "../schema/schema-type.ts";
import type { ToolOrigin } from "./tool-origin.ts";
import { checkDeclaration, Tool, type ToolAnnotations, type ToolContext } from "./tool.ts";
import { ToolDeclarationError, ToolInputError } from "./tool-errors.ts";

/** A schema in any form that {@link tool} takes. */
export type AnySchema = JsonSchema | StandardSchema;

/** What a caller hands in: the type before a Standard Schema's transformations and defaults. */
export type InputOf<S> = S extends StandardSchema ? StandardInput<S> : ObjectOf<SchemaType<S>>;

/** What the function gets: the type after them. */
export type ParsedInputOf<S> = S extends StandardSchema ? StandardOutput<S> : ObjectOf<SchemaType<S>>;

/** The input of a tool is an object, whatever can be read from its schema. */
type ObjectOf<Type> = unknown extends Type ? Record<string, unknown> : Type;

/** What the function returns; `unknown` where only the schema's value knows it. */
export type OutputOf<S> = S extends StandardSchema ? StandardOutput<S> : SchemaType<S>;

/** What the function may return: nothing stands for `null`, and lists may be read-only. */
type ReturnOf<S> = S extends StandardSchema
  ? StandardOutput<S>
  : Returned<SchemaType<S>> | (null extends SchemaType<S> ? void : never);

/** A type as it may be returned. Any object will do for one of which nothing is known: interfaces have no index. */
type Returned<Type> = unknown extends Type
  ? unknown
  : Type extends readonly (infer Item)[]
    ? readonly Returned<Item>[]
    : Type extends object
      ? string extends keyof Type
        ? object
        : { [Key in keyof Type]: Returned<Type[Key]> }
      : Type;

/** What {@link tool} needs. */
export interface ToolOptions<In extends ObjectSchema | StandardSchema, Out extends AnySchema> {
  name: string;
  description: string;
  /** JSON Schema with an object at its root, or a Standard Schema (zod, valibot, arktype) of an object. No input: leave it out. */
  input?: In;
  /** Schema of the result. Leave it out when anything may come. */
  output?: Out;
  annotations?: ToolAnnotations;
  origin?: ToolOrigin;
  /** The function. A Standard Schema's transformations and defaults have been applied to `input`. */
  execute: (input: ParsedInputOf<In>, context: ToolContext) => ReturnOf<Out> | Promise<ReturnOf<Out>>;
  /** Called once, before the first call. */
  setup?: () => Promise<void>;
}

/**
 * Makes a tool of a function.
 *
 * @example
 * const add = tool({
 *   name: "add",
 *   description: "Adds two numbers.",
 *   input: z.object({ a: z.number(), b: z.number() }),
 *   output: z.number(),
 *   execute: ({ a, b }) => a + b,
 * });
 * await add.call({ a: 1, b: 2 }); // 3
 *
 * @throws ToolDeclarationError when a name, a description or a schema is wrong.
 */
export function tool<const In extends ObjectSchema | StandardSchema = ObjectSchema, const Out extends AnySchema = true>(
  options: ToolOptions<In, Out>,
): Tool<InputOf<In>, OutputOf<Out>> {
  return new FunctionTool(options);
}

const noInput: ObjectSchema = { type: "object", properties: {}, additionalProperties: false };

class FunctionTool<In extends ObjectSchema | StandardSchema, Out extends AnySchema> extends Tool<
  InputOf<In>,
  OutputOf<Out>
> {
  readonly name: string;
  readonly description: string;
  readonly inputSchema: ObjectSchema;
  declare readonly outputSchema?: JsonSchema;
  declare readonly annotations?: ToolAnnotations;
  declare readonly origin?: ToolOrigin;
  override readonly setup?: () => Promise<void>;
  readonly #standardInput: StandardSchema | undefined;
  readonly #run: ToolOptions<In, Out>["execute"];

  constructor(options: ToolOptions<In, Out>) {
    super();
    checkOptions(options);
    const { input, output } = options;
    this.name = options.name;
    this.description = options.description;
    this.inputSchema = input === undefined ? noInput : objectSchema(input, options.name);
    if (output !== undefined)
      this.outputSchema = isStandardSchema(output) ? fromStandardSchema(output, "output") : output;
    if (options.annotations) this.annotations = options.annotations;
    if (options.origin) this.origin = options.origin;
    if (options.setup) this.setup = options.setup;
    this.#standardInput = isStandardSchema(input) ? input : undefined;
    this.#run = options.execute;
    checkDeclaration(this);
  }

  protected async execute(input: InputOf<In>, context: ToolContext): Promise<OutputOf<Out>> {
    const parsed = this.#standardInput ? await parse(this.#standardInput, input, this.name) : input;
    // Whoever returns nothing means null, and TypeScript knows no way to say so.
    return (await this.#run(parsed as ParsedInputOf<In>, context)) as OutputOf<Out>;
  }
}

const optionKeys: ReadonlySet<string> = new Set<keyof ToolOptions<ObjectSchema, AnySchema>>([
  "name",
  "description",
  "input",
  "output",
  "annotations",
  "origin",
  "execute",
  "setup",
]);

/** What other libraries call the options. */
const habits: Readonly<Record<string, string>> = {
  inputSchema: "input",
  input_schema: "input",
  parameters: "input",
  params: "input",
  args: "input",
  argsSchema: "input",
  schema: "input",
  inputs: "input",
  outputSchema: "output",
  output_schema: "output",
  returns: "output",
  result: "output",
  run: "execute",
  func: "execute",
  fn: "execute",
  handler: "execute",
  call: "execute",
  invoke: "execute",
  title: "annotations: { title }",
};

/** In JavaScript nothing else tells that a misspelt option is not read: the tool would come to be without input. */
function checkOptions(options: object): void {
  const { name, execute } = options as { name?: unknown; execute?: unknown };
  const refuse = (problem: string): never => {
    throw new ToolDeclarationError(`Tool ${JSON.stringify(name) ?? "without a name"}: ${problem}`, {
      code: "TOOL_DECLARATION_INVALID",
      data: { tool: String(name) },
    });
  };
  for (const key of Object.keys(options)) {
    if (optionKeys.has(key)) continue;
    const meant = Object.hasOwn(habits, key) ? habits[key] : undefined;
    refuse(
      `there is no option "${key}": ${meant ? `write ${meant}` : `the options are ${[...optionKeys].join(", ")}`}`,
    );
  }
  if (typeof execute !== "function")
    refuse('its "execute" must be a function: it gets the input and returns the result');
}

function objectSchema(schema: AnySchema, tool: string): ObjectSchema {
  const json: JsonSchema = isStandardSchema(schema) ? fromStandardSchema(schema, "input") : schema;
  if (typeof json === "object" && json !== null && isObjectSchema(json)) return json;
  throw new ToolDeclarationError(`Tool "${tool}": its input must be a schema of an object, one property per argument`, {
    code: "TOOL_DECLARATION_INVALID",
    data: { tool },
  });
}

function isObjectSchema(schema: JsonSchemaObject): schema is ObjectSchema {
  return schema.type === "object";
}

/** The library's own validation: it applies transformations and defaults, and rules that JSON Schema cannot hold. */
async function parse(schema: StandardSchema, input: unknown, tool: string): Promise<unknown> {
  const result = await schema["~standard"].validate(input);
  if (!result.issues) return result.value;
  const findings = result.issues.map((issue) => ({
    path: issuePath(issue),
    expected: issue.message,
    received: "a value that is not",
  }));
  const lines = findings.map(({ path, expected }) => `- ${path || "the value"}: ${expected}`);
  throw new ToolInputError(`${tool} was called with wrong arguments:\n${lines.join("\n")}`, {
    code: "TOOL_INPUT_INVALID",
    data: { tool, findings },
  });
}

function issuePath(issue: StandardIssue): string {
  return (issue.path ?? []).map((segment) => String(typeof segment === "object" ? segment.key : segment)).join(".");
}
