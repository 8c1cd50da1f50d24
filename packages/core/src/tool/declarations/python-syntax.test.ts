import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { JsonSchema, JsonSchemaObject, ObjectSchema } from "../../schema/json-schema.ts";
import { pythonBuiltins, pythonKeywords } from "../../schema/python/python-words.ts";
import { renderPythonDeclarations, renderPythonFinalAnswer } from "./render-python-declarations.ts";
import type { ToolDeclaration } from "../tool.ts";

/** Prints, for each text of a list, what Python finds in it: its functions, and names that nobody declares, or two. */
const reader = `
import ast, builtins, json, sys, typing
def names_of(tree):
    for node in tree.body:
        if isinstance(node, (ast.FunctionDef, ast.ClassDef)): yield node.name
        if isinstance(node, ast.Assign): yield node.targets[0].id
def look(text):
    try:
        tree = ast.parse(text, feature_version=(3, 11))
        compile(text, "tools.pyi", "exec")
    except (SyntaxError, ValueError) as error:
        return {"error": f"{error}: {getattr(error, 'text', '')}"}
    names = list(names_of(tree))
    known = {*names, *typing.__all__, "str", "int", "float", "bool", "list", "dict", "tuple"}
    used = {node.id for node in ast.walk(tree) if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load)}
    functions = [node for node in tree.body if isinstance(node, ast.FunctionDef)]
    return {
        "functions": {f.name: [a.arg for a in f.args.args + f.args.kwonlyargs] for f in functions},
        "docs": {f.name: ast.get_docstring(f) for f in functions},
        "unknown": sorted(used - known),
        "twice": sorted({name for name in names if names.count(name) > 1}),
    }
json.dump([look(text) for text in json.load(sys.stdin)], sys.stdout)
`;

interface Reading {
  error?: string;
  functions: Record<string, string[]>;
  docs: Record<string, string | null>;
  unknown: string[];
  twice: string[];
}

function python(script: string, input: unknown = null): unknown {
  const { status, stdout, stderr } = spawnSync("python3", ["-I", "-X", "utf8", "-W", "error", "-c", script], {
    input: JSON.stringify(input),
    encoding: "utf8",
    maxBuffer: 64 * 1024 * 1024,
  });
  if (status !== 0) throw new Error(`python3 failed: ${stderr}`);
  return JSON.parse(stdout);
}

const read = (texts: readonly string[]) => python(reader, texts) as Reading[];

const hasPython = spawnSync("python3", ["-c", "import sys; sys.exit(sys.version_info < (3, 11))"]).status === 0;

const keys = fc.constantFrom("a", "b", "from", "None", "default", "self", "a-b", "__a", "$x", "ﬁ", "ключ", "x y", "", '"\\\n', "__debug__", "constructor"); // prettier-ignore
const definitions = [
  "Node",
  "list",
  "None",
  "str",
  "Any",
  "first",
  "FirstInput",
  "my-type/~x",
  "0",
  "",
  "$",
  "FirstB2",
];
const refs = fc.constantFrom(
  "#",
  "#/properties/a",
  "#/definitions/Old",
  "https://example.org/x",
  ...definitions.map((name) => `#/$defs/${encodeURIComponent(name.replaceAll("~", "~0").replaceAll("/", "~1"))}`),
);
const texts = fc.constantFrom("Plain.", 'ends """ here', 'a"', "\\d \\", "two\n\n\n lines", "a\u2028b\0c", "# {x!r}", "\r\f\v\u0085", "😀"); // prettier-ignore
const scalar = fc.constantFrom(null, true, false, 0, 1, 1.5, -2, 1e21, "", "a", 'q"\\\n', "a\u2028b\0");
const collection = fc.constantFrom<JsonSchemaObject["const"][]>([], {}, [1, null], { "a-b": [true, "x"] });

/** Leaves keywords out, so that they are there in some schemas and not in others. */
function some(keywords: Record<string, fc.Arbitrary<unknown>>): fc.Arbitrary<object> {
  return fc.record(keywords, { requiredKeys: [] });
}

const { schema: anySchema } = fc.letrec<{ schema: JsonSchema }>((tie) => {
  const schema = tie("schema");
  const list = fc.array(schema, { minLength: 1, maxLength: 3 });
  const map = fc.dictionary(keys, schema, { maxKeys: 3 });
  const docs = some({
    description: texts,
    default: fc.oneof(scalar, collection),
    pattern: fc.constant('^\\d"\n'),
    minimum: fc.constant(1),
    maxItems: fc.nat({ max: 2 }),
    deprecated: fc.boolean(),
  });
  const type = fc.constantFrom<unknown[]>("string", "integer", "number", "null", "object", "array", ["object", "null"]);
  const keywords: fc.Arbitrary<object> = fc.oneof(
    { depthSize: "small", withCrossShrink: true },
    type.map((name) => ({ type: name })),
    some({ const: fc.oneof(scalar, collection) }),
    some({ enum: fc.array(fc.oneof(scalar, collection), { maxLength: 4 }) }),
    refs.map(($ref) => ({ $ref })),
    some({
      type,
      properties: map,
      required: fc.array(keys, { maxLength: 3 }),
      additionalProperties: schema,
      patternProperties: map,
      allOf: list,
      anyOf: list,
    }),
    some({ type, items: schema, prefixItems: list, minItems: fc.nat({ max: 3 }) }),
    some({ $ref: refs, anyOf: list, oneOf: list, allOf: list, not: schema, properties: map }),
  );
  const withDocs = fc.tuple(docs, keywords).map(([doc, rest]): JsonSchemaObject => Object.assign(doc, rest));
  return { schema: fc.oneof({ depthSize: "small" }, fc.boolean(), withDocs) };
});

const inputSchema: fc.Arbitrary<ObjectSchema> = fc
  .tuple(
    some({ required: fc.array(keys), additionalProperties: anySchema, anyOf: fc.array(anySchema, { maxLength: 2 }) }),
    fc.dictionary(keys, anySchema, { maxKeys: 4 }),
    fc.tuple(...definitions.map(() => anySchema)),
    anySchema,
  )
  .map(([rest, properties, targets, old]) =>
    Object.assign(rest, {
      type: "object" as const,
      properties,
      $defs: Object.fromEntries(definitions.map((name, index) => [name, targets[index] ?? true])),
      definitions: { Old: old },
    }),
  );

const tool: fc.Arbitrary<Omit<ToolDeclaration, "name">> = fc.record({
  inputSchema,
  outputSchema: anySchema,
  description: texts,
});

/** What is wrong with a text that shall declare these functions. */
function problems(text: string, functions: readonly string[], reading: Reading | undefined): unknown[] {
  if (!reading || reading.error !== undefined) return [text, reading];
  const isSound = [...reading.unknown, ...reading.twice].length === 0;
  return isSound && Object.keys(reading.functions).join() === functions.join() ? [] : [text, reading];
}

describe.skipIf(!hasPython)("Python reads", () => {
  it("the twenty tools, with their descriptions", () => {
    const fixture = new URL("../../../../../fixtures/derive/twenty-tools.json", import.meta.url);
    const tools: ToolDeclaration[] = JSON.parse(readFileSync(fixture, "utf8"));
    const [reading] = read([renderPythonDeclarations(tools)]);
    const parameters = tools.map(({ name, inputSchema }) => [name, Object.keys(inputSchema.properties ?? {})]);
    // "from" is a keyword of Python.
    const expected = { ...Object.fromEntries(parameters), stockPrices: ["input"] };
    expect(reading).toMatchObject({ functions: expected, unknown: [], twice: [] });
    for (const { name, description } of tools) expect(reading?.docs[name]).toContain(description);
  });

  it("tools of any schema, in which each type is declared once", () => {
    const seed = Number(process.env["PYTHON_SEED"] ?? 31);
    const samples = fc.sample(fc.tuple(tool, tool), { numRuns: 400, seed });
    const renderings = samples.map(([first, second]) =>
      renderPythonDeclarations([
        { name: "first", ...first },
        { name: "list", ...second },
      ]),
    );
    const readings = read(renderings);
    expect(renderings.flatMap((text, index) => problems(text, ["first", "list"], readings[index]))).toEqual([]);
    const answers = samples.map(([{ outputSchema }]) =>
      renderPythonFinalAnswer(outputSchema, "Gives the final answer and ends the task."),
    );
    const answerReadings = read(answers);
    expect(answers.flatMap((text, index) => problems(text, ["final_answer"], answerReadings[index]))).toEqual([]);
  });

  it("no name as a variable that it does not take", () => {
    const lists = python("import builtins, json, keyword, sys; json.dump([keyword.kwlist, dir(builtins)], sys.stdout)");
    const [keywords = [], builtins = []] = lists as string[][];
    expect(keywords.filter((name) => !pythonKeywords.has(name))).toEqual([]);
    expect([...pythonBuiltins].filter((name) => !builtins.includes(name))).toEqual([]);
  });
});
