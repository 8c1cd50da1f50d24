import { allowsNothing, declaredTypes } from "../declared-types.ts";
import { itemSchemas } from "../item-schemas.ts";
import type { JsonSchema, JsonSchemaObject, JsonSchemaTypeName, JsonValue } from "../json-schema.ts";
import { canBeLiteral, pythonLiteral } from "./python-literal.ts";
import { type ObjectShape, objectShapes, otherKeys, ownShape } from "./python-object-shape.ts";

/** Where types are declared that have to have names. */
export interface TypeDeclarations {
  /** The name of the type that a `$ref` leads to; `undefined` when it leads out of the schema. */
  ofRef(ref: string): string | undefined;
  /** What a `$ref` leads to. */
  target(ref: string): JsonSchema | undefined;
  /** The name of a new class for objects of a schema. */
  ofShape(shape: ObjectShape, schema: JsonSchemaObject, place: PythonPlace): string;
}

/** Where a type stands. */
export interface PythonPlace {
  /** A good name for a class that is needed there. It may be taken already. */
  readonly name: string;
  /** The description of what stands there is printed beside it. */
  readonly isDescribed: boolean;
}

/** Types that say hardly anything. */
const vague: ReadonlySet<string> = new Set(["Any", "dict[str, Any]", "list[Any]"]);

/** Longest name, in characters: the names of deeply nested types would be as long as the schema. */
const maxName = 60;

/** A name for what a key holds: `"GrepOptions"` and `"max-results"` give `"GrepOptionsMaxResults"`. */
export function innerName(name: string, key: string): string {
  const words = key.split(/[^A-Za-z0-9]+/).map((word) => word.charAt(0).toUpperCase() + word.slice(1));
  return `${name}${words.join("")}`.slice(0, maxName);
}

/**
 * Prints JSON Schemas as Python types, as they stand in stub files: names may be used before they are declared.
 *
 * What Python cannot express becomes `Any`, or what is known of it, never less than the schema accepts. The same schema
 * is printed once, however many ways lead to it.
 */
export class PythonTypeText {
  readonly #declared: TypeDeclarations;
  readonly #known = new Map<JsonSchemaObject, readonly string[]>();

  constructor(declared: TypeDeclarations) {
    this.#declared = declared;
  }

  /** @param place - Names the classes that the schema needs. */
  text(schema: JsonSchema, place: PythonPlace): string {
    return unionText(this.#members(schema, place));
  }

  /** The type of a definition: printed anew even where its name stands for it. */
  definition(schema: JsonSchema, place: PythonPlace): string {
    return unionText(typeof schema === "boolean" ? this.#members(schema, place) : this.#print(schema, place));
  }

  /** What keys without a property of their own hold. */
  values(schemas: readonly JsonSchema[], place: PythonPlace): string {
    return unionText(schemas.flatMap((schema) => this.#members(schema, inside(place, "value"))));
  }

  /** The members of a union of types; none for `Never`. */
  #members(schema: JsonSchema, place: PythonPlace): readonly string[] {
    if (typeof schema === "boolean") return schema ? ["Any"] : [];
    const known = this.#known.get(schema);
    if (known) return known;
    const members = this.#print(schema, place);
    this.#known.set(schema, members);
    return members;
  }

  #print(schema: JsonSchemaObject, place: PythonPlace): readonly string[] {
    if (schema.const !== undefined) return [literalType(schema.const)];
    if (schema.enum) return schema.enum.map(literalType);
    if (allowsNothing(schema)) return [];
    const shapes = objectShapes(schema, (ref) => this.#declared.target(ref));
    if (shapes) {
      const placeOf = ({ properties }: ObjectShape): PythonPlace =>
        shapes.length === 1 ? place : { ...place, name: alternative(place, properties.values()).name };
      return shapes.map((shape) => this.#declared.ofShape(shape, schema, placeOf(shape)));
    }
    // Python has no type for values that fit several types at once: the first that says something is printed.
    const parts = [...this.#parts(schema, place)];
    const isVague = (part: readonly string[]) => part.some((member) => vague.has(member));
    return parts.find((part) => !isVague(part)) ?? parts.find((part) => !part.includes("Any")) ?? ["Any"];
  }

  *#parts(schema: JsonSchemaObject, place: PythonPlace): Generator<readonly string[]> {
    const types = declaredTypes(schema);
    if (types.length > 0) yield types.flatMap((type) => this.#ofType(type, schema, place));
    const union = schema.anyOf ?? schema.oneOf;
    if (union) yield union.flatMap((branch) => this.#members(branch, alternative(place, ownProperties(branch))));
    if (schema.$ref !== undefined) yield [this.#declared.ofRef(schema.$ref) ?? "Any"];
    for (const part of schema.allOf ?? []) yield this.#members(part, place);
  }

  #ofType(type: JsonSchemaTypeName, schema: JsonSchemaObject, place: PythonPlace): readonly string[] {
    switch (type) {
      case "string":
        return ["str"];
      case "number":
        return ["float"];
      case "integer":
        return ["int"];
      case "boolean":
        return ["bool"];
      case "null":
        return ["None"];
      case "array":
        return [this.#array(schema, inside(place, "item"))];
      case "object":
        return [this.#object(schema, place)];
      default:
        return ["Any"];
    }
  }

  #object(schema: JsonSchemaObject, place: PythonPlace): string {
    // One of several types, or with parts that are no objects.
    const shape = ownShape(schema);
    if (shape) return this.#declared.ofShape(shape, schema, place);
    const isOpen = schema.additionalProperties === undefined && !schema.patternProperties;
    return `dict[str, ${isOpen ? "Any" : this.values(otherKeys(schema), place)}]`;
  }

  #array(schema: JsonSchemaObject, place: PythonPlace): string {
    const { prefix, rest } = itemSchemas(schema);
    if (prefix.length === 0) return `list[${this.text(rest ?? true, place)}]`;
    const items = prefix.map((item) => this.text(item, place));
    // A tuple with items that may be missing has no type; one that merely does not forbid more is meant as it is.
    if ((schema.minItems ?? prefix.length) < prefix.length) {
      const all = rest === undefined ? prefix : [...prefix, rest];
      return `list[${unionText(all.flatMap((item) => this.#members(item, place)))}]`;
    }
    if (rest !== undefined && rest !== false) items.push(`*tuple[${this.text(rest, place)}, ...]`);
    return `tuple[${items.join(", ")}]`;
  }
}

function inside({ name }: PythonPlace, key: string): PythonPlace {
  return { name: innerName(name, key), isDescribed: false };
}

/** Alternatives are told apart by a key that has one value in each: that value is in their names. */
function alternative(place: PythonPlace, properties: Iterable<JsonSchema>): PythonPlace {
  for (const property of properties) {
    if (typeof property === "object" && typeof property.const === "string") return inside(place, property.const);
  }
  return inside(place, "");
}

function ownProperties(schema: JsonSchema): JsonSchema[] {
  return typeof schema === "boolean" ? [] : Object.values(schema.properties ?? {});
}

function literalType(value: JsonValue): string {
  if (value === null) return "None";
  if (canBeLiteral(value)) return `Literal[${pythonLiteral(value)}]`;
  if (typeof value === "number") return "float";
  return Array.isArray(value) ? "list[Any]" : "dict[str, Any]";
}

/** Joins the members of a union: each once, literals together, `None` last, `Any` swallows the rest. */
function unionText(members: readonly string[]): string {
  if (members.includes("Any")) return "Any";
  const distinct = new Set(members);
  const literals = [...distinct].flatMap((member) => (member.startsWith("Literal[") ? [member.slice(8, -1)] : []));
  const isBoolean = literals.includes("True") && literals.includes("False");
  const named = isBoolean ? literals.filter((literal) => literal !== "True" && literal !== "False") : literals;
  const types = [...distinct].filter((member) => !member.startsWith("Literal[") && member !== "None");
  const parts = [
    ...(named.length > 0 ? [`Literal[${named.join(", ")}]`] : []),
    ...(isBoolean && !distinct.has("bool") ? ["bool"] : []),
    ...types,
    ...(distinct.has("None") ? ["None"] : []),
  ];
  return parts.length === 0 ? "Never" : parts.join(" | ");
}
