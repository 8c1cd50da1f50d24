import { type Node, parse, type Program, type VariableDeclaration } from "acorn";
import { boundNames } from "./bound-names.ts";
import { type NestedVar, nestedVars } from "./nested-vars.ts";
import { offsetAt, type Position, positionAt } from "./position.ts";
import { type TextEdit, TextEdits } from "./text-edits.ts";

/** A step in the form in which the engine can evaluate it, with top-level names that live on. */
export interface Step {
  /** Top-level functions alone, for a script of their own: so they are hoisted, and global. */
  functions?: string;
  /** An expression: the async function that is the rest of the step. */
  body: string;
  /** The names that the step declares as variables and classes. */
  variables: string[];
  /** The names that it declares as functions. */
  functionNames: string[];
  /** What was changed to make `body` of the source. */
  edits: readonly TextEdit[];
  /** Where a place in `body` is in the source. Lines are the same in both. */
  sourcePosition(position: Position): Position;
}

const open = "(async()=>{";

/**
 * Rewrites a step so that it behaves as in a REPL: top-level `await` and `return`, declarations that become globals,
 * and the value of the last expression.
 *
 * The text is edited in place and no line moves. `let`, `const`, `var` and `class` become assignments to globals,
 * so a later step may assign and declare the same names again; declarations in blocks keep their scope, as do
 * `using` declarations.
 *
 * @throws SyntaxError of acorn, with `pos`, when the source is no JavaScript.
 */
export function transform(source: string): Step {
  const program = parseStep(source);
  const edits = new TextEdits(source);
  const variables: string[] = [];
  const functionNames: string[] = [];
  const functionRanges: Node[] = [];
  edits.insert(0, open);
  for (const statement of program.body) {
    if (statement.type === "FunctionDeclaration") {
      functionNames.push(statement.id.name);
      functionRanges.push(statement);
      // The semicolon keeps the statements around it apart.
      edits.replace(statement.start, statement.end, `;${blank(source.slice(statement.start + 1, statement.end))}`);
    } else if (statement.type === "ClassDeclaration") {
      variables.push(statement.id.name);
      edits.insert(statement.start, `void (${statement.id.name} = `);
      edits.insert(statement.end, ");");
    } else if (statement.type === "VariableDeclaration") {
      if (statement.kind === "using" || statement.kind === "await using") continue;
      variables.push(...namesOf(statement));
      assign(edits, source, statement);
    } else if (statement.type === "ExpressionStatement" && statement === program.body.at(-1)) {
      edits.insert(statement.start, "return (");
      edits.insert(endOf(source, statement), ")");
    } else {
      for (const nested of nestedVars(statement)) variables.push(...hoist(edits, source, nested));
    }
  }
  edits.insert(source.length, "\n})");
  const body = edits.apply();
  return {
    ...(functionRanges.length > 0 && { functions: keepOnly(source, functionRanges) }),
    body,
    variables,
    functionNames,
    edits: edits.list,
    sourcePosition: (position) => sourcePosition(source, body, edits, position),
  };
}

/** Where a place in the edited text is in the source. */
export function sourcePosition(source: string, edited: string, edits: TextEdits, position: Position): Position {
  return positionAt(source, edits.originalOffset(offsetAt(edited, position)));
}

/** Parses the source of a step. */
export function parseStep(source: string): Program {
  return parse(source, {
    ecmaVersion: "latest",
    sourceType: "script",
    allowAwaitOutsideFunction: true,
    allowReturnOutsideFunction: true,
    allowHashBang: false,
  });
}

/** Replaces the keyword by `void (`: it begins a statement wherever the keyword did, whatever stands before it. */
function assign(edits: TextEdits, source: string, declaration: VariableDeclaration): void {
  edits.replace(declaration.start, declaration.start + declaration.kind.length, "void (");
  if (declaration.kind === "let") {
    for (const { id, init } of declaration.declarations) if (!init) edits.insert(id.end, " = void 0");
  }
  const end = endOf(source, declaration);
  edits.insert(end, end === declaration.end ? ");" : ")");
}

function hoist(edits: TextEdits, source: string, { declaration, inForHead }: NestedVar): string[] {
  const names = namesOf(declaration);
  if (!inForHead) {
    assign(edits, source, declaration);
    return names;
  }
  // `for (async of …)` and `for (let of …)` would mean something else: such loops keep their variable to themselves.
  if (names.includes("async") || names.includes("let")) return [];
  edits.replace(declaration.start, declaration.start + declaration.kind.length, "");
  return names;
}

function namesOf(declaration: VariableDeclaration): string[] {
  return declaration.declarations.flatMap(({ id }) => boundNames(id));
}

/** The end of a statement without its semicolon. */
function endOf(source: string, statement: Node): number {
  return source[statement.end - 1] === ";" ? statement.end - 1 : statement.end;
}

function keepOnly(source: string, ranges: readonly Node[]): string {
  let result = "";
  let from = 0;
  for (const { start, end } of ranges) {
    result += blank(source.slice(from, start)) + source.slice(start, end);
    from = end;
  }
  return result;
}

function blank(text: string): string {
  return text.replace(/[^\n\r\u2028\u2029]/g, " ");
}
