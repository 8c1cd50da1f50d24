import type { ModuleDeclaration, Statement, VariableDeclaration } from "acorn";

/** A `var` inside blocks and loops: part of a statement list, or the head of a `for`. */
export interface NestedVar {
  declaration: VariableDeclaration;
  inForHead: boolean;
}

/** The `var` declarations that a statement holds outside functions, which hoist to the top level, in source order. */
export function nestedVars(statement: Statement | ModuleDeclaration | null | undefined): NestedVar[] {
  switch (statement?.type) {
    case "VariableDeclaration":
      return varOnly(statement, false);
    case "BlockStatement":
      return statement.body.flatMap(nestedVars);
    case "IfStatement":
      return [...nestedVars(statement.consequent), ...nestedVars(statement.alternate)];
    case "ForStatement":
      return [...head(statement.init), ...nestedVars(statement.body)];
    case "ForInStatement":
    case "ForOfStatement":
      return [...head(statement.left), ...nestedVars(statement.body)];
    case "WhileStatement":
    case "DoWhileStatement":
    case "LabeledStatement":
    case "WithStatement":
      return nestedVars(statement.body);
    case "TryStatement":
      return [statement.block, statement.handler?.body, statement.finalizer].flatMap(nestedVars);
    case "SwitchStatement":
      return statement.cases.flatMap((branch) => branch.consequent.flatMap(nestedVars));
    default:
      return [];
  }
}

function head(node: { type: string } | null | undefined): NestedVar[] {
  return node?.type === "VariableDeclaration" ? varOnly(node as VariableDeclaration, true) : [];
}

function varOnly(declaration: VariableDeclaration, inForHead: boolean): NestedVar[] {
  return declaration.kind === "var" ? [{ declaration, inForHead }] : [];
}
