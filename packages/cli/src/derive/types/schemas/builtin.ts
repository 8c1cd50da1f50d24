import type { JsonSchemaObject } from "@smoltools/core";
import type { TypeShape, TypeView } from "../../engine/port.ts";
import { itemSpot } from "./array.ts";
import type { Derivation, Spot } from "../derivation.ts";
import type { Meeting, Obstacle } from "../survey/obstacle.ts";
import { refuseType } from "../survey/refuse-type.ts";

/** Classes whose values travel as text; `x-ts` tells the codec what to make of it. */
const textual: ReadonlyMap<string, JsonSchemaObject> = new Map<string, JsonSchemaObject>([
  ["Date", { type: "string", format: "date-time" }],
  ["URL", { type: "string", format: "uri" }],
  ["RegExp", { type: "string", format: "regex" }],
  ...["Uint8Array", "ArrayBuffer", "Buffer", "Blob"].map((name): [string, JsonSchemaObject] => [
    name,
    { type: "string", contentEncoding: "base64" },
  ]),
]);

/** What a result may be whose items come one after the other. */
const asyncStreams = /^(?:AsyncIterable|AsyncGenerator|AsyncIterableIterator|ReadableStream)$/;

/** Values that come one after the other, or later. */
const streams = /^(?:Promise(?:Like)?|Async\w+|ReadableStream|Iterable|Iterator\w*|IterableIterator|Generator)$/;

/** What an array can be given for: as parameters they are lists. */
const listLike = /^(?:ArrayLike|ConcatArray|Iterable)$/;

/** Objects around a primitive, which people write when they mean the primitive. */
const wrappers = /^(?:String|Number|Boolean|Symbol|BigInt|Object)$/;

/** The schema of a class of the standard library. */
export function builtinSchema(
  type: TypeView,
  shape: Extract<TypeShape, { kind: "builtin" }>,
  spot: Spot,
  derivation: Derivation,
): JsonSchemaObject {
  const { name } = shape;
  const [first, second] = shape.arguments;
  const text = textual.get(name);
  if (text) return { ...text, "x-ts": name };
  const item = itemSpot(spot);
  if (/^(?:Readonly)?Set$/.test(name) && first) {
    return { type: "array", items: derivation.schemaOf(first, item), uniqueItems: true, "x-ts": "Set" };
  }
  if (/^(?:Readonly)?Map$/.test(name) && first && second) return mapSchema(first, second, item, derivation);
  const meeting = { direction: derivation.direction, mayStream: spot.mayStream === true };
  const obstacle = builtinObstacle(shape, meeting);
  if (obstacle || !first) return refuseType(obstacle ?? classWithoutForm(name), type, spot, derivation);
  return { type: "array", items: derivation.schemaOf(first, item), ...(spot.mayStream && { "x-ts": "AsyncIterable" }) };
}

/** Why a class of the standard library has no schema; `undefined` when it has one. */
export function builtinObstacle({ name }: { name: string }, { direction, mayStream }: Meeting): Obstacle | undefined {
  if (typeArguments(name) !== undefined) return undefined;
  if (listLike.test(name) && direction === "input") return undefined;
  if (mayStream && asyncStreams.test(name)) return undefined;
  if (!streams.test(name)) return classWithoutForm(name);
  const what = `has the type ${name}: a tool ${direction === "input" ? "takes" : "returns"} its data at once`;
  return { code: "E_STREAM", what, fix: "use an array, or the value itself" };
}

/** How many type arguments of a class say what its values hold; `undefined` for a class without form of its own. */
function typeArguments(name: string): number | undefined {
  if (textual.has(name)) return 0;
  if (/^(?:Readonly)?Set$/.test(name)) return 1;
  return /^(?:Readonly)?Map$/.test(name) ? 2 : undefined;
}

/** The types of what the values of a class hold. */
export function heldTypes({ name, arguments: all }: Extract<TypeShape, { kind: "builtin" }>): readonly TypeView[] {
  return all.slice(0, typeArguments(name) ?? 1);
}

function classWithoutForm(name: string): Obstacle {
  const fix = wrappers.test(name)
    ? `write ${name.toLowerCase()}`
    : "use an object type with the fields that are needed";
  return { code: "E_CLASS", what: `has the type ${name}, which has no form in JSON`, fix };
}

/** With text keys an object, else the list of its entries. */
function mapSchema(key: TypeView, value: TypeView, spot: Spot, derivation: Derivation): JsonSchemaObject {
  const values = derivation.schemaOf(value, spot);
  if (key.shape.kind === "string") return { type: "object", additionalProperties: values, "x-ts": "Map" };
  const prefixItems = [derivation.schemaOf(key, spot), values];
  const entry: JsonSchemaObject = { type: "array", prefixItems, items: false, minItems: 2, maxItems: 2 };
  return { type: "array", items: entry, "x-ts": "Map" };
}
