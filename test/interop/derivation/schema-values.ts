import type { JsonSchema, JsonSchemaObject, JsonValue } from "@smoltools/core";

/** How many values are made of one part of a schema. */
const most = 12;

/** Values to hold against a schema: some of each part that fit it, and values beside them, of which most do not. */
export function schemaValues(schema: JsonSchema): JsonValue[] {
  const fitting = valuesOf(schema, schema, 0);
  return [
    ...new Map([...fitting, ...fitting.flatMap((value) => near(value))].map((v) => [JSON.stringify(v), v])).values(),
  ];
}

function valuesOf(schema: JsonSchema, top: JsonSchema, depth: number): JsonValue[] {
  if (typeof schema !== "object") return schema ? ["any", 1, null] : [];
  if (depth > 5) return [];
  const inner = (part: JsonSchema) => valuesOf(part, top, depth + 1);
  const { $ref, $defs: _, ...beside } = schema;
  if ($ref !== undefined) return valuesOf(followed($ref, top), top, depth + 1);
  if (schema.const !== undefined) return [schema.const];
  if (schema.enum) return schema.enum.slice(0, most);
  if (schema.anyOf) return schema.anyOf.flatMap(inner).slice(0, most);
  if (schema.allOf) {
    const [first = true, ...rest] = schema.allOf;
    const merged = rest.reduce<JsonSchemaObject>((all, part) => joined(all, part, top), joined(beside, first, top));
    return inner(merged);
  }
  const types = [schema.type ?? "string"].flat();
  return types.flatMap((type) => ofType(type, schema, inner)).slice(0, most);
}

function ofType(type: string, schema: JsonSchemaObject, inner: (part: JsonSchema) => JsonValue[]): JsonValue[] {
  switch (type) {
    case "null":
      return [null];
    case "boolean":
      return [true, false];
    case "integer":
      return [0, 7, 95];
    case "number":
      return [0, -1.5, 7, 95];
    case "array":
      return lists(schema, inner);
    case "object":
      return objects(schema, inner);
    default:
      return [texts[schema.format ?? ""] ?? "text", "mystring-abcdef", "", "1", "-2.5", "aBc9-abc_123"];
  }
}

const texts: Readonly<Record<string, string>> = {
  "date-time": "2026-01-02T03:04:05Z",
  date: "2026-01-02",
  email: "a@example.org",
  hostname: "example.org",
  ipv4: "10.0.0.1",
  ipv6: "::1",
  uri: "https://example.org/a",
};

function lists(
  { prefixItems = [], items = true }: JsonSchemaObject,
  inner: (part: JsonSchema) => JsonValue[],
): JsonValue[] {
  const fixed = prefixItems.map((part) => inner(part)[0] ?? null);
  const more = inner(items);
  return [fixed, [...fixed, ...more.slice(0, 1)], [...fixed, ...more.slice(0, 3)], [...fixed, ...more.slice(-1)], []];
}

function objects(schema: JsonSchemaObject, inner: (part: JsonSchema) => JsonValue[]): JsonValue[] {
  const { properties = {}, required = [], additionalProperties = true } = schema;
  const values = Object.entries(properties).map(([key, part]) => ({ key, of: inner(part) }));
  const first = (keys: (key: string) => boolean) =>
    Object.fromEntries(
      values.flatMap(({ key, of: [value] }) => (value === undefined || !keys(key) ? [] : [[key, value]])),
    );
  const whole = first(() => true);
  const others = values.flatMap(({ key, of }) =>
    of.slice(1, 4).map((value) => Object.assign({}, whole, { [key]: value })),
  );
  const extra = inner(additionalProperties).map((value) => Object.assign({}, whole, { extra: value, "7": value }));
  return [whole, first((key) => required.includes(key)), ...others, ...extra];
}

function joined(all: JsonSchemaObject, part: JsonSchema, top: JsonSchema): JsonSchemaObject {
  const node = typeof part === "object" && part.$ref !== undefined ? followed(part.$ref, top) : part;
  if (typeof node !== "object") return all;
  return {
    ...all,
    ...node,
    properties: { ...all.properties, ...node.properties },
    required: [...(all.required ?? []), ...(node.required ?? [])],
  };
}

function followed($ref: string, top: JsonSchema): JsonSchema {
  const name = decodeURIComponent($ref.replace("#/$defs/", ""));
  return typeof top === "object" ? (name === "#" ? top : (top.$defs?.[name] ?? true)) : true;
}

/** Values beside a value, at each of its parts. */
function near(value: JsonValue, depth = 0): JsonValue[] {
  const others: JsonValue[] = [null, "x", 1, true, [], {}];
  if (depth > 2) return others;
  if (typeof value === "number") return [...others, value + 0.5, -100, 1000];
  if (typeof value === "string") return [...others, `${value}!`];
  if (Array.isArray(value)) {
    const changed = value
      .slice(0, 3)
      .flatMap((item, at) => near(item, depth + 1).map((other) => value.with(at, other)));
    return [...others, ...changed, value.slice(1), value.slice(0, -1), [...value, null], [...value, ...value]];
  }
  if (typeof value !== "object" || value === null) return others;
  const changed: JsonValue[] = [];
  for (const [key, member] of Object.entries(value)) {
    changed.push(Object.fromEntries(Object.entries(value).filter(([name]) => name !== key)));
    for (const other of near(member, depth + 1)) changed.push({ ...value, [key]: other });
  }
  return [...others, ...changed, { ...value, unknown: 1 }];
}
