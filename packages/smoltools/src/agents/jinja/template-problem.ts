/** A node of a parsed template: of its own fields, each kind has some that hold further nodes. */
interface Node {
  readonly type: string;
  readonly [field: string]: unknown;
}

/** The fields of a node that hold nodes, for each kind that templates of prompts may have. */
const children: Readonly<Record<string, readonly string[]>> = {
  Program: ["body"],
  Comment: [],
  If: ["test", "body", "alternate"],
  Ternary: ["condition", "trueExpr", "falseExpr"],
  For: ["iterable", "body", "defaultBlock"],
  Identifier: [],
  StringLiteral: [],
  IntegerLiteral: [],
  FloatLiteral: [],
  ArrayLiteral: ["value"],
  TupleLiteral: ["value"],
  BinaryExpression: ["left", "right"],
  UnaryExpression: ["argument"],
  TestExpression: ["operand"],
  FilterExpression: ["operand"],
  MemberExpression: ["object"],
  CallExpression: ["callee"],
};

/** What makes much out of little, such as `*`, is not among them. */
const operators = new Set(["and", "or", "==", "!=", "<", "<=", ">", ">=", "in", "not in", "+", "-", "~", "not"]);
const filters = new Set(["list", "length", "first", "last", "upper", "lower", "title", "capitalize", "trim", "string"]);
const methods = new Set([
  "values",
  "items",
  "keys",
  "to_code_prompt",
  "to_tool_calling_prompt",
  "strip",
  "upper",
  "lower",
]);
const constants = ["true", "false", "none", "True", "False", "None", "loop"];

/**
 * Says what stands against a template of somebody else: what it may use is loops and conditions over the data of a
 * prompt, and nothing that computes.
 *
 * @param program - As the library parsed it.
 * @param variables - The data that there is.
 * @returns `undefined` for a good one.
 */
export function templateProblem(program: object, variables: readonly string[]): string | undefined {
  return problemIn(program as Node, new Set([...variables, ...constants]));
}

function problemIn(node: Node, names: ReadonlySet<string>): string | undefined {
  const fields = Object.hasOwn(children, node.type) ? children[node.type] : undefined;
  const own = fields ? ownProblem(node, names) : `it uses ${node.type}`;
  if (own !== undefined) return own;
  const scope = node.type === "For" ? new Set([...names, ...loopNames(node)]) : names;
  for (const field of fields ?? []) {
    for (const child of [node[field]].flat()) {
      if (!isNode(child)) continue;
      const problem = problemIn(child, field === "iterable" ? names : scope);
      if (problem !== undefined) return problem;
    }
  }
  return undefined;
}

function ownProblem(node: Node, names: ReadonlySet<string>): string | undefined {
  switch (node.type) {
    case "Identifier":
      return names.has(String(node["value"])) ? undefined : `it uses ${quoted(node["value"])}, which has no value`;
    case "BinaryExpression":
    case "UnaryExpression": {
      const operator = valueOf(node["operator"]);
      return operators.has(String(operator)) ? undefined : `it uses the operator ${quoted(operator)}`;
    }
    case "FilterExpression": {
      const filter = valueOf(node["filter"]);
      return filters.has(String(filter)) ? undefined : `it uses the filter ${quoted(filter ?? "with arguments")}`;
    }
    case "MemberExpression":
      return node["computed"] === true && !/^(?:String|Integer)Literal$/.test(typeOf(node["property"]))
        ? "it computes the name of a member"
        : undefined;
    case "CallExpression": {
      const { callee, args } = node;
      const method = isNode(callee) && callee.type === "MemberExpression" ? valueOf(callee["property"]) : undefined;
      if (!methods.has(String(method))) return `it calls ${quoted(method ?? "a function")}`;
      return Array.isArray(args) && args.length === 0 ? undefined : `it calls ${quoted(method)} with arguments`;
    }
    default:
      return undefined;
  }
}

function loopNames({ loopvar }: Node): string[] {
  if (!isNode(loopvar)) return [];
  const names = loopvar.type === "TupleLiteral" ? [loopvar["value"]].flat() : [loopvar];
  return names.map((name) => String(valueOf(name)));
}

function isNode(value: unknown): value is Node {
  return typeof value === "object" && value !== null && "type" in value && typeof value.type === "string";
}

function typeOf(value: unknown): string {
  return isNode(value) ? value.type : "";
}

function valueOf(value: unknown): unknown {
  return typeof value === "object" && value !== null && "value" in value ? value.value : undefined;
}

function quoted(value: unknown): string {
  return `"${String(value).slice(0, 60)}"`;
}
