import { errorMessage } from "../../errors/error-message.ts";
import { SmoltoolsError } from "../../errors/smoltools-error.ts";
import { canonicalJson } from "../canonical-json.ts";
import { jsonCopy } from "./json-copy.ts";
import { pointerStep } from "../json-pointer.ts";
import type { JsonSchema, JsonSchemaObject } from "../json-schema.ts";
import { shapeProblem } from "./keyword-shapes.ts";
import { examinationBudget } from "../patterns/is-explosive.ts";
import { PatternMatcher } from "../patterns/pattern-matcher.ts";
import { inPlace, type SchemaNode, SchemaRefs } from "./schema-refs.ts";
import { isSchema } from "../subschemas.ts";

/** Most schemas in a schema. */
const maxSchemas = 10_000;

/** Deepest nesting of schemas, as they are written. */
const maxSchemaDepth = 100;

/** Most schemas that one value is held against in one place, references followed. */
const maxSchemasInPlace = 10_000;

/** Longest chain of schemas that refer to one another without going into the value. */
const maxChain = 64;

/** A schema of which it is known that it can be used. */
export interface CompiledSchema {
  /** A copy that nobody changes. */
  readonly root: JsonSchema;
  /** It says something about what no other keyword has looked at. */
  readonly hasUnevaluated: boolean;
  /** What a `$ref` leads to. */
  target(schema: JsonSchemaObject): JsonSchema;
  /** A pattern of the schema. */
  pattern(source: string): PatternMatcher;
  /** The values that `enum` and `const` allow, each as canonical JSON. */
  constants(schema: JsonSchemaObject): ReadonlySet<string> | undefined;
}

/**
 * Checks that a schema can be used: that its keywords have the values they must have, that its references lead
 * somewhere, and that its patterns and its size cannot be used to hold up the program.
 *
 * @throws SmoltoolsError `SCHEMA_INVALID` that names the place.
 */
export function compileSchema(schema: JsonSchema): CompiledSchema {
  const copy = jsonCopy(schema);
  if (copy.problem) refuse(`#${copy.problem.path.map(pointerStep).join("")}`, `expected ${copy.problem.expected}`);
  if (!isSchema(copy.json)) return refuse("#", "expected an object, true or false");
  return new Compilation(copy.json);
}

class Compilation implements CompiledSchema {
  readonly root: JsonSchema;
  hasUnevaluated = false;
  readonly #budget = examinationBudget();
  readonly #refs = new SchemaRefs();
  readonly #targets = new Map<JsonSchemaObject, JsonSchema>();
  readonly #patterns = new Map<string, PatternMatcher>();
  readonly #constants = new Map<JsonSchemaObject, ReadonlySet<string>>();
  readonly #costs = new Map<JsonSchemaObject, { size: number; chain: number }>();
  readonly #nodes: SchemaNode[] = [];

  constructor(root: JsonSchema) {
    this.root = root;
    this.#add(root, "#");
    // The list grows while it is walked: a reference may lead to where no keyword does.
    for (const { schema, pointer } of this.#nodes) {
      if (schema.$ref === undefined) continue;
      const target = this.#refs.target(schema);
      if (target === undefined) {
        return refuse(pointer, `its $ref ${JSON.stringify(schema.$ref)} leads nowhere: it must lead into this schema`);
      }
      this.#targets.set(schema, target);
      this.#add(target, schema.$ref);
    }
    for (const { schema, pointer } of this.#nodes) this.#cost(schema, pointer, new Set());
  }

  target(schema: JsonSchemaObject): JsonSchema {
    return this.#targets.get(schema) ?? true;
  }

  pattern(source: string): PatternMatcher {
    const compiled = this.#patterns.get(source) ?? new PatternMatcher(source, this.#budget);
    this.#patterns.set(source, compiled);
    return compiled;
  }

  constants(schema: JsonSchemaObject): ReadonlySet<string> | undefined {
    return this.#constants.get(schema);
  }

  #add(schema: JsonSchema, pointer: string): void {
    this.#refs.add(schema, (node) => this.#check(node), pointer);
  }

  #check(node: SchemaNode): void {
    const { schema, pointer, depth } = node;
    if (this.#nodes.push(node) > maxSchemas) refuse("#", `it has more than ${maxSchemas} schemas in it`);
    if (depth > maxSchemaDepth) refuse("#", `its schemas are nested more than ${maxSchemaDepth} deep`);
    const problem = shapeProblem(schema);
    if (problem) refuse(pointer, problem);
    const patterns = schema.pattern === undefined ? [] : [schema.pattern];
    for (const pattern of [...patterns, ...Object.keys(schema.patternProperties ?? {})]) {
      try {
        this.pattern(pattern);
      } catch (error) {
        refuse(pointer, `its pattern ${JSON.stringify(pattern.slice(0, 100))} ${errorMessage(error)}`, error);
      }
    }
    if (schema.unevaluatedItems !== undefined || schema.unevaluatedProperties !== undefined) this.hasUnevaluated = true;
    const { const: constant, enum: options = constant === undefined ? undefined : [constant] } = schema;
    if (!options) return;
    const texts = options.map(canonicalJson);
    const only = constant === undefined ? undefined : canonicalJson(constant);
    this.#constants.set(schema, new Set(texts.filter((text) => only === undefined || text === only)));
  }

  /** Counts the schemas that one value is held against, each as often as it is. */
  #cost(schema: JsonSchema, pointer: string, around: Set<JsonSchema>): { size: number; chain: number } {
    if (typeof schema === "boolean") return { size: 1, chain: 1 };
    const known = this.#costs.get(schema);
    if (known) return known;
    if (around.has(schema)) refuse(pointer, "it refers to itself without going into the value: it would never end");
    if (around.size > maxChain) refuse(pointer, `more than ${maxChain} schemas refer to one another`);
    around.add(schema);
    let size = 1;
    let chain = 1;
    for (const inner of inPlace(schema, this.#targets.get(schema))) {
      const cost = this.#cost(inner, pointer, around);
      size += cost.size;
      chain = Math.max(chain, cost.chain + 1);
    }
    around.delete(schema);
    if (size > maxSchemasInPlace) refuse(pointer, `it holds a value against more than ${maxSchemasInPlace} schemas`);
    if (chain > maxChain) refuse(pointer, `more than ${maxChain} schemas refer to one another`);
    this.#costs.set(schema, { size, chain });
    return { size, chain };
  }
}

function refuse(pointer: string, problem: string, cause?: unknown): never {
  throw new SmoltoolsError(`The schema cannot be used: at ${pointer}, ${problem}`, {
    code: "SCHEMA_INVALID",
    data: { pointer },
    cause,
  });
}
