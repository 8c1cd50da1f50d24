import { describe, expect, it } from "vitest";
import type { JsonSchema, ObjectSchema } from "../../schema/json-schema.ts";
import { renderPythonDeclarations, renderPythonFinalAnswer } from "./render-python-declarations.ts";

const declare = (inputSchema: ObjectSchema, outputSchema?: JsonSchema, description = "Does it.") =>
  renderPythonDeclarations([{ name: "act", description, inputSchema, outputSchema }]);

/** The type of a required parameter `x` of this schema. */
function typeOf(schema: JsonSchema): string {
  const text = declare({ type: "object", properties: { x: schema }, required: ["x"], additionalProperties: false });
  return /^def act\(x: (.*)\) -> Any:$/m.exec(text)?.[1] ?? text;
}

const none: ObjectSchema = { type: "object", properties: {}, additionalProperties: false };
const days: JsonSchema = { type: "integer", description: "How many.", minimum: 1, maximum: 16, default: 3 };
const owner: JsonSchema = { type: "object", properties: { name: { type: "string" } }, required: ["name"] };

describe("renderPythonDeclarations", () => {
  it.each<[title: string, input: ObjectSchema, output: JsonSchema | undefined, description: string, text: string]>([
    ["no input", none, { type: "null" }, "Does it.", 'def act() -> None:\n    """Does it."""'],
    [
      "one input",
      { type: "object", properties: { place: { type: "string", description: "A place." } }, required: ["place"] },
      undefined,
      "Does it.",
      'def act(place: str) -> Any:\n    """Does it.\n\n    Args:\n        place: A place.\n    """',
    ],
    [
      "several inputs and a described result",
      { type: "object", properties: { place: { type: "string" }, days }, required: ["place"] },
      { type: "array", items: { type: "number" }, description: "One temperature\nper day." },
      "Does it.",
      'def act(place: str, days: int = 3) -> list[float]:\n    """Does it.\n\n    Args:\n        days: How many. (>= 1, <= 16)\n\n    Returns: One temperature per day.\n    """',
    ],
    [
      "a description of several lines",
      none,
      { type: "string" },
      '\n  One "a" \\d.\r\n\r\n\r\n  - """two""" \n\0 \u2028"',
      'def act() -> str:\n    """One "a" \\\\d.\n\n      - \\"\\"\\"two\\"\\"\\"\n\n    "\n    """',
    ],
    ["a description that ends in a quote", none, true, 'Says "a"', 'def act() -> Any:\n    """Says "a"\n    """'],
    ["no description", none, true, "", "def act() -> Any:\n    ..."],
  ])("prints a tool with %s (case 77)", (_title, input, output, description, text) => {
    expect(declare(input, output, description)).toBe(text);
  });

  it.each<[schema: JsonSchema, type: string]>([
    [{ type: "boolean" }, "bool"],
    [{ type: ["integer", "null"] }, "int | None"],
    [{ anyOf: [{ type: "null" }, { type: "string" }, { type: "number" }] }, "str | float | None"],
    [{ enum: ["a", null, 'q"\\\n'] }, 'Literal["a", "q\\"\\\\\\n"] | None'],
    [{ oneOf: [{ const: "a" }, { const: 2 }, { const: true }] }, 'Literal["a", 2, True]'],
    [{ enum: [true, false] }, "bool"],
    [{ enum: [1.5, [1], { a: 1 }] }, "float | list[Any] | dict[str, Any]"],
    [{ type: "array", items: { type: ["string", "number"] } }, "list[str | float]"],
    [{ type: "array" }, "list[Any]"],
    [{ type: "array", prefixItems: [{ type: "string" }, { type: "number" }], items: false }, "tuple[str, float]"],
    [{ type: "array", prefixItems: [{ type: "string" }], items: { type: "null" } }, "tuple[str, *tuple[None, ...]]"],
    [{ type: "array", prefixItems: [{ type: "string" }, { type: "number" }], minItems: 1 }, "list[str | float]"],
    [{ type: "object" }, "dict[str, Any]"],
    [{ type: "object", additionalProperties: { type: "number" } }, "dict[str, float]"],
    [
      { patternProperties: { "^a": { type: "null" } }, additionalProperties: { type: "string" } },
      "dict[str, str | None]",
    ],
    [{ type: "object", additionalProperties: false }, "dict[str, Never]"],
    [{ allOf: [{ description: "x" }, { type: "string" }] }, "str"],
    [{ type: "string", anyOf: [{ minLength: 1 }, { format: "uri" }] }, "str"],
    [{ $ref: "https://example.org/x" }, "Any"],
    [{ $ref: "#/$defs/None" }, "Any"],
    [{ anyOf: [{ type: "string" }, true] }, "Any"],
    [{ anyOf: [{ type: "string" }, false] }, "str"],
    [{ not: {} }, "Never"],
    [{ enum: [] }, "Never"],
    [true, "Any"],
    [false, "Never"],
  ])("prints %j as %s", (schema, type) => {
    expect(typeOf(schema)).toBe(type);
  });

  it("prints an object as a class, with what is to be said of its keys", () => {
    const text = declare({
      type: "object",
      properties: {
        options: {
          type: "object",
          description: "How to search.",
          properties: {
            glob: { type: "string", description: "Only # these.\nFiles." },
            depth: { type: "integer", default: null },
            all: { type: "boolean", default: true, deprecated: true },
            size: { enum: [0.5, 1] },
          },
          required: ["glob"],
          additionalProperties: { type: "string" },
        },
      },
      required: ["options"],
    });
    expect(text).toBe(`class ActOptions(TypedDict):
    glob: str  # Only # these. Files.
    depth: NotRequired[int]
    all: NotRequired[bool]  # (default True, deprecated)
    size: NotRequired[Literal[1] | float]  # (one of 0.5, 1)
    # Any other key: str

def act(options: ActOptions) -> Any:
    """Does it.

    Args:
        options: How to search.
    """`);
  });

  it("prints keys that are no names of fields in the form that takes any key", () => {
    const text = declare(none, {
      description: "Told.",
      type: "array",
      items: { ...owner, description: "One.", properties: { "max-size": days, __a: true, "x\n": true } },
    });
    expect(text).toContain(`# One.
ActResultItem = TypedDict("ActResultItem", {
    "max-size": NotRequired[int],  # How many. (>= 1, <= 16, default 3)
    "__a": NotRequired[Any],
    "x\\n": NotRequired[Any],
})

def act() -> list[ActResultItem]:`);
  });

  it("prints a key that a class would rename in the form that takes any key", () => {
    expect(declare(none, { properties: { __a: true } })).toContain(
      'TypedDict("ActResult", {\n    "__a": NotRequired[Any],',
    );
  });

  it.each<[title: string, schema: Partial<ObjectSchema>, head: string]>([
    ["in order", { properties: { a: true, b: days }, required: ["a"] }, "(a: Any, b: int = 3)"],
    [
      "by name when an optional one is in front of a required one",
      { properties: { a: { type: "string" }, b: true }, required: ["b"] },
      "(*, a: str = ..., b: Any)",
    ],
    [
      "by name when JavaScript would take one object",
      { properties: { default: { type: "string" } }, required: ["default"] },
      "(*, default: str)",
    ],
    ["as a dict when one is no name of Python", { properties: { from: true } }, "(input: ActInput = ...)"],
    ["as a dict when one is no identifier", { properties: { $x: true }, required: ["$x"] }, "(input: ActInput)"],
    [
      "as a dict when the keys are open",
      { additionalProperties: { type: "number" } },
      "(input: dict[str, float] = ...)",
    ],
    [
      "as a dict when there are alternatives",
      { anyOf: [{ properties: { a: true }, required: ["a"] }, { properties: { b: true } }] },
      "(input: ActInput | ActInput2)",
    ],
  ])("declares arguments %s", (_title, schema, head) => {
    expect(declare({ type: "object", ...schema })).toContain(`def act${head} -> Any:`);
  });

  it.each<[initial: NonNullable<Exclude<JsonSchema, boolean>["default"]>, type: JsonSchema, text: string]>([
    [true, { type: "boolean" }, "x: bool = True"],
    ['a"', { type: "string" }, 'x: str = "a\\""'],
    [{ a: [null] }, { type: "object" }, 'x: dict[str, Any] = {"a": [None]}'],
    [[1], { type: "array", prefixItems: [{ type: "number" }] }, "x: tuple[float] = (1,)"],
    ["y".repeat(90), { type: "string" }, "x: str = ..."],
  ])("shows the default %j where it is short", (initial, type, text) => {
    const x = { ...(type as object), default: initial };
    expect(declare({ type: "object", properties: { x } })).toContain(`(${text})`);
  });

  it("offers None as a default only where None is allowed", () => {
    const properties = {
      x: { type: "string", default: null },
      y: { type: ["string", "null"], default: null },
    } as const;
    const schema: ObjectSchema = JSON.parse(JSON.stringify({ type: "object", properties }));
    expect(declare(schema)).toContain("(x: str = ..., y: str | None = None)");
  });

  it("prints definitions once, also recursive ones and those of several tools", () => {
    const schema: ObjectSchema = {
      type: "object",
      properties: { tree: { $ref: "#/$defs/Tree" } },
      required: ["tree"],
      $defs: {
        Tree: {
          description: "A tree.",
          type: "object",
          properties: { children: { type: "array", items: { $ref: "#/$defs/Tree" } }, owner, keeper: owner },
          required: ["children"],
        },
      },
    };
    const tools = ["one", "two"].map((name) => ({ name, description: name, inputSchema: schema }));
    expect(renderPythonDeclarations(tools)).toBe(`class Tree(TypedDict):
    """A tree."""
    children: list[Tree]
    owner: NotRequired[TreeOwner]
    keeper: NotRequired[TreeOwner]

class TreeOwner(TypedDict):
    name: str

def one(tree: Tree) -> Any:
    """one"""

def two(tree: Tree) -> Any:
    """two"""`);
  });

  it("names a definition anew when it means something else in another tool", () => {
    const tools = (["string", "number", "number"] as const).map((type, index) => ({
      name: `act${index}`,
      description: "Acts.",
      inputSchema: { type: "object" as const, properties: { x: { $ref: "#/$defs/X" } }, $defs: { X: { type } } },
    }));
    const text = renderPythonDeclarations(tools);
    expect(text.match(/^X.*$/gm)).toEqual(["X = str", "X2 = float"]);
    expect(text.match(/x: \w+/g)).toEqual(["x: X", "x: X2", "x: X2"]);
  });

  it("names a class anew when what it refers to means something else in another tool", () => {
    const box: JsonSchema = { type: "object", properties: { x: { $ref: "#/$defs/X" } } };
    const tools = (["string", "number"] as const).map((type, index) => ({
      name: `act${index}`,
      description: "Acts.",
      inputSchema: { type: "object" as const, properties: { box }, $defs: { X: { $ref: "#/properties/y" } } },
      outputSchema: { properties: { box, y: { type } }, $defs: { X: { $ref: "#/properties/y" } } },
    }));
    const text = renderPythonDeclarations(tools);
    expect(text.match(/^X.*$/gm)).toEqual(["X = Any", "X2 = Y", "X3 = Y2"]);
    expect(text.match(/^Y.*$/gm)).toEqual(["Y = str", "Y2 = float"]);
    expect(text.match(/NotRequired\[X\d?\]/g)).toEqual(["NotRequired[X]", "NotRequired[X2]", "NotRequired[X3]"]);
  });

  it.each(["list", "None", "Any", "in", "Exception", "act", "final_answer"])(
    "renames a definition named %s",
    (name) => {
      const properties = { x: { $ref: `#/$defs/${name}` } };
      const text = declare({ type: "object", properties, required: ["x"], $defs: { [name]: { type: "number" } } });
      expect(text).toMatch(new RegExp(`^${name}[_2] = float\\n\\ndef act\\(x: ${name}[_2]\\)`));
    },
  );

  it("names the type of an input that refers to itself", () => {
    const text = declare({ type: "object", properties: { next: { $ref: "#" } } });
    expect(text).toContain(
      "class ActInput(TypedDict):\n    next: NotRequired[ActInput]\n\ndef act(next: ActInput = ...)",
    );
  });

  it("prints a class once where a reference leads to the place in which it is declared", () => {
    const text = declare({
      type: "object",
      properties: {
        buyer: owner,
        seller: { $ref: "#/properties/buyer" },
        all: { $ref: "#/properties/all2" },
        all2: true,
      },
    });
    expect(text).toBe(`class ActBuyer(TypedDict):
    name: str

All2 = Any

def act(buyer: ActBuyer = ..., seller: ActBuyer = ..., all: All2 = ..., all2: Any = ...) -> Any:
    """Does it."""`);
  });

  it("names alternatives by the value that tells them apart", () => {
    const shape = (kind: string) => ({
      type: "object" as const,
      properties: { kind: { const: kind } },
      required: ["kind"],
    });
    expect(typeOf({ oneOf: [shape("circle"), shape("big-box"), { type: "null" }] })).toBe(
      "ActXCircle | ActXBigBox | None",
    );
  });

  it("puts the parts of an object together, with definitions as bases", () => {
    const text = declare({
      type: "object",
      properties: {
        x: {
          allOf: [{ $ref: "#/$defs/Owner" }, { properties: { age: days } }],
          properties: { "e-mail": { type: "string" } },
          required: ["age"],
        },
      },
      $defs: { Owner: owner },
    });
    expect(text).toContain(`class ActX(Owner):
    age: int  # How many. (>= 1, <= 16, default 3)
    # Also "e-mail": NotRequired[str]

class Owner(TypedDict):
    name: str
`);
  });

  it("gives common keys to each alternative, when there are few", () => {
    const alternatives = (count: number) =>
      Array.from({ length: count }, (_, index): JsonSchema => ({ required: [`k${index}`] }));
    const properties = { k0: true, k1: true };
    expect(declare({ type: "object", properties, anyOf: alternatives(2) })).toContain(`class ActInput(TypedDict):
    k0: Any
    k1: NotRequired[Any]

class ActInput2(TypedDict):
    k0: NotRequired[Any]
    k1: Any
`);
    expect(typeOf({ properties, anyOf: alternatives(9) })).toBe("ActX");
  });

  it("does not double at every level of alternatives", () => {
    let schema: JsonSchema = { type: "string" };
    for (let level = 0; level < 90; level++) {
      schema = { properties: { a: schema, b: true, c: true }, anyOf: [{ required: ["b"] }, { required: ["c"] }] };
    }
    expect(declare({ type: "object", properties: { x: schema } }).length).toBeLessThan(60_000);
  });

  it("prints thousands of definitions that refer to one another", () => {
    const size = 3000;
    const $defs: Record<string, JsonSchema> = {};
    for (let n = 0; n < size; n++) {
      const ref: JsonSchema = { $ref: `#/$defs/D${(n + 1) % size}` };
      $defs[`D${n}`] = n % 2 === 0 ? { properties: { next: ref } } : { allOf: [ref], properties: { own: true } };
    }
    const text = declare({ type: "object", properties: { x: { $ref: "#/$defs/D0" } }, $defs });
    expect(text.match(/^class /gm)).toHaveLength(size);
  });
});

describe("renderPythonFinalAnswer", () => {
  it.each<[JsonSchema | undefined, string]>([
    [undefined, 'def final_answer(value: Any) -> NoReturn:\n    """Gives the final answer and ends the task."""'],
    [
      { type: "number", description: "In metres." },
      'def final_answer(value: float) -> NoReturn:\n    """Gives the final answer and ends the task.\n\n    Args:\n        value: In metres.\n    """',
    ],
  ])("prints the function for %j", (answer, text) => {
    expect(renderPythonFinalAnswer(answer, "Gives the final answer and ends the task.")).toBe(text);
  });

  it("uses names that the types of tools do not have", () => {
    const answer: JsonSchema = { properties: { a: { $ref: "#/$defs/Owner" } }, $defs: { Owner: owner } };
    expect(renderPythonFinalAnswer(answer, "Gives the final answer and ends the task.")).toContain(
      "class FinalAnswer(TypedDict):\n    a: NotRequired[FinalAnswerOwner]\n\nclass FinalAnswerOwner(TypedDict):",
    );
  });
});
