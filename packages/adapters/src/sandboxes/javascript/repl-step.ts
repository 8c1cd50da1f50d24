import type { FunctionDeclaration, Node, Program } from "acorn";
import { boundNames } from "../step/bound-names.ts";
import { type TextEdit, TextEdits } from "../step/text-edits.ts";
import { parseStep, transform } from "../step/transform.ts";

/**
 * A step for engines of the V8 family, in two forms that give the same.
 *
 * `repl` is for `Runtime.evaluate` in REPL mode: every character stands where it stood in the source. `body` and
 * `functions` are the form of `transform`, for engines without such a mode and for steps that the mode refuses.
 */
export interface ReplStep {
  /** Absent where the REPL mode cannot have it: it knows no top-level `return`. */
  repl?: string;
  /** Whether the step ends in an expression: the value of any other statement is none. */
  hasValue: boolean;
  functions?: string;
  /** The functions as assignments, for names that cannot be declared as functions because they were variables before. */
  assignedFunctions?: string;
  body: string;
  /** The names that the step declares as variables and classes. */
  variables: string[];
  /** All names that it declares at its top level. */
  names: string[];
  /** What was changed to make `body`. */
  edits: readonly TextEdit[];
}

/** Stands in for `import` of `import(…)`, which no engine here can let the code have; as long, so that nothing moves. */
const importStandIn = "$load$";

/**
 * Makes both forms of a step.
 *
 * @throws SyntaxError of acorn, with `pos`.
 */
export function replStep(javascript: string): ReplStep {
  const program = parseStep(javascript);
  const imports = javascript.includes("import") ? findAll(program, "ImportExpression") : [];
  const source = replaceEach(javascript, imports, "import", importStandIn);
  const { functions, body, variables, functionNames, edits } = transform(source);
  const constants = program.body.filter((node) => node.type === "VariableDeclaration" && node.kind === "const");
  return {
    ...(!returns(program, javascript) && { repl: replaceEach(source, constants, "const", "let  ") }),
    hasValue: program.body.at(-1)?.type === "ExpressionStatement",
    ...(functions !== undefined && { functions, assignedFunctions: assignedFunctions(functions, program) }),
    body,
    variables,
    names: [...new Set([...declaredNames(program), ...functionNames])],
    edits,
  };
}

/** The declarations of functions as assignments of functions without a name, which get that of the variable. */
function assignedFunctions(functions: string, { body }: Program): string {
  const edits = new TextEdits(functions);
  for (const { start, end, id } of body.filter(isFunctionDeclaration)) {
    edits.insert(start, `${id.name}=`);
    edits.replace(id.start, id.end, " ".repeat(id.end - id.start));
    edits.insert(end, ";");
  }
  return edits.apply();
}

function isFunctionDeclaration(node: Node): node is FunctionDeclaration {
  return node.type === "FunctionDeclaration";
}

function replaceEach(source: string, nodes: readonly Node[], word: string, by: string): string {
  const edits = new TextEdits(source);
  for (const { start } of nodes.toSorted((a, b) => a.start - b.start)) edits.replace(start, start + word.length, by);
  return edits.apply();
}

function declaredNames({ body }: Program): string[] {
  return body.flatMap((node) => {
    if (node.type === "VariableDeclaration") return node.declarations.flatMap(({ id }) => boundNames(id));
    return node.type === "ClassDeclaration" ? [node.id.name] : [];
  });
}

/** Whether there is a `return` outside of functions. */
function returns(program: Program, source: string): boolean {
  return source.includes("return") && findAll(program, "ReturnStatement", isFunction).length > 0;
}

function isFunction({ type }: Node): boolean {
  return /Function|^(?:MethodDefinition|PropertyDefinition|StaticBlock)$/.test(type);
}

/** All nodes of a type, in no order; what is inside nodes that `isClosed` names is not looked at. */
function findAll(root: Node, type: string, isClosed: (node: Node) => boolean = () => false): Node[] {
  const found: Node[] = [];
  const open: unknown[] = [root];
  for (let value = open.pop(); value !== undefined; value = open.pop()) {
    if (Array.isArray(value)) {
      for (const item of value) if (item !== null) open.push(item);
    } else if (isNode(value)) {
      if (value.type === type) found.push(value);
      if (!isClosed(value))
        for (const part of Object.values(value)) if (typeof part === "object" && part) open.push(part);
    }
  }
  return found;
}

function isNode(value: unknown): value is Node {
  return typeof value === "object" && value !== null && "type" in value && typeof value.type === "string";
}
