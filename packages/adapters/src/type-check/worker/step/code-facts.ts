import { assignedTargets, keyOf, rootVariable, unwrapped } from "./targets.ts";
import { isTested } from "./tested.ts";
import {
  type BindingName,
  type Block,
  type CallExpression,
  type Identifier,
  isBinaryExpression,
  isBindingElement,
  isCallExpression,
  isClassLikeDeclaration,
  isElementAccessExpression,
  isFunctionDeclaration,
  isFunctionLikeDeclaration,
  isIdentifier,
  isObjectLiteralExpression,
  isParameterDeclaration,
  isPropertyAccessExpression,
  isStringLiteralLikeNode,
  isTypeNode,
  isTypeOfExpression,
  isVariableDeclaration,
  isVariableDeclarationList,
  type Node,
  NodeFlags,
  SyntaxKind,
} from "../typescript.ts";

/** What can be told of code without its types, by name: a name counts for all variables that have it. */
export interface CodeFacts {
  /** The variables, functions and classes that the code leaves behind, with the last node that names each. */
  declared: ReadonlyMap<string, Node>;
  /** Names that may be there without a declaration that TypeScript sees, or that the code asks about. */
  names: ReadonlySet<string>;
  /** Names of properties that the code writes or asks about: objects may have them, whatever their types say. */
  properties: ReadonlySet<string>;
  /** Everything that the code assigns to. */
  written: ReadonlySet<Node>;
  /** Variables and parameters whose types TypeScript may be wrong about, where they are used or declared. */
  doubtful: readonly Node[];
  /** Names that functions assign outside of themselves. */
  assignedLater: ReadonlySet<string>;
  /** Objects that are written to under a name which only shows at run time. */
  computedWrites: readonly Node[];
  /** True when there may be variables that nobody can know of. */
  namesUnknown: boolean;
}

/** Looks through the body of a step. */
export function codeFacts(body: Block): CodeFacts {
  const facts = new FactFinder();
  facts.visitBody(body);
  return facts;
}

class FactFinder implements CodeFacts {
  readonly declared = new Map<string, Node>();
  readonly names = new Set<string>();
  readonly properties = new Set<string>();
  readonly written = new Set<Node>();
  readonly doubtful: Node[] = [];
  readonly assignedLater = new Set<string>();
  readonly computedWrites: Node[] = [];
  namesUnknown = false;
  /** Names declared in each of the functions that are open, the innermost last. */
  readonly #scopes: Set<string>[] = [new Set()];

  visitBody(body: Block): void {
    for (const statement of body.statements) {
      const named = isFunctionDeclaration(statement) || isClassLikeDeclaration(statement);
      if (named && statement.name) this.declared.set(statement.name.text, statement.name);
    }
    body.forEachChild((child) => this.#visit(child, true));
  }

  /** @param atTop - True outside of functions and blocks. */
  #visit(node: Node, atTop: boolean): void {
    if (isTypeNode(node)) return;
    if (isFunctionLikeDeclaration(node)) return this.#visitFunction(node);
    if (isVariableDeclarationList(node)) this.#declare(node, atTop);
    for (const target of assignedTargets(node)) this.#write(target);
    if (isCallExpression(node)) this.#call(node);
    else if (isIdentifier(node)) this.#identifier(node);
    else if (node.kind === SyntaxKind.WithStatement) this.namesUnknown = true;
    this.#test(node);
    const stays = atTop && node.kind === SyntaxKind.VariableStatement;
    node.forEachChild((child) => this.#visit(child, stays));
  }

  #visitFunction(node: Node): void {
    // In sloppy code a function in a block is known outside of it.
    if (isFunctionDeclaration(node) && node.name) this.names.add(node.name.text);
    const scope = new Set<string>();
    this.#scopes.push(scope);
    node.forEachChild((child) => {
      if (isParameterDeclaration(child)) {
        for (const name of boundNames(child.name)) scope.add(name.text);
        // What a parameter is by default does not say what it is given.
        if (!child.type && (child.initializer || hasDefault(child.name))) this.doubtful.push(child.name);
      }
      this.#visit(child, false);
    });
    this.#scopes.pop();
  }

  #declare(list: Node, atTop: boolean): void {
    const blockScoped = (list.flags & NodeFlags.BlockScoped) !== 0;
    const outlives = this.#scopes.length === 1 && (atTop || !blockScoped);
    list.forEachChild((declaration) => {
      if (!isVariableDeclaration(declaration)) return;
      for (const name of boundNames(declaration.name)) {
        this.#scopes.at(-1)?.add(name.text);
        if (outlives) this.declared.set(name.text, name);
      }
    });
  }

  #write(target: Node): void {
    this.written.add(target);
    if (isIdentifier(target)) {
      this.names.add(target.text);
      // TypeScript does not see when a function is called that assigns a variable from outside of it.
      if (this.#scopes.length > 1 && !this.#scopes.at(-1)?.has(target.text)) {
        this.doubtful.push(target);
        this.assignedLater.add(target.text);
      }
    } else if (isPropertyAccessExpression(target)) {
      this.properties.add(target.name.text);
      // In sloppy code `this` may be the global object.
      if (target.expression.kind === SyntaxKind.ThisKeyword) this.names.add(target.name.text);
    } else if (isElementAccessExpression(target)) {
      const root = rootVariable(target);
      if (isStringLiteralLikeNode(target.argumentExpression)) this.properties.add(target.argumentExpression.text);
      else if (target.argumentExpression.kind !== SyntaxKind.NumericLiteral) {
        this.computedWrites.push(target.expression);
        if (root) this.doubtful.push(root);
      }
    }
  }

  #identifier(node: Identifier): void {
    const { parent } = node;
    if (isTypeOfExpression(parent)) this.names.add(node.text);
    if (node.text === "globalThis") {
      if (isPropertyAccessExpression(parent) && parent.expression === node) this.names.add(parent.name.text);
      else this.namesUnknown = true;
    } else if (node.text === "Function") this.namesUnknown = true;
  }

  #call({ expression, arguments: args }: CallExpression): void {
    if (isIdentifier(expression) && expression.text === "eval") this.namesUnknown = true;
    if (!isPropertyAccessExpression(expression)) return;
    const method = expression.name.text;
    const [first, second] = args;
    // `Object.assign(target, { name: … })`, `Object.defineProperty(target, "name", …)`, `Reflect.set(target, "name", …)`
    if (["assign", "defineProperty", "defineProperties", "set"].includes(method) && first) {
      const owner = unwrapped(expression.expression);
      if (!isIdentifier(owner) || (owner.text !== "Object" && owner.text !== "Reflect")) return;
      const root = rootVariable(first);
      if (root) this.doubtful.push(root);
      for (const arg of args.slice(1)) for (const key of literalKeys(arg)) this.properties.add(key);
      if (second && !isStringLiteralLikeNode(second) && literalKeys(second).length === 0)
        this.computedWrites.push(first);
    }
    // `object.hasOwnProperty("name")`, `Object.hasOwn(object, "name")`
    if (method === "hasOwnProperty" || method === "hasOwn") {
      for (const arg of args) if (isStringLiteralLikeNode(arg)) this.properties.add(arg.text);
    }
  }

  #test(node: Node): void {
    if (isPropertyAccessExpression(node) && isTested(node)) this.properties.add(node.name.text);
    if (isElementAccessExpression(node) && isStringLiteralLikeNode(node.argumentExpression) && isTested(node)) {
      this.properties.add(node.argumentExpression.text);
    }
    // `"name" in object`
    if (isBinaryExpression(node) && node.operatorToken.kind === SyntaxKind.InKeyword) {
      if (isStringLiteralLikeNode(node.left)) this.properties.add(node.left.text);
    }
    if (isBindingElement(node) && node.initializer) {
      const key = node.propertyName ?? node.name;
      if (key && isIdentifier(key)) this.properties.add(key.text);
    }
  }
}

/** The names that a declaration binds. */
function boundNames(name: BindingName | undefined): Identifier[] {
  if (!name) return [];
  if (isIdentifier(name)) return [name];
  const names: Identifier[] = [];
  name.forEachChild((element) => {
    if (isBindingElement(element)) names.push(...boundNames(element.name));
  });
  return names;
}

function hasDefault(name: BindingName | undefined): boolean {
  if (!name || isIdentifier(name)) return false;
  const isDefault = (element: Node): boolean =>
    isBindingElement(element) && (element.initializer !== undefined || hasDefault(element.name));
  return name.elements.some(isDefault);
}

/** The property names that a literal shows: a text, or the keys of an object. */
function literalKeys(node: Node): string[] {
  if (isStringLiteralLikeNode(node)) return [node.text];
  if (!isObjectLiteralExpression(node)) return [];
  return node.properties.flatMap((property) => keyOf(property) ?? []);
}
