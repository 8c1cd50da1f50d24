import { canonicalJson, type JsonSchema, SchemaValidator } from "@smoltools/core";
import fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";
import { type DerivedTool, deriveSource, type Problem } from "./index.ts";

/** Collects the declarations that types need, each under a name of its own. */
interface Scope {
  declare(write: (name: string) => string): string;
}

/** A type, and what is known of its values without asking a compiler. */
interface KnownType {
  /** The type as TypeScript writes it. */
  write(scope: Scope): string;
  /** Whether a JSON value is one of its values. Objects of known keys take no others: that is how tools mean them. */
  accepts(value: unknown): boolean;
  /** One of its values. */
  value: unknown;
  /** It is `unknown`, which swallows an `undefined` beside it: such a property is required. */
  isUnknown?: boolean;
}

interface Property {
  type: KnownType;
  presence: "required" | "optional" | "or undefined";
  isGiven: boolean;
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

const text = (write: string, accepts: (text: string) => boolean, ...values: string[]): fc.Arbitrary<KnownType> =>
  fc
    .constantFrom(...values)
    .map((value) => plain(write, value, (given) => typeof given === "string" && accepts(given)));

const literal = (written: string, value: unknown): KnownType => plain(written, value, (given) => given === value);

const plain = (written: string, value: unknown, accepts: KnownType["accepts"]): KnownType => ({
  write: () => written,
  accepts,
  value,
});

/** The same type, written in another way. */
const rewritten = (of: KnownType, write: (scope: Scope) => string): KnownType => ({ ...of, write });

const numberText = "-?[0-9]+(\\.[0-9]+)?([eE][-+]?[0-9]+)?";

const simple: fc.Arbitrary<KnownType>[] = [
  fc
    .constantFrom("", "a", "null", "é\u2028")
    .map((value) => plain("string", value, (given) => typeof given === "string")),
  fc.constantFrom(0, -1.5, 1e21).map((value) => plain("number", value, (given) => typeof given === "number")),
  fc.boolean().map((value) => plain("boolean", value, (given) => typeof given === "boolean")),
  fc.constant(literal("null", null)),
  fc.constantFrom(
    literal('"zed"', "zed"),
    literal('"a\\"b"', 'a"b'),
    literal("7", 7),
    literal("-2", -2),
    literal("true", true),
  ),
  fc
    .constantFrom<unknown[]>(1, "x", null, [1], { any: [] })
    .map((value) => ({ write: () => "unknown", accepts: () => true, value, isUnknown: true })),
  text("bigint", (given) => /^-?[0-9]+$/.test(given), "0", "-12"),
  text("Date", (given) => /^2026-.*(Z|\+01:00)$/.test(given), "2026-01-02T03:04:05Z", "2026-01-02T03:04:05.678+01:00"),
  text("URL", (given) => /^[a-z]+:\/\//.test(given), "https://example.org/", "https://example.org/?a=b#c"),
  text("string & { __brand: 'Id' }", () => true, "x"),
  text("Uppercase<string>", (given) => !/[a-z]/.test(given), "", "A-B", "É1"),
  text("Lowercase<string>", (given) => !/[A-Z]/.test(given), "a1"),
  text("`v${number}`", (given) => new RegExp(`^v${numberText}$`).test(given), "v1", "v-2.5"),
  text("`${string}.ts`", (given) => given.endsWith(".ts"), ".ts", "a\nb.ts"),
  text("`${'a' | 'b'}_${1 | 2}`", (given) => /^[ab]_[12]$/.test(given), "a_1", "b_2"),
  enumOf("enum", { Z: "z", A: "a" }),
  enumOf("const enum", { One: 1, Two: 2 }),
  enumOf("enum", { One: 1, A: "a" }),
];

function enumOf(keyword: string, members: Record<string, string | number>): fc.Arbitrary<KnownType> {
  const written = Object.entries(members).map(([name, value]) => `${name} = ${JSON.stringify(value)}`);
  const values = Object.values(members);
  return fc.constantFrom(...values).map((value) => ({
    write: (scope) => scope.declare((name) => `${keyword} ${name} { ${written.join(", ")} }`),
    accepts: (given) => values.some((member) => member === given),
    value,
  }));
}

const keys = fc.constantFrom("a", "b", "c", "in", "b-c", "0x", "constructor", "ключ");
const properties = (type: fc.Arbitrary<KnownType>): fc.Arbitrary<[string, Property][]> =>
  fc
    .uniqueArray(
      fc.tuple(
        keys,
        fc.record({
          type,
          presence: fc.constantFrom(
            "required" as const,
            "required" as const,
            "optional" as const,
            "or undefined" as const,
          ),
          isGiven: fc.boolean(),
        }),
      ),
      { maxLength: 4, selector: ([key]) => key },
    )
    .map((entries) => entries);

function members(entries: readonly [string, Property][], scope: Scope): string {
  const lines = entries.map(([key, { type, presence }]) => {
    const written = type.write(scope);
    const member = presence === "or undefined" ? `(${written}) | undefined` : written;
    return `/** Said. */\n${JSON.stringify(key)}${presence === "optional" ? "?" : ""}: ${member};`;
  });
  return `\n${lines.join("\n")}\n`;
}

function objectOf(entries: readonly [string, Property][], write: (scope: Scope) => string): KnownType {
  const known = new Map(entries);
  const isNeeded = ({ presence, type }: Property): boolean =>
    presence === "required" || (presence === "or undefined" && type.isUnknown === true);
  const needed = entries.filter(([, property]) => isNeeded(property)).map(([key]) => key);
  return {
    write,
    accepts: (given) =>
      isObject(given) &&
      needed.every((key) => Object.hasOwn(given, key)) &&
      Object.entries(given).every(([key, value]) => known.get(key)?.type.accepts(value)),
    value: Object.fromEntries(
      entries
        .filter(([, property]) => isNeeded(property) || property.isGiven)
        .map(([key, { type }]) => [key, type.value]),
    ),
  };
}

/** An object type without members accepts any object, which is another case. */
const filled = (type: fc.Arbitrary<KnownType>) => properties(type).filter((entries) => entries.length > 0);

const partial = ([key, property]: [string, Property]): [string, Property] => [
  key,
  { ...property, presence: "optional" },
];

const { type: anyType } = fc.letrec<{ type: KnownType }>((tie) => {
  const type = tie("type");
  return {
    type: fc.oneof(
      { depthSize: "small", withCrossShrink: true, depthIdentifier: "type" },
      fc.oneof(...simple),
      fc.tuple(type, fc.nat({ max: 2 }), fc.constantFrom("(T)[]", "readonly (T)[]", "Array<T>")).map(listOf),
      type.map(setOf),
      fc.array(fc.tuple(type, fc.constantFrom("required", "optional", "rest")), { maxLength: 3 }).map(tupleOf),
      fc
        .tuple(keys, type, fc.constantFrom("Record<string, T>", "{ [key: string]: T }", "Map<string, T>"))
        .map(recordOf),
      type.map(byNumber),
      filled(type).map((entries) => objectOf(entries, (scope) => `{ ${members(entries, scope)} }`)),
      filled(type).map((entries) =>
        objectOf(entries, (scope) => scope.declare((name) => `interface ${name} { ${members(entries, scope)} }`)),
      ),
      filled(type).map((entries) =>
        objectOf(entries.map(partial), (scope) => `Partial<{ ${members(entries, scope)} }>`),
      ),
      fc.tuple(filled(type), fc.nat({ max: 3 })).map(([entries, at]) => picked(entries, at)),
      fc.tuple(filled(type), fc.nat({ max: 3 })).map(([entries, at]) => extended(entries, at)),
      filled(type).map((entries) => boxed(entries)),
      fc
        .array(type, { minLength: 2, maxLength: 3 })
        .chain((of) => fc.nat({ max: of.length - 1 }).map((at) => unionOf(of, at))),
      fc.tuple(filled(type), filled(type), fc.boolean()).map(discriminated),
      type.map(chain),
      type.map((of) => rewritten(of, (scope) => `Awaited<Promise<${of.write(scope)}>>`)),
      type.map((of) => rewritten(of, (scope) => `ReturnType<() => ${of.write(scope)}>`)),
      type.map((of) => rewritten(of, (scope) => `${scope.declare((name) => conditional(name, of, scope))}<"x">`)),
    ),
  };
});

function conditional(name: string, of: KnownType, scope: Scope): string {
  return `type ${name}<X> = X extends string ? ${of.write(scope)} : never`;
}

function listOf([of, length, form]: [KnownType, number, string]): KnownType {
  return {
    write: (scope) => form.replace("T", () => of.write(scope)),
    accepts: (given) => Array.isArray(given) && given.every(of.accepts),
    value: Array.from({ length }, () => of.value),
  };
}

function setOf(of: KnownType): KnownType {
  return {
    write: (scope) => `Set<${of.write(scope)}>`,
    accepts: (given) =>
      Array.isArray(given) && given.every(of.accepts) && new Set(given.map(canonicalJson)).size === given.length,
    value: [of.value],
  };
}

/** Required items come first, then those that may be missing, then one that repeats. */
function tupleOf(elements: readonly [KnownType, string][]): KnownType {
  const of = (kind: string) => elements.filter((element) => element[1] === kind).map(([type]) => type);
  const [required, optional, [rest]] = [of("required"), of("optional"), of("rest")];
  const fixed = [...required, ...optional];
  return {
    write: (scope) => {
      const written = fixed.map((type, index) => `(${type.write(scope)})${index < required.length ? "" : "?"}`);
      return `[${[...written, ...(rest ? [`...(${rest.write(scope)})[]`] : [])].join(", ")}]`;
    },
    accepts: (given) =>
      Array.isArray(given) &&
      given.length >= required.length &&
      given.every((item, index) => (fixed[index] ?? rest)?.accepts(item) ?? false),
    value: [...fixed, ...(rest ? [rest, rest] : [])].map(({ value }) => value),
  };
}

function recordOf([key, of, form]: [string, KnownType, string]): KnownType {
  return {
    write: (scope) => form.replace("T", () => of.write(scope)),
    accepts: (given) => isObject(given) && Object.values(given).every(of.accepts),
    value: { [key]: of.value },
  };
}

function byNumber(of: KnownType): KnownType {
  return {
    write: (scope) => `{ [index: number]: ${of.write(scope)} }`,
    accepts: (given) =>
      isObject(given) &&
      Object.entries(given).every(([key, value]) => /^-?[0-9]+(\.[0-9]+)?$/.test(key) && of.accepts(value)),
    value: { 0: of.value, "1.5": of.value },
  };
}

function picked(entries: readonly [string, Property][], at: number): KnownType {
  const [key] = entries[at % entries.length] ?? [""];
  const rest = entries.filter(([name]) => name !== key);
  const name = JSON.stringify(key);
  const one = objectOf(
    entries.filter((entry) => entry[0] === key),
    (scope) => `Pick<{ ${members(entries, scope)} }, ${name}>`,
  );
  return rest.length === 0 ? one : objectOf(rest, (scope) => `Omit<{ ${members(entries, scope)} }, ${name}>`);
}

/** Members from two places: an interface and what it extends, or the parts of an intersection. */
function extended(entries: readonly [string, Property][], at: number): KnownType {
  const [first, second] = [entries.slice(0, at), entries.slice(at)];
  return objectOf(entries, (scope) => {
    if (at % 2 === 0) return `{ ${members(first, scope)} } & { ${members(second, scope)} }`;
    const base = scope.declare((name) => `interface ${name} { ${members(first, scope)} }`);
    return scope.declare((name) => `interface ${name} extends ${base} { ${members(second, scope)} }`);
  });
}

/** An instantiation of a generic interface. */
function boxed(entries: readonly [string, Property][]): KnownType {
  const [first, ...rest] = entries;
  if (!first) throw new RangeError("a box of nothing");
  const [key, property] = first;
  return objectOf([[key, { ...property, presence: "required" }], ...rest], (scope) => {
    const box = scope.declare(
      (name) => `interface ${name}<X> {\n/** Said. */\n${JSON.stringify(key)}: X; ${members(rest, scope)} }`,
    );
    return `${box}<${property.type.write(scope)}>`;
  });
}

function unionOf(of: readonly KnownType[], at: number): KnownType {
  return {
    write: (scope) => of.map((type) => `(${type.write(scope)})`).join(" | "),
    accepts: (given) => of.some((type) => type.accepts(given)),
    value: of[at]?.value,
    isUnknown: of.some((type) => type.isUnknown === true),
  };
}

function discriminated([one, other, isFirst]: [[string, Property][], [string, Property][], boolean]): KnownType {
  const tagged = (tag: string, entries: readonly [string, Property][]) => {
    const property: Property = { type: literal(JSON.stringify(tag), tag), presence: "required", isGiven: true };
    const all: [string, Property][] = [["kind", property], ...entries];
    return objectOf(all, (scope) => `{ ${members(all, scope)} }`);
  };
  return unionOf([tagged("one", one), tagged("other", other)], isFirst ? 0 : 1);
}

/** A type that contains itself. */
function chain(of: KnownType): KnownType {
  const accepts = (given: unknown): boolean =>
    isObject(given) &&
    Object.hasOwn(given, "value") &&
    Object.keys(given).every((key) => key === "value" || key === "next") &&
    of.accepts(given["value"]) &&
    (!Object.hasOwn(given, "next") || accepts(given["next"]));
  return {
    write: (scope) =>
      scope.declare(
        (name) => `interface ${name} {\n/** Said. */\nvalue: ${of.write(scope)};\n/** Said. */\nnext?: ${name} }`,
      ),
    accepts,
    value: { value: of.value, next: { value: of.value } },
  };
}

/** Values beside a value: most of them are no values of its type. */
function near(value: unknown, depth = 0): unknown[] {
  const others: unknown[] = [null, "x", 1, true, [], {}, "2027", "V1"].filter((other) => other !== value);
  if (depth > 3) return others;
  if (typeof value === "string") return [...others, `${value}!`, value.slice(1)];
  if (typeof value === "number") return [...others, value + 0.5, -value];
  if (Array.isArray(value)) {
    const changed = value.flatMap((item, at) => near(item, depth + 1).map((other) => value.with(at, other)));
    return [...others, ...changed, value.slice(1), value.slice(0, -1), [...value, null], [...value, ...value]];
  }
  if (!isObject(value)) return others;
  const changed: unknown[] = [];
  for (const [key, member] of Object.entries(value)) {
    changed.push(Object.fromEntries(Object.entries(value).filter(([name]) => name !== key)));
    for (const other of near(member, depth + 1)) changed.push({ ...value, [key]: other });
  }
  return [...others, ...changed, { ...value, extra: 1 }, { ...value, next: value }];
}

/** A file that uses every type as a parameter and as a result. */
function sourceOf(types: readonly KnownType[]): string {
  const lines: string[] = [];
  let count = 0;
  const scope: Scope = {
    declare(write) {
      const name = `T${++count}`;
      lines.push(write(name));
      return name;
    },
  };
  for (const [index, type] of types.entries()) {
    const written = type.write(scope);
    lines.push(
      `/**\n * Does.\n * @param value - The value.\n * @param other - Another.\n */`,
      `export function f${index}(value: ${written}, other: string): ${written} { return null!; }`,
    );
  }
  return lines.join("\n");
}

describe("the schema of a random type", () => {
  const seed = Number(process.env["ACCEPTS_SEED"] ?? 20_261);
  const types = fc.sample(anyType, { numRuns: Number(process.env["ACCEPTS_RUNS"] ?? 250), seed });
  let tools: DerivedTool[] = [];
  let problems: Problem[] = [];

  beforeAll(async () => {
    ({ tools, problems } = await deriveSource(sourceOf(types), { fileName: "types.ts" }));
  });

  /** Where a schema says something else of a value than the type does. */
  function disagreements(schemaOf: (tool: DerivedTool) => JsonSchema): unknown[] {
    return tools.flatMap((tool) => {
      const type = types[Number(tool.exportName.slice(1))];
      if (!type) throw new RangeError(`there is no type of ${tool.exportName}`);
      const schema = schemaOf(tool);
      const validator = new SchemaValidator(schema);
      return [type.value, ...near(type.value)]
        .map((value) => ({ value, isFit: type.accepts(value), findings: validator.findings(value) }))
        .filter(({ isFit, findings }) => isFit !== (findings.length === 0))
        .map(({ value, isFit, findings }) => ({ type: sourceOf([type]), schema, value, isFit, findings }));
    });
  }

  it("can be derived", () => {
    expect(problems).toEqual([]);
    expect(tools).toHaveLength(types.length);
  });

  it("says of parameters what the type says", () => {
    const wrong = disagreements(({ inputSchema: { properties = {}, $defs } }) => {
      const schema = properties["value"] ?? false;
      return typeof schema === "object" && $defs ? { ...schema, $defs } : schema;
    });
    expect(wrong.slice(0, 3)).toEqual([]);
  });

  it("says of results what the type says", () => {
    expect(disagreements(({ outputSchema }) => outputSchema).slice(0, 3)).toEqual([]);
  });

  it("is held against values that fit and values that do not", () => {
    const verdicts = types.flatMap((type) => near(type.value).map((value) => type.accepts(value)));
    expect(verdicts.filter((isFit) => isFit).length).toBeGreaterThan(types.length);
    expect(verdicts.filter((isFit) => !isFit).length).toBeGreaterThan(types.length);
    expect(types.filter((type) => !type.accepts(type.value))).toEqual([]);
  });
});
